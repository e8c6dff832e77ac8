using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Gemm;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// <c>output[p, o] = range(bias[o] + Σ_i input[p, i] · weights[o, i] + residual[p, o])</c>: a 1×1 convolution of stride 1,
/// which reads its blocked input where it lies. Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class PointwiseConvolution(ConvolutionGeometry geometry, GemmWeights weights) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly int _pixels = geometry.OutHeight * geometry.OutWidth;
    private readonly int _tilePixels = GemmTiling.TilePixels(weights.Path);
    private readonly TileSchedule _schedule = new(geometry.Batch, geometry.OutHeight * geometry.OutWidth, weights);

    /// <summary>Whether a convolution is of the kind this kernel computes.</summary>
    public static bool Fits(in ConvolutionGeometry geometry) =>
        geometry is { KernelSize: 1, Stride: 1, Padding: 0, Transposed: false };

    public override int Chunks => _schedule.Chunks;

    public override int ScratchLength => _pixels < _tilePixels ? ScatteredTile.ScratchLength + weights.InBlocks * _tilePixels * Lanes : 0;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var part = _schedule.Locate(chunk);
        int plane = _pixels * Lanes;
        var operands = new TileOperands(weights.InBlocks, plane, weights.LastBlockLanes, plane, !residual.IsEmpty, Range);
        input = input.Slice(part.N * weights.InBlocks * plane, weights.InBlocks * plane);
        if (_pixels < _tilePixels)
        {
            RunSmallPlane(part, operands with { InputBlockStride = _tilePixels * Lanes }, input, residual, output, scratch);
            return;
        }

        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
        {
            ref readonly float w = ref weights.Panel(panel)[0], bias = ref weights.Bias(panel)[0];
            var target = PanelPlanes(output, weights, part.N, panel, _pixels);
            var added = PanelPlanes(residual, weights, part.N, panel, _pixels);
            for (int tile = part.FirstTile; tile < part.EndTile; tile++)
            {
                int at = _schedule.FirstPixel(tile) * Lanes;
                GemmTiling.Run(weights.Path, weights.BlocksOf(panel), operands, in input[at], in w, in bias,
                    in added.IsEmpty ? ref MemoryMarshal.GetReference(added) : ref added[at], ref target[at]);
            }
        }
    }

    private void RunSmallPlane(in TileChunk part, in TileOperands operands, ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch)
    {
        var patch = scratch.Slice(ScatteredTile.ScratchLength, weights.InBlocks * _tilePixels * Lanes);
        patch.Clear();
        for (int block = 0; block < weights.InBlocks; block++)
            input.Slice(block * _pixels * Lanes, _pixels * Lanes).CopyTo(patch[(block * _tilePixels * Lanes)..]);

        Span<int> pixels = stackalloc int[_pixels];
        for (int p = 0; p < pixels.Length; p++) pixels[p] = p;
        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
            ScatteredTile.Run(weights, panel, operands, patch, pixels, PanelPlanes(residual, weights, part.N, panel, _pixels),
                PanelPlanes(output, weights, part.N, panel, _pixels), scratch);
    }
}
