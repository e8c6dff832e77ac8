using Akimbo.Tensors.Kernels.Gemm;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// A convolution of any kernel size, stride and padding as an implicit matrix product: the patches of a tile's pixels are
/// gathered as [tap][block of channels][pixel][16] and the tile reads them like a 1×1 convolution.
/// Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class DenseConvolution(ConvolutionGeometry geometry, GemmWeights weights, int threads) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly int _pixels = geometry.OutHeight * geometry.OutWidth;
    private readonly TileSchedule _schedule = new(geometry.Batch, geometry.OutHeight * geometry.OutWidth, weights, threads);

    public override int Chunks => _schedule.Chunks;

    public override int ScratchLength => ScatteredTile.ScratchLength + _schedule.TilesPerGroup * PatchLength;

    private int PatchLength => weights.Depth * _schedule.TilePixels;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var part = _schedule.Locate(chunk);
        int plane = _pixels * Lanes;
        var patches = scratch.Slice(ScatteredTile.ScratchLength, (part.EndTile - part.FirstTile) * PatchLength);
        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
            PatchGatherer.Gather(weights.Path, Geometry, input, weights.InBlocks, part.N, _schedule.FirstPixel(tile), _schedule.PlacesOf(tile), patches.Slice((tile - part.FirstTile) * PatchLength, PatchLength));

        for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
            PanelTiles.Multiply(weights, _schedule, part, panel, new TileInputs(patches, PatchLength), PanelPlanes(residual, weights, part.N, panel, _pixels),
                PanelPlanes(output, weights, part.N, panel, _pixels), plane, Range, scratch);
    }
}
