using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of a 3×3 convolution of stride 1 and padding 1 by its weights with a quarter of the multiplications: the
/// transpose of Winograd's algorithm F(4×4, 3×3), <c>∂w = Gᵀ [Σ_tiles (Bᵀ d B) ⊙ (A y Aᵀ)] G</c> for the inputs d under a tile and
/// the gradient y of its outputs, so that each of the 36 points is a matrix product of inputs and gradients over all tiles. Tiles
/// are taken in segments; every sum is one thread's and goes on from segment to segment, so that the result does not depend on
/// threads. Defined by <see cref="ConvolutionGradient.DefineWeights"/>; the largest error on random maps, relative to their norm,
/// is below 5e-6.
/// </summary>
internal sealed class WinogradWeightGradient : IWeightSums
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int Tile = 4;
    private const int Side = Tile + 2;
    private const int Points = Side * Side;

    /// <summary>The point that is the sum of a tile's gradient.</summary>
    private const int SumPoint = Side + 1;

    /// <summary>Floats between points, so that they do not all fall into the same few sets of the first-level cache.</summary>
    private const int PointGap = Lanes;

    /// <summary>Bytes of transformed inputs and gradients of a segment, which stay in the third-level cache.</summary>
    private const int SegmentBytes = 8 << 20;

    /// <summary>Tiles whose operands stay in the first-level cache.</summary>
    private const int CachedTiles = 128;

    private const int FewestChannels = 32;
    private const int FewestTiles = 64;

    private readonly ConvolutionGeometry _geometry;
    private readonly SimdPath _path;
    private readonly WinogradTiles _tiles;
    private readonly int _inBlocks;
    private readonly int _outBlocks;
    private readonly int _segmentTiles;
    private readonly int _tileParts;

    /// <summary>Plans the segments.</summary>
    /// <param name="geometry">The convolution, one that <see cref="WinogradConvolution.Fits"/>.</param>
    /// <param name="path">The vector width.</param>
    public WinogradWeightGradient(in ConvolutionGeometry geometry, SimdPath path)
    {
        _geometry = geometry;
        _path = path;
        _tiles = new WinogradTiles(geometry, Tile);
        _inBlocks = BlockedLayout.Blocks(geometry.InChannels);
        _outBlocks = BlockedLayout.Blocks(geometry.OutChannels);
        int fitting = Math.Max(CachedTiles, SegmentBytes / (Points * (_inBlocks + _outBlocks) * Lanes * sizeof(float)));
        Segments = (_tiles.Count + fitting - 1) / fitting;
        _segmentTiles = (_tiles.Count + Segments - 1) / Segments;
        _tileParts = (_segmentTiles + CachedTiles - 1) / CachedTiles;
    }

    /// <summary>Whether this algorithm fits a convolution and is faster than <see cref="WeightGradient"/>.</summary>
    public static bool IsFaster(in ConvolutionGeometry geometry) => WinogradConvolution.Fits(geometry)
        && Math.Min(geometry.InChannels, geometry.OutChannels) >= FewestChannels && WinogradTiles.CountOf(geometry, Tile) >= FewestTiles;

    /// <summary>Segments of tiles, one after the other.</summary>
    public int Segments { get; }

    /// <summary>Floats of the transformed inputs and gradients of a segment.</summary>
    public int OperandsLength => Points * (PointStride(_inBlocks) + PointStride(_outBlocks));

    /// <summary>Floats that the sums take.</summary>
    public int SumsLength => Points * SumStride + OutLanes;

    /// <summary>Floats of scratch memory that a part of <see cref="Transform"/> needs.</summary>
    public static int TransformScratchLength => Points * Lanes;

    /// <summary>Parts of <see cref="Transform"/> that can run at the same time.</summary>
    public int TransformChunks => _tileParts * (_inBlocks + _outBlocks);

    /// <summary>Parts of <see cref="Multiply"/> that can run at the same time.</summary>
    public static int MultiplyChunks => Points;

    /// <inheritdoc/>
    public int ReduceChunks => _inBlocks;

    /// <inheritdoc/>
    public int ReduceScratchLength => 9 * Lanes * Lanes;

    private int OutLanes => _outBlocks * Lanes;

    private int SumStride => _inBlocks * Lanes * OutLanes;

    /// <summary>Transforms inputs or gradients of a segment.</summary>
    /// <param name="segment">From 0 to <see cref="Segments"/> − 1.</param>
    /// <param name="input">The blocked input.</param>
    /// <param name="outputGradient">The blocked gradient of the output.</param>
    /// <param name="operands"><see cref="OperandsLength"/> floats, shared by all parts.</param>
    /// <param name="scratch">At least <see cref="TransformScratchLength"/> floats that no other running part uses.</param>
    /// <param name="chunk">From 0 to <see cref="TransformChunks"/> − 1.</param>
    public void Transform(int segment, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> operands, Span<float> scratch, int chunk)
    {
        var (block, part) = Math.DivRem(chunk, _tileParts);
        int tiles = TilesOf(segment), first = part * tiles / _tileParts, end = (part + 1) * tiles / _tileParts;
        bool isInput = block < _inBlocks;
        int blocks = isInput ? _inBlocks : _outBlocks, stride = PointStride(blocks), side = isInput ? Side : Tile, border = isInput ? 1 : 0;
        if (!isInput) block -= _inBlocks;
        int height = _geometry.InHeight, width = _geometry.InWidth, plane = height * width * Lanes;
        var map = isInput ? input : outputGradient;
        var target = isInput ? operands : operands[(Points * PointStride(_inBlocks))..];
        var window = scratch[..(side * side * Lanes)];
        for (int t = first; t < end; t++)
        {
            var (n, top, left) = _tiles.Locate(segment * _segmentTiles + t);
            (top, left) = (top - border, left - border);
            var pixels = map.Slice((n * blocks + block) * plane, plane);
            ref float into = ref target[(block * _segmentTiles + t) * Lanes];
            if (top >= 0 && left >= 0 && top + side <= height && left + side <= width)
            {
                TransformTile(isInput, in pixels[(top * width + left) * Lanes], width * Lanes, ref into, stride);
                continue;
            }

            WinogradWindow.Copy(pixels, height, width, top, left, side, window);
            TransformTile(isInput, in window[0], side * Lanes, ref into, stride);
        }
    }

    /// <summary>Sums the products of a segment for one point.</summary>
    /// <param name="segment">From 0 to <see cref="Segments"/> − 1, in order.</param>
    /// <param name="operands">What <see cref="Transform"/> left.</param>
    /// <param name="sums"><see cref="SumsLength"/> floats, shared by all parts.</param>
    /// <param name="chunk">From 0 to <see cref="MultiplyChunks"/> − 1.</param>
    public void Multiply(int segment, ReadOnlySpan<float> operands, Span<float> sums, int chunk)
    {
        int tiles = TilesOf(segment), blockStride = _segmentTiles * Lanes;
        var inputs = operands.Slice(chunk * PointStride(_inBlocks), PointStride(_inBlocks));
        var gradients = operands.Slice(Points * PointStride(_inBlocks) + chunk * PointStride(_outBlocks), PointStride(_outBlocks));
        var point = sums.Slice(chunk * SumStride, SumStride);
        var bias = sums[^OutLanes..];
        if (segment == 0) point.Clear();
        if (segment == 0 && chunk == SumPoint) bias.Clear();
        for (int first = 0; first < tiles; first += CachedTiles)
        {
            int count = Math.Min(CachedTiles, tiles - first);
            for (int o = 0; o < _outBlocks; o += 2)
                for (int i = 0; i < _inBlocks; i++)
                    WeightGradientTile.Run(_path, count, in inputs[i * blockStride + first * Lanes], in gradients[o * blockStride + first * Lanes],
                        o + 1 < _outBlocks ? blockStride : 0, ref point[i * Lanes * OutLanes + o * Lanes], OutLanes);
            if (chunk == SumPoint) ChannelSums.Add(_path, gradients, blockStride, first * Lanes, count * Lanes, bias);
        }
    }

    /// <inheritdoc/>
    public void ReduceWeights(ReadOnlySpan<float> sums, bool accumulates, Span<float> weightGradient, Span<float> scratch, int chunk)
    {
        var weights = scratch[..ReduceScratchLength];
        int inputs = Math.Min(Lanes, _geometry.InChannels - chunk * Lanes), outStride = _geometry.InChannels * 9;
        for (int o = 0; o < _outBlocks; o++)
        {
            for (int i = 0; i < Lanes; i++)
                TransformWeights(in sums[(chunk * Lanes + i) * OutLanes + o * Lanes], SumStride, ref weights[i * 9 * Lanes]);
            WeightUnpacking.Put(_path, weights, inputs * 9, Math.Min(Lanes, _geometry.OutChannels - o * Lanes), accumulates,
                weightGradient[(o * Lanes * outStride + chunk * Lanes * 9)..], outStride);
        }
    }

    /// <inheritdoc/>
    public void ReduceBias(ReadOnlySpan<float> sums, bool accumulates, Span<float> biasGradient)
    {
        var bias = sums[^OutLanes..];
        for (int o = 0; o < biasGradient.Length; o++) biasGradient[o] = accumulates ? biasGradient[o] + bias[o] : bias[o];
    }

    private int TilesOf(int segment) => Math.Min(_segmentTiles, _tiles.Count - segment * _segmentTiles);

    private int PointStride(int blocks) => blocks * _segmentTiles * Lanes + PointGap;

    private void TransformTile(bool isInput, ref readonly float from, int rowStride, ref float into, int pointStride)
    {
        switch (_path, isInput)
        {
            case (SimdPath.Vector512, true): WinogradTransform.Input4<Block512>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector512, false): WinogradGradientTransform.Gradient4<Block512>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector256, true): WinogradTransform.Input4<Block256>(in from, rowStride, ref into, pointStride); break;
            case (SimdPath.Vector256, false): WinogradGradientTransform.Gradient4<Block256>(in from, rowStride, ref into, pointStride); break;
            case (_, true): WinogradTransform.Input4<Block128>(in from, rowStride, ref into, pointStride); break;
            default: WinogradGradientTransform.Gradient4<Block128>(in from, rowStride, ref into, pointStride); break;
        }
    }

    private void TransformWeights(ref readonly float sums, int pointStride, ref float weights)
    {
        switch (_path)
        {
            case SimdPath.Vector512: WinogradGradientTransform.Weights4<Block512>(in sums, pointStride, ref weights); break;
            case SimdPath.Vector256: WinogradGradientTransform.Weights4<Block256>(in sums, pointStride, ref weights); break;
            default: WinogradGradientTransform.Weights4<Block128>(in sums, pointStride, ref weights); break;
        }
    }
}
