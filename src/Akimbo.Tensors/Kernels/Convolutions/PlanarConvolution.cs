using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// A convolution of few channels, the photo's, that lie as [N, C, H, W]. Rows are copied between borders of zeros; the pixels
/// under a tap for neighbouring outputs then lie a stride apart, so that they are broadcast from where they are and no patch is
/// gathered. Defined by <see cref="Convolution2d.Define"/>.
/// </summary>
internal sealed class PlanarConvolution(ConvolutionGeometry geometry, GemmWeights weights) : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int MaxChannels = 4;
    private const int NarrowTile = 4;
    private const int TileLength = 2 * PlanarTile.Widest * Lanes;
    private const int ScratchBytes = 64 * 1024;
    private readonly int _rowsPerChunk = RowsPerChunk(geometry);
    private readonly int _paddedWidth = PaddedWidth(geometry);

    /// <summary>Whether a convolution is of the kind this kernel computes.</summary>
    public static bool Fits(in ConvolutionGeometry geometry) =>
        geometry is { InChannels: <= MaxChannels, Groups: 1, Transposed: false };

    /// <summary>Packs [O, I, k, k] weights with terms in the order [I, k, k].</summary>
    public static GemmWeights Pack(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry) =>
        GemmWeights.PackPatches(path, weights, bias, geometry);

    public override bool ReadsPlanarInput => true;

    public override int Chunks => Geometry.Batch * ChunksPerImage;

    public override int ScratchLength => TileLength + Geometry.InChannels * RowsUnder(_rowsPerChunk) * _paddedWidth;

    private int ChunksPerImage => (Geometry.OutHeight + _rowsPerChunk - 1) / _rowsPerChunk;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var g = Geometry;
        var (n, part) = Math.DivRem(chunk, ChunksPerImage);
        int firstRow = part * _rowsPerChunk, count = Math.Min(_rowsPerChunk, g.OutHeight - firstRow), rows = RowsUnder(count);
        var tile = scratch[..TileLength];
        var planes = scratch.Slice(TileLength, g.InChannels * rows * _paddedWidth);
        for (int c = 0; c < g.InChannels; c++)
            CopyRows(input.Slice((n * g.InChannels + c) * g.InHeight * g.InWidth, g.InHeight * g.InWidth), firstRow * g.Stride - g.Padding, planes.Slice(c * rows * _paddedWidth, rows * _paddedWidth));

        int pixels = g.OutHeight * g.OutWidth;
        for (int panel = 0; panel < weights.Panels; panel++)
        {
            var target = PanelPlanes(output, weights, n, panel, pixels);
            var added = PanelPlanes(residual, weights, n, panel, pixels);
            for (int y = 0; y < count; y++)
                RunRow(panel, planes[(y * g.Stride * _paddedWidth)..], rows * _paddedWidth, added, target, (firstRow + y) * g.OutWidth * Lanes, tile);
        }
    }

    /// <summary>A row of outputs; tiles that end outside the row, or to which something is added, are finished in memory of their own.</summary>
    private void RunRow(int panel, Span<float> rows, int channelStride, ReadOnlySpan<float> residual, Span<float> output, int at, Span<float> tile)
    {
        int blocks = weights.BlocksOf(panel), pixels = blocks == 2 ? PlanarTile.Widest : NarrowTile, plane = Geometry.OutHeight * Geometry.OutWidth * Lanes;
        var direct = new PlanarTileOperands(Geometry.InChannels, channelStride, _paddedWidth, Geometry.KernelSize, Geometry.Stride, plane, Range);
        var apart = direct with { OutputBlockStride = pixels * Lanes, Range = ActivationRange.None };
        for (int x = 0; x < Geometry.OutWidth; x += pixels, at += pixels * Lanes)
        {
            int count = Math.Min(pixels, Geometry.OutWidth - x);
            if (count == pixels && residual.IsEmpty)
            {
                RunTile(panel, direct, in rows[x * Geometry.Stride], ref output[at]);
                continue;
            }

            RunTile(panel, apart, in rows[x * Geometry.Stride], ref tile[0]);
            for (int block = 0; block < blocks; block++)
                for (int i = 0; i < count * Lanes; i++)
                {
                    int target = block * plane + at + i;
                    output[target] = Range.Apply(tile[block * pixels * Lanes + i] + (residual.IsEmpty ? 0 : residual[target]));
                }
        }
    }

    private void RunTile(int panel, in PlanarTileOperands operands, ref readonly float input, ref float output)
    {
        ref readonly float w = ref weights.Panel(panel)[0], bias = ref weights.Bias(panel)[0];
        switch (weights.Path, weights.BlocksOf(panel), Geometry.Stride)
        {
            case (SimdPath.Vector512, 2, 2): PlanarTile.Tile8x2<Block512, StrideTwo>(operands, in input, in w, in bias, ref output); break;
            case (SimdPath.Vector512, 2, _): PlanarTile.Tile8x2<Block512, AnyStride>(operands, in input, in w, in bias, ref output); break;
            case (SimdPath.Vector512, _, _): PlanarTile.Tile4x1<Block512, AnyStride>(operands, in input, in w, in bias, ref output); break;
            case (SimdPath.Vector256, _, 2): PlanarTile.Tile4x1<Block256, StrideTwo>(operands, in input, in w, in bias, ref output); break;
            case (SimdPath.Vector256, _, _): PlanarTile.Tile4x1<Block256, AnyStride>(operands, in input, in w, in bias, ref output); break;
            default: PlanarTile.Tile4x1<Block128, AnyStride>(operands, in input, in w, in bias, ref output); break;
        }
    }

    private int RowsUnder(int outRows) => (outRows - 1) * Geometry.Stride + Geometry.KernelSize;

    private static int PaddedWidth(in ConvolutionGeometry g) =>
        ((g.OutWidth + PlanarTile.Widest - 1) / PlanarTile.Widest * PlanarTile.Widest - 1) * g.Stride + g.KernelSize;

    private static int RowsPerChunk(in ConvolutionGeometry g)
    {
        int fitting = ScratchBytes / (PaddedWidth(g) * g.InChannels * sizeof(float));
        return Math.Clamp((fitting - g.KernelSize) / g.Stride + 1, 1, Math.Max(1, g.OutHeight));
    }

    private void CopyRows(ReadOnlySpan<float> plane, int firstRow, Span<float> rows)
    {
        int left = Geometry.Padding, inside = Math.Min(Geometry.InWidth, _paddedWidth - left);
        for (int r = 0; r * _paddedWidth < rows.Length; r++)
        {
            var target = rows.Slice(r * _paddedWidth, _paddedWidth);
            int row = firstRow + r;
            if ((uint)row >= (uint)Geometry.InHeight)
            {
                target.Clear();
                continue;
            }

            target[..left].Clear();
            plane.Slice(row * Geometry.InWidth, inside).CopyTo(target[left..]);
            target[(left + inside)..].Clear();
        }
    }
}
