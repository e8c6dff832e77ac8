using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// A convolution of any kernel size, stride and padding as an implicit matrix product: the patches of a tile's pixels are
/// gathered as [tap][block of channels][pixel][16] and the tile reads them like a 1×1 convolution.
/// An input of few channels, the photo, is read as [N, C, H, W] and gathered as [C, ky, kx].
/// Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class DenseConvolution(ConvolutionGeometry geometry, GemmWeights weights, bool readsPlanarInput, int threads) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly int _pixels = geometry.OutHeight * geometry.OutWidth;
    private readonly TileSchedule _schedule = new(geometry.Batch, geometry.OutHeight * geometry.OutWidth, weights, threads);

    private const int MaxPlanarChannels = 4;

    /// <summary>Whether an input that lies as [N, C, H, W] is better gathered from there than blocked first.</summary>
    public static bool FitsPlanarInput(in ConvolutionGeometry geometry) =>
        geometry is { InChannels: <= MaxPlanarChannels, Groups: 1, Transposed: false };

    /// <summary>Packs the weights in the order in which this kernel gathers patches.</summary>
    /// <param name="path">The vector width to pack for.</param>
    /// <param name="weights">[O, I/groups, kernelSize, kernelSize].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="readsPlanarInput">Whether the input will lie as [N, C, H, W].</param>
    public static GemmWeights Pack(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry, bool readsPlanarInput) =>
        readsPlanarInput
            ? GemmWeights.PackPatches(path, weights, bias, geometry)
            : GemmWeights.PackConvolution(path, weights, bias, geometry);

    public override bool ReadsPlanarInput => readsPlanarInput;

    public override int Chunks => _schedule.Chunks;

    public override int ScratchLength => ScatteredTile.ScratchLength + _schedule.TilesPerGroup * PatchLength;

    private int PatchLength => weights.Depth * _schedule.TilePixels;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var part = _schedule.Locate(chunk);
        int plane = _pixels * Lanes;
        int blocks = weights.Depth / Lanes;
        var patches = scratch.Slice(ScatteredTile.ScratchLength, (part.EndTile - part.FirstTile) * PatchLength);
        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
            Gather(input, part.N, tile, patches.Slice((tile - part.FirstTile) * PatchLength, PatchLength));

        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
            PackedTiles.Multiply(weights, _schedule, part, panel, patches, PatchLength, PanelPlanes(residual, weights, part.N, panel, _pixels),
                PanelPlanes(output, weights, part.N, panel, _pixels), plane, Range, scratch);
    }

    private void Gather(ReadOnlySpan<float> input, int n, int tile, Span<float> patch)
    {
        if (ReadsPlanarInput)
            GatherPlanar(input.Slice(n * Geometry.InChannels * Geometry.InHeight * Geometry.InWidth, Geometry.InChannels * Geometry.InHeight * Geometry.InWidth), _schedule.FirstPixel(tile), _schedule.PlacesOf(tile), patch);
        else
            PatchGatherer.Gather(weights.Path, Geometry, input, weights.InBlocks, n, _schedule.FirstPixel(tile), _schedule.PlacesOf(tile), patch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void GatherPlanar(ReadOnlySpan<float> image, int firstPixel, int places, Span<float> patch)
    {
        var g = Geometry;
        int k = g.KernelSize, outWidth = g.OutWidth;
        patch.Clear();
        for (int p = 0; p < Math.Min(places, _pixels - firstPixel); p++)
        {
            var (y, x) = Math.DivRem(firstPixel + p, outWidth);
            int top = y * g.Stride - g.Padding, left = x * g.Stride - g.Padding;
            int firstColumn = Math.Max(0, -left), endColumn = Math.Min(k, g.InWidth - left);
            for (int c = 0; c < g.InChannels; c++)
                for (int ky = Math.Max(0, -top); ky < Math.Min(k, g.InHeight - top); ky++)
                {
                    int row = (c * g.InHeight + top + ky) * g.InWidth + left, term = (c * k + ky) * k;
                    for (int kx = firstColumn; kx < endColumn; kx++)
                    {
                        var (block, lane) = Math.DivRem(term + kx, Lanes);
                        patch[(block * places + p) * Lanes + lane] = image[row + kx];
                    }
                }
        }
    }
}
