using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of a convolution by its weights and its bias as a matrix product over all pixels: input channels under each tap
/// of the kernel × output channels. Pixels are shared out in parts whose sums are kept apart and added in order, so that the
/// result does not depend on threads. Defined by <see cref="ConvolutionGradient.DefineWeights"/>.
/// </summary>
internal sealed class WeightGradient : IWeightSums
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int SegmentPixels = 128;
    private const int WantedChunks = 8;
    private const int FewestPixels = 512;
    private const long MaxPartialLength = 4 << 20;
    private readonly ConvolutionGeometry _geometry;
    private readonly SimdPath _path;
    private readonly bool _readsPlanarInput;
    private readonly PlanarGatherer? _planar;
    private readonly int _taps;
    private readonly int _inBlocks;
    private readonly int _outLanes;
    private readonly int _rows;
    private readonly int _segmentsPerImage;
    private readonly int _pixelParts;
    private readonly int _rowParts;

    /// <summary>Plans the parts.</summary>
    /// <param name="geometry">The convolution; not transposed, not depthwise.</param>
    /// <param name="path">The vector width.</param>
    /// <param name="readsPlanarInput">Whether the input lies as [N, C, H, W].</param>
    public WeightGradient(in ConvolutionGeometry geometry, SimdPath path, bool readsPlanarInput)
    {
        _geometry = geometry;
        _path = path;
        _readsPlanarInput = readsPlanarInput;
        _planar = readsPlanarInput ? new PlanarGatherer(geometry) : null;
        _taps = geometry.KernelSize * geometry.KernelSize;
        _inBlocks = BlockedLayout.Blocks(readsPlanarInput ? geometry.InChannels * _taps : geometry.InChannels);
        _rows = readsPlanarInput ? _inBlocks : _taps * _inBlocks;
        _outLanes = BlockedLayout.Blocks(geometry.OutChannels) * Lanes;
        _segmentsPerImage = (OutPixels + SegmentPixels - 1) / SegmentPixels;
        long fitting = Math.Max(1, MaxPartialLength / PartLength), sharing = Math.Max(1, (long)geometry.Batch * OutPixels / FewestPixels);
        _pixelParts = (int)Math.Min(Math.Min(WantedChunks, (long)geometry.Batch * _segmentsPerImage), Math.Min(fitting, sharing));
        _pixelParts = Math.Max(1, _pixelParts);
        _rowParts = Math.Clamp(WantedChunks / _pixelParts, 1, _rows);
    }

    /// <summary>Parts of <see cref="Run"/> that can run at the same time.</summary>
    public int Chunks => _pixelParts * _rowParts;

    /// <summary>Floats that the sums of all parts take.</summary>
    public long SumsLength => _pixelParts * PartLength;

    /// <summary>Floats of scratch memory that a part needs.</summary>
    public int ScratchLength => ReadsInPlace ? 0 : (_rows + _rowParts - 1) / _rowParts * RowPixels * Lanes + LinesLength;

    /// <inheritdoc/>
    public int ReduceChunks => _inBlocks;

    /// <inheritdoc/>
    public int ReduceScratchLength => RowTaps * Lanes * Lanes;

    /// <summary>Taps that are rows of their own.</summary>
    private int RowTaps => _readsPlanarInput ? 1 : _taps;

    /// <summary>Pixels from one gathered row to the next.</summary>
    private int RowPixels => _planar is null ? SegmentPixels : SegmentPixels + PlanarGatherer.ExcessPixels;

    private int LinesLength => _planar?.LinesLength ?? 0;

    private int OutPixels => _geometry.OutHeight * _geometry.OutWidth;

    private bool ReadsInPlace => !_readsPlanarInput && PointwiseConvolution.Fits(_geometry);

    private long PartLength => (long)_rows * Lanes * _outLanes + _outLanes;

    /// <summary>Sums one part.</summary>
    /// <param name="input">The blocked (or planar) input.</param>
    /// <param name="outputGradient">The blocked gradient of the output.</param>
    /// <param name="sums"><see cref="SumsLength"/> floats, shared by all parts.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats that no other running part uses.</param>
    /// <param name="chunk">From 0 to <see cref="Chunks"/> − 1.</param>
    public void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> sums, Span<float> scratch, int chunk)
    {
        var (pixelPart, rowPart) = Math.DivRem(chunk, _rowParts);
        int firstRow = rowPart * _rows / _rowParts, endRow = (rowPart + 1) * _rows / _rowParts;
        var part = sums.Slice((int)(pixelPart * PartLength), (int)PartLength);
        part[(firstRow * Lanes * _outLanes)..(endRow * Lanes * _outLanes)].Clear();
        var bias = rowPart == 0 ? part[^_outLanes..] : [];
        bias.Clear();

        var lines = new PlanarGatherer.Lines(scratch[..LinesLength]);
        var gathered = scratch[LinesLength..];
        int segments = _geometry.Batch * _segmentsPerImage, plane = OutPixels * Lanes;
        for (int segment = pixelPart * segments / _pixelParts; segment < (pixelPart + 1) * segments / _pixelParts; segment++)
        {
            var (n, inImage) = Math.DivRem(segment, _segmentsPerImage);
            int first = inImage * SegmentPixels, count = Math.Min(SegmentPixels, OutPixels - first);
            var gradient = outputGradient.Slice(n * _outLanes * OutPixels, _outLanes * OutPixels);
            if (_planar is not null) _planar.Gather(input, n, first, count, firstRow, endRow, RowPixels, ref lines, gathered);
            else if (!ReadsInPlace) Gather(input, n, first, count, firstRow, endRow, gathered);
            for (int o = 0; o < _outLanes; o += 2 * Lanes)
            {
                ref readonly float g = ref gradient[o * OutPixels + first * Lanes];
                int second = o + Lanes < _outLanes ? plane : 0;
                for (int row = firstRow; row < endRow; row++)
                {
                    ref readonly float a = ref ReadsInPlace ? ref input[(n * _inBlocks + row) * plane + first * Lanes] : ref gathered[(row - firstRow) * RowPixels * Lanes];
                    WeightGradientTile.Run(_path, count, in a, in g, second, ref part[row * Lanes * _outLanes + o], _outLanes);
                }
            }

            if (!bias.IsEmpty) ChannelSums.Add(_path, gradient, plane, first * Lanes, count * Lanes, bias);
        }
    }

    /// <inheritdoc/>
    public void ReduceWeights(ReadOnlySpan<float> sums, bool accumulates, Span<float> weightGradient, Span<float> scratch, int chunk)
    {
        if (_geometry.Groups > 1)
        {
            ReduceGroups(sums, accumulates, weightGradient, chunk);
            return;
        }

        int taps = RowTaps, inputs = _readsPlanarInput ? _geometry.InChannels * _taps : _geometry.InChannels;
        int terms = Math.Min(Lanes, inputs - chunk * Lanes) * taps, outStride = inputs * taps;
        var totals = scratch[..ReduceScratchLength];
        for (int o = 0; o < _outLanes; o += Lanes)
        {
            for (int tap = 0; tap < taps; tap++)
            {
                ref readonly float rows = ref sums[(tap * _inBlocks + chunk) * Lanes * _outLanes + o];
                switch (_path)
                {
                    case SimdPath.Vector512: AddParts<Block512>(in rows, ref totals[tap * Lanes], taps * Lanes); break;
                    case SimdPath.Vector256: AddParts<Block256>(in rows, ref totals[tap * Lanes], taps * Lanes); break;
                    default: AddParts<Block128>(in rows, ref totals[tap * Lanes], taps * Lanes); break;
                }
            }

            WeightUnpacking.Put(_path, totals, terms, Math.Min(Lanes, _geometry.OutChannels - o), accumulates, weightGradient[(o * outStride + chunk * Lanes * taps)..], outStride);
        }
    }

    /// <inheritdoc/>
    public void ReduceBias(ReadOnlySpan<float> sums, bool accumulates, Span<float> biasGradient)
    {
        for (int o = 0; o < biasGradient.Length; o++)
            Put(Total(sums, (int)PartLength - _outLanes + o), accumulates, ref biasGradient[o]);
    }

    /// <summary>Adds the parts in order for sixteen input channels and outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddParts<T>(ref readonly float rows, ref float totals, int stride) where T : struct, IBlock<T>
    {
        int partLength = (int)PartLength, parts = _pixelParts, rowLength = _outLanes;
        ref float first = ref Unsafe.AsRef(in rows);
        for (int i = 0; i < Lanes; i++)
        {
            T total = T.Load(in Unsafe.Add(ref first, i * rowLength));
            for (int part = 1; part < parts; part++) total = T.Add(total, T.Load(in Unsafe.Add(ref first, part * partLength + i * rowLength)));
            T.Store(total, ref Unsafe.Add(ref totals, i * stride));
        }
    }

    private void ReduceGroups(ReadOnlySpan<float> sums, bool accumulates, Span<float> weightGradient, int chunk)
    {
        int groupTerms = _geometry.InChannels / _geometry.Groups, groupOutputs = _geometry.OutChannels / _geometry.Groups;
        for (int tap = 0; tap < _taps; tap++)
            for (int term = chunk * Lanes; term < Math.Min(_geometry.InChannels, (chunk + 1) * Lanes); term++)
            {
                int row = (tap * _inBlocks * Lanes + term) * _outLanes, group = term / groupTerms;
                for (int o = group * groupOutputs; o < (group + 1) * groupOutputs; o++)
                    Put(Total(sums, row + o), accumulates, ref weightGradient[(o * groupTerms + term - group * groupTerms) * _taps + tap]);
            }
    }

    private static void Put(float value, bool accumulates, ref float target) => target = accumulates ? target + value : value;

    private float Total(ReadOnlySpan<float> sums, int at)
    {
        float total = sums[at];
        for (int part = 1; part < _pixelParts; part++) total += sums[(int)(part * PartLength) + at];
        return total;
    }

    private void Gather(ReadOnlySpan<float> input, int n, int first, int count, int firstRow, int endRow, Span<float> gathered)
    {
        int length = _geometry.InHeight * _geometry.InWidth * _inBlocks * Lanes;
        WeightGradientGatherer.Gather(_geometry, input.Slice(n * length, length), _inBlocks, first, count, firstRow, endRow, SegmentPixels, gathered);
    }
}
