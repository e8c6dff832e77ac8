using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// A 3×3 convolution of stride 1 and padding 1 by Winograd's algorithm: F(4×4, 3×3) needs a quarter of the multiplications,
/// F(2×2, 3×3) four ninths. Tiles are taken in groups whose transformed inputs stay in the second-level cache, and each point of
/// a group is one small matrix product. Defined by <see cref="Convolution2d.Define"/>; the largest error on random maps, relative
/// to their norm, is below 5e-6 for tiles of 4 and 1e-6 for tiles of 2.
/// </summary>
internal sealed class WinogradConvolution : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int GroupBytes = 512 * 1024;
    private const int MaxGroupsPerChunk = 4;
    private const int WantedChunks = 8;
    private const int MaxPanelParts = 2;
    private readonly WinogradWeights _weights;
    private readonly GemmWeights _shape;
    private readonly int _tilesAcross;
    private readonly int _tilesPerImage;
    private readonly int _tiles;
    private readonly int _groupTiles;
    private readonly int _groups;
    private readonly int _groupsPerChunk;
    private readonly int _panelParts;

    public WinogradConvolution(ConvolutionGeometry geometry, WinogradWeights weights)
    {
        _weights = weights;
        _shape = weights.Points[0];
        _tilesAcross = (geometry.OutWidth + weights.Tile - 1) / weights.Tile;
        _tilesPerImage = _tilesAcross * ((geometry.OutHeight + weights.Tile - 1) / weights.Tile);
        _tiles = _tilesPerImage * geometry.Batch;
        _groupTiles = BestGroup(_shape.Path, _tiles);
        _groups = (_tiles + _groupTiles - 1) / _groupTiles;
        int fitting = Math.Clamp(GroupBytes / (Points * _shape.Depth * _groupTiles * sizeof(float)), 1, MaxGroupsPerChunk);
        _groupsPerChunk = Math.Clamp(_groups / WantedChunks, 1, fitting);
        int parts = (_groups + _groupsPerChunk - 1) / Math.Max(1, _groupsPerChunk);
        _panelParts = Math.Clamp(MaxPanelParts / Math.Max(1, parts), 1, _shape.Panels);
    }

    /// <summary>Whether a convolution is of the kind this kernel computes.</summary>
    public static bool Fits(in ConvolutionGeometry geometry) =>
        geometry is { KernelSize: 3, Stride: 1, Padding: 1, Groups: 1, Transposed: false };

    /// <summary>
    /// The tile that is fastest for a convolution that <see cref="Fits"/>: 4, 2, or 0 where the direct kernel is faster, because
    /// reading the larger transformed weights from memory takes longer than the multiplications they save.
    /// </summary>
    public static int BestTile(in ConvolutionGeometry geometry)
    {
        const int fewestChannels = 32, fewestTiles = 40;
        if (geometry.InChannels < fewestChannels || geometry.OutChannels < fewestChannels) return 0;
        if (Tiles(geometry, 4) >= fewestTiles) return 4;
        return Tiles(geometry, 2) >= fewestTiles ? 2 : 0;
    }

    public override int Chunks => ((_groups + _groupsPerChunk - 1) / _groupsPerChunk) * _panelParts;

    public override int ScratchLength => 2 * WinogradTransform.MaxPoints * Lanes + _groupsPerChunk * (InputLength + ProductLength);

    private int Side => _weights.Tile + 2;

    private int Points => Side * Side;

    private int InputLength => Points * _shape.Depth * _groupTiles;

    private int ProductLength => Points * GemmTiling.PanelBlocks(_shape.Path) * Lanes * _groupTiles;

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        var (part, panelPart) = Math.DivRem(chunk, _panelParts);
        int firstGroup = part * _groupsPerChunk, count = Math.Min(_groupsPerChunk, _groups - firstGroup);
        var half = scratch[..(WinogradTransform.MaxPoints * Lanes)];
        var border = scratch.Slice(half.Length, half.Length);
        var inputs = scratch.Slice(2 * half.Length, _groupsPerChunk * InputLength);
        var products = scratch.Slice(2 * half.Length + inputs.Length, _groupsPerChunk * ProductLength);
        for (int group = 0; group < count; group++)
            TransformInputs(input, FirstTile(firstGroup + group), inputs.Slice(group * InputLength, InputLength), half, border);

        int endPanel = (panelPart + 1) * _shape.Panels / _panelParts;
        for (int panel = panelPart * _shape.Panels / _panelParts; panel < endPanel; panel++)
        {
            Multiply(panel, count, inputs, products);
            for (int group = 0; group < count; group++)
                TransformOutputs(products.Slice(group * ProductLength, ProductLength), panel, FirstTile(firstGroup + group), residual, output, half, border);
        }
    }

    /// <summary>Point by point, so that a point's weights are read once for all groups.</summary>
    private void Multiply(int panel, int groups, ReadOnlySpan<float> inputs, Span<float> products)
    {
        int blocks = _shape.BlocksOf(panel), block = _groupTiles * Lanes;
        var operands = new TileOperands(_shape.InBlocks, block, _shape.LastBlockLanes, block, HasResidual: false, ActivationRange.None);
        ref readonly float none = ref MemoryMarshal.GetReference(ReadOnlySpan<float>.Empty);
        for (int point = 0; point < Points; point++)
        {
            var weights = _weights.Points[point];
            ref readonly float w = ref weights.Panel(panel)[0], zeros = ref weights.Bias(panel)[0];
            for (int group = 0; group < groups; group++)
                GemmTiling.Run(_shape.Path, _groupTiles, blocks, operands, in inputs[group * InputLength + point * _shape.InBlocks * block],
                    in w, in zeros, in none, ref products[group * ProductLength + point * blocks * block]);
        }
    }

    private void TransformInputs(ReadOnlySpan<float> input, int firstTile, Span<float> target, Span<float> half, Span<float> border)
    {
        int plane = Geometry.InHeight * Geometry.InWidth * Lanes, block = _groupTiles * Lanes;
        int rowStride = Geometry.InWidth * Lanes, pointStride = _shape.InBlocks * block;
        for (int t = 0; t < _groupTiles; t++)
        {
            var (n, top, left) = Locate(Math.Min(firstTile + t, _tiles - 1));
            bool isInside = top > 0 && left > 0 && top + Side - 1 <= Geometry.InHeight && left + Side - 1 <= Geometry.InWidth;
            for (int b = 0; b < _shape.InBlocks; b++)
            {
                var map = input.Slice((n * _shape.InBlocks + b) * plane, plane);
                ref float into = ref target[b * block + t * Lanes];
                if (isInside)
                {
                    TransformInput(in map[((top - 1) * Geometry.InWidth + left - 1) * Lanes], rowStride, ref half[0], ref into, pointStride);
                    continue;
                }

                CopyBordered(map, top - 1, left - 1, border);
                TransformInput(in border[0], Side * Lanes, ref half[0], ref into, pointStride);
            }
        }
    }

    private void TransformOutputs(ReadOnlySpan<float> products, int panel, int firstTile, ReadOnlySpan<float> residual, Span<float> output, Span<float> half, Span<float> border)
    {
        int blocks = _shape.BlocksOf(panel), block = _groupTiles * Lanes, width = Geometry.OutWidth;
        int plane = Geometry.OutHeight * width * Lanes, tile = _weights.Tile;
        for (int t = 0; t < Math.Min(_groupTiles, _tiles - firstTile); t++)
        {
            var (n, top, left) = Locate(firstTile + t);
            int rows = Math.Min(tile, Geometry.OutHeight - top), columns = Math.Min(tile, width - left);
            bool isWhole = rows == tile && columns == tile;
            for (int b = 0; b < blocks; b++)
            {
                int channelBlock = _shape.FirstBlockOf(panel) + b;
                int at = (n * _shape.OutBlocks + channelBlock) * plane + (top * width + left) * Lanes;
                ref readonly float from = ref products[b * block + t * Lanes], bias = ref _weights.Bias[channelBlock * Lanes];
                if (isWhole)
                {
                    var to = new WinogradOutput(width * Lanes, !residual.IsEmpty, Range);
                    TransformOutput(in from, blocks * block, ref half[0], in bias, in residual.IsEmpty ? ref output[at] : ref residual[at], ref output[at], to);
                    continue;
                }

                var clipped = border[..(tile * tile * Lanes)];
                if (!residual.IsEmpty) CopyRows(residual[at..], width * Lanes, clipped, tile * Lanes, rows, columns * Lanes);
                TransformOutput(in from, blocks * block, ref half[0], in bias, in clipped[0], ref clipped[0], new WinogradOutput(tile * Lanes, !residual.IsEmpty, Range));
                CopyRows(clipped, tile * Lanes, output[at..], width * Lanes, rows, columns * Lanes);
            }
        }
    }

    /// <summary>Copies a window of inputs whose first pixel is (top, left), zeros outside the map.</summary>
    private void CopyBordered(ReadOnlySpan<float> map, int top, int left, Span<float> window)
    {
        window.Clear();
        int firstColumn = Math.Max(0, -left), endColumn = Math.Min(Side, Geometry.InWidth - left);
        for (int row = Math.Max(0, -top); row < Math.Min(Side, Geometry.InHeight - top); row++)
            map.Slice(((top + row) * Geometry.InWidth + left + firstColumn) * Lanes, (endColumn - firstColumn) * Lanes)
                .CopyTo(window[((row * Side + firstColumn) * Lanes)..]);
    }

    private static void CopyRows(ReadOnlySpan<float> from, int fromStride, Span<float> to, int toStride, int rows, int length)
    {
        for (int row = 0; row < rows; row++) from.Slice(row * fromStride, length).CopyTo(to[(row * toStride)..]);
    }

    private void TransformInput(ref readonly float from, int rowStride, ref float half, ref float into, int pointStride)
    {
        switch (_shape.Path, _weights.Tile)
        {
            case (SimdPath.Vector512, 4): WinogradTransform.Input4<Block512>(in from, rowStride, ref half, ref into, pointStride); break;
            case (SimdPath.Vector512, _): WinogradTransform.Input2<Block512>(in from, rowStride, ref half, ref into, pointStride); break;
            case (SimdPath.Vector256, 4): WinogradTransform.Input4<Block256>(in from, rowStride, ref half, ref into, pointStride); break;
            case (SimdPath.Vector256, _): WinogradTransform.Input2<Block256>(in from, rowStride, ref half, ref into, pointStride); break;
            case (_, 4): WinogradTransform.Input4<Block128>(in from, rowStride, ref half, ref into, pointStride); break;
            default: WinogradTransform.Input2<Block128>(in from, rowStride, ref half, ref into, pointStride); break;
        }
    }

    private void TransformOutput(ref readonly float from, int pointStride, ref float half, ref readonly float bias, ref readonly float residual, ref float into, in WinogradOutput to)
    {
        switch (_shape.Path, _weights.Tile)
        {
            case (SimdPath.Vector512, 4): WinogradTransform.Output4<Block512>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
            case (SimdPath.Vector512, _): WinogradTransform.Output2<Block512>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
            case (SimdPath.Vector256, 4): WinogradTransform.Output4<Block256>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
            case (SimdPath.Vector256, _): WinogradTransform.Output2<Block256>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
            case (_, 4): WinogradTransform.Output4<Block128>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
            default: WinogradTransform.Output2<Block128>(in from, pointStride, ref half, in bias, in residual, ref into, to); break;
        }
    }

    private int FirstTile(int group) => group * _groupTiles;

    private (int N, int Top, int Left) Locate(int tile)
    {
        var (n, inImage) = Math.DivRem(tile, _tilesPerImage);
        var (row, column) = Math.DivRem(inImage, _tilesAcross);
        return (n, row * _weights.Tile, column * _weights.Tile);
    }

    private static long Tiles(in ConvolutionGeometry g, int tile) =>
        (long)g.Batch * ((g.OutHeight + tile - 1) / tile) * ((g.OutWidth + tile - 1) / tile);

    /// <summary>The size of groups that leaves the fewest places empty; of equals the largest.</summary>
    private static int BestGroup(SimdPath path, int tiles)
    {
        int best = 0, bestPlaces = int.MaxValue;
        foreach (int size in GemmTiling.TileSizes(path))
        {
            int places = (tiles + size - 1) / size * size;
            if (places < bestPlaces) (best, bestPlaces) = (size, places);
        }

        return best;
    }
}
