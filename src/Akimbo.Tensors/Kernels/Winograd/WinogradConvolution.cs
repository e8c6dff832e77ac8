using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// A 3×3 convolution of stride 1 and padding 1 by Winograd's algorithm: F(4×4, 3×3) needs a quarter of the multiplications,
/// F(2×2, 3×3) four ninths. Tiles are taken in groups that fill the registers, groups in blocks whose transformed inputs stay
/// in the second-level cache while the weights pass over them, and each point of a group is one small matrix product.
/// Defined by <see cref="Convolution2d.Define"/>; the largest error on random maps, relative to their norm, is below 5e-6 for
/// tiles of 4 and 1e-6 for tiles of 2.
/// </summary>
internal sealed class WinogradConvolution : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Floats between the points of a group, so that they do not all fall into the same few sets of the first-level cache.</summary>
    private const int PointGap = Lanes;

    private readonly WinogradWeights _weights;
    private readonly WinogradPlan _plan;
    private readonly WinogradTiles _tiles;

    public WinogradConvolution(ConvolutionGeometry geometry, WinogradWeights weights, int threads)
    {
        _weights = weights;
        _tiles = new WinogradTiles(geometry, weights.Tile);
        _plan = WinogradPlan.Best(geometry, weights.Path, weights.Tile, threads);
    }

    /// <summary>Whether a convolution is of the kind this kernel computes.</summary>
    public static bool Fits(in ConvolutionGeometry geometry) =>
        geometry is { KernelSize: 3, Stride: 1, Padding: 1, Groups: 1, Transposed: false };

    public override int Chunks => _plan.Chunks;

    public override int ScratchLength => WinogradTransform.MaxPoints * Lanes + _plan.GroupsPerBlock * (InputLength + ProductLength);

    private int Side => _weights.Tile + 2;

    private int InputLength => _weights.Points * (_weights.Depth * _plan.GroupTiles + PointGap);

    private int ProductLength => _weights.Points * (GemmTiling.PanelBlocks(_weights.Path) * Lanes * _plan.GroupTiles + PointGap);

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var (block, panelPart) = Math.DivRem(chunk, _plan.PanelParts);
        int firstGroup = block * _plan.Groups / _plan.Blocks, count = (block + 1) * _plan.Groups / _plan.Blocks - firstGroup;
        var border = scratch[..(WinogradTransform.MaxPoints * Lanes)];
        var inputs = scratch.Slice(border.Length, _plan.GroupsPerBlock * InputLength);
        var products = scratch.Slice(border.Length + inputs.Length, _plan.GroupsPerBlock * ProductLength);
        for (int group = 0; group < count; group++)
            TransformInputs(input, firstGroup + group, inputs.Slice(group * InputLength, InputLength), border);

        int endPanel = (panelPart + 1) * _weights.Panels / _plan.PanelParts;
        for (int panel = panelPart * _weights.Panels / _plan.PanelParts; panel < endPanel; panel++)
        {
            Multiply(panel, firstGroup, count, inputs, products);
            for (int group = 0; group < count; group++)
                TransformOutputs(products.Slice(group * ProductLength, ProductLength), panel, firstGroup + group, residual, output, border);
        }
    }

    /// <summary>
    /// Point by point, so that a point's weights are read once for all groups. The point (1, 1) counts once in every output,
    /// so that the bias is where its sums start.
    /// </summary>
    private void Multiply(int panel, int firstGroup, int groups, ReadOnlySpan<float> inputs, Span<float> products)
    {
        int blocks = _weights.BlocksOf(panel), pointWeights = _weights.Depth * blocks * Lanes;
        ref readonly float w = ref _weights.Panel(panel)[0];
        int panelWidth = blocks * Lanes, step = (panelWidth + groups - 1) / groups;
        ref readonly float none = ref MemoryMarshal.GetReference(ReadOnlySpan<float>.Empty);
        for (int point = 0; point < _weights.Points; point++)
        {
            ref readonly float start = ref (point == Side + 1 ? _weights.Bias : _weights.Zeros).Span[point == Side + 1 ? _weights.FirstBlockOf(panel) * Lanes : 0];
            for (int group = 0; group < groups; group++)
            {
                int tiles = _plan.TilesOf(firstGroup + group), stride = tiles * Lanes;
                var operands = new TileOperands(_weights.InBlocks, stride, _weights.LastBlockLanes, stride, HasResidual: false, ActivationRange.None, pointWeights + group * step * _weights.Depth, step);
                GemmTiling.Run(_weights.Path, tiles, blocks, operands, in inputs[group * InputLength + point * (_weights.InBlocks * stride + PointGap)],
                    in w, in start, in none, ref products[group * ProductLength + point * (blocks * stride + PointGap)]);
            }

            w = ref Unsafe.Add(ref Unsafe.AsRef(in w), pointWeights);
        }
    }

    private void TransformInputs(ReadOnlySpan<float> input, int group, Span<float> target, Span<float> border)
    {
        int tiles = _plan.TilesOf(group), stride = tiles * Lanes, firstTile = _plan.FirstTileOf(group), pointStride = _weights.InBlocks * stride + PointGap;
        int width = Geometry.InWidth, plane = Geometry.InHeight * width * Lanes, inBlocks = _weights.InBlocks;
        for (int b = 0; b < inBlocks; b++)
            for (int t = 0; t < tiles; t++)
            {
                var (n, top, left) = _tiles.Locate(firstTile + t);
                var map = input.Slice((n * inBlocks + b) * plane, plane);
                ref float into = ref target[b * stride + t * Lanes];
                if (top > 0 && left > 0 && top + Side - 1 <= Geometry.InHeight && left + Side - 1 <= width)
                {
                    TransformInput(in map[((top - 1) * width + left - 1) * Lanes], width * Lanes, ref into, pointStride);
                    continue;
                }

                WinogradWindow.Copy(map, Geometry.InHeight, width, top - 1, left - 1, Side, border);
                TransformInput(in border[0], Side * Lanes, ref into, pointStride);
            }
    }

    private void TransformOutputs(ReadOnlySpan<float> products, int panel, int group, ReadOnlySpan<float> residual, Span<float> output, Span<float> border)
    {
        int tiles = _plan.TilesOf(group), stride = tiles * Lanes, firstTile = _plan.FirstTileOf(group);
        int blocks = _weights.BlocksOf(panel), width = Geometry.OutWidth, plane = Geometry.OutHeight * width * Lanes, tile = _weights.Tile;
        int pointStride = blocks * stride + PointGap, firstBlock = _weights.FirstBlockOf(panel), end = Math.Min(tiles, _tiles.Count - firstTile);
        for (int b = 0; b < blocks; b++)
        {
            for (int t = 0; t < end; t++)
            {
                var (n, top, left) = _tiles.Locate(firstTile + t);
                int at = (n * _weights.OutBlocks + firstBlock + b) * plane + (top * width + left) * Lanes;
                int rows = Math.Min(tile, Geometry.OutHeight - top), columns = Math.Min(tile, width - left);
                ref readonly float from = ref products[b * stride + t * Lanes];
                if (rows == tile && columns == tile)
                {
                    var to = new WinogradOutput(width * Lanes, Range);
                    TransformOutput(in from, pointStride, !residual.IsEmpty, in residual.IsEmpty ? ref output[at] : ref residual[at], ref output[at], to);
                    continue;
                }

                var clipped = border[..(tile * tile * Lanes)];
                if (!residual.IsEmpty) CopyRows(residual[at..], width * Lanes, clipped, tile * Lanes, rows, columns * Lanes);
                TransformOutput(in from, pointStride, !residual.IsEmpty, in clipped[0], ref clipped[0], new WinogradOutput(tile * Lanes, Range));
                CopyRows(clipped, tile * Lanes, output[at..], width * Lanes, rows, columns * Lanes);
            }
        }
    }

    private static void CopyRows(ReadOnlySpan<float> from, int fromStride, Span<float> to, int toStride, int rows, int length)
    {
        for (int row = 0; row < rows; row++) from.Slice(row * fromStride, length).CopyTo(to[(row * toStride)..]);
    }

    private void TransformInput(ref readonly float from, int rowStride, ref float into, int pointStride)
    {
        switch (_weights.Path, _weights.Tile)
        {
            case (SimdPath.Vector512, 4): WinogradTransform.Input4<Block512>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector512, _): WinogradTransform.Input2<Block512>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector256, 4): WinogradTransform.Input4<Block256>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector256, _): WinogradTransform.Input2<Block256>(in from, rowStride, ref into, pointStride); break;
            case (_, 4): WinogradTransform.Input4<Block128>(in from, rowStride, ref into, pointStride); break;
            default: WinogradTransform.Input2<Block128>(in from, rowStride, ref into, pointStride); break;
        }
    }

    private void TransformOutput(ref readonly float from, int pointStride, bool hasResidual, ref readonly float residual, ref float into, in WinogradOutput to)
    {
        if (hasResidual) TransformOutput<Yes>(in from, pointStride, in residual, ref into, to);
        else TransformOutput<No>(in from, pointStride, in residual, ref into, to);
    }

    private void TransformOutput<TResidual>(ref readonly float from, int pointStride, ref readonly float residual, ref float into, in WinogradOutput to) where TResidual : struct, IFlag
    {
        switch (_weights.Path, _weights.Tile)
        {
            case (SimdPath.Vector512, 4): WinogradTransform.Output4<Block512, TResidual>(in from, pointStride, in residual, ref into, to); break;
            case (SimdPath.Vector512, _): WinogradTransform.Output2<Block512, TResidual>(in from, pointStride, in residual, ref into, to); break;
            case (SimdPath.Vector256, 4): WinogradTransform.Output4<Block256, TResidual>(in from, pointStride, in residual, ref into, to); break;
            case (SimdPath.Vector256, _): WinogradTransform.Output2<Block256, TResidual>(in from, pointStride, in residual, ref into, to); break;
            case (_, 4): WinogradTransform.Output4<Block128, TResidual>(in from, pointStride, in residual, ref into, to); break;
            default: WinogradTransform.Output2<Block128, TResidual>(in from, pointStride, in residual, ref into, to); break;
        }
    }
}
