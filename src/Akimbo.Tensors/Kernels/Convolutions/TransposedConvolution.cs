using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>
/// A transposed convolution of stride s as s² small convolutions, one for each phase (y mod s, x mod s) of the output pixels:
/// each sees only the taps that reach it. Where <see cref="TransposedRows"/> cannot compute them, their patches are gathered.
/// Defined by <see cref="Convolution2d.DefineTransposed"/>.
/// </summary>
internal sealed class TransposedConvolution : ConvolutionKernel
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly PhaseWeights[] _phases;
    private readonly TileSchedule[] _schedules;
    private readonly TransposedRows? _rows;

    /// <summary>The weights of one phase, with the input offset of each of its taps.</summary>
    /// <param name="Weights">The taps that reach the phase's outputs.</param>
    /// <param name="RowOffsets">Input row minus phase row, for each row of taps.</param>
    /// <param name="ColumnOffsets">Input column minus phase column, for each column of taps.</param>
    public sealed record PhaseWeights(GemmWeights Weights, int[] RowOffsets, int[] ColumnOffsets);

    public TransposedConvolution(ConvolutionGeometry geometry, PhaseWeights[] phases, int threads)
    {
        _phases = phases;
        _rows = TransposedRows.Fit(geometry, phases) ? new TransposedRows(geometry, phases) : null;
        _schedules = new TileSchedule[_rows is null ? phases.Length : 0];
        for (int phase = 0; phase < _schedules.Length; phase++)
        {
            var (height, width) = PhaseSize(geometry, phase);
            _schedules[phase] = new TileSchedule(geometry.Batch, height * width, phases[phase].Weights, threads);
        }
    }

    /// <summary>Packs [I, O, k, k] weights phase by phase.</summary>
    public static PhaseWeights[] Pack(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        int s = geometry.Stride;
        var phases = new PhaseWeights[s * s];
        for (int phase = 0; phase < phases.Length; phase++)
        {
            var (py, px) = Math.DivRem(phase, s);
            int[] rows = TapsOf(geometry, py), columns = TapsOf(geometry, px);
            phases[phase] = new PhaseWeights(GemmWeights.PackPhase(path, weights, bias, geometry, rows, columns),
                OffsetsOf(geometry, py, rows), OffsetsOf(geometry, px, columns));
        }

        return phases;
    }

    public override int Chunks
    {
        get
        {
            if (_rows is not null) return _rows.Chunks;
            int chunks = 0;
            foreach (var schedule in _schedules) chunks += schedule.Chunks;
            return chunks;
        }
    }

    public override int ScratchLength
    {
        get
        {
            if (_rows is not null) return 0;
            int deepest = 0;
            foreach (var phase in _phases) deepest = Math.Max(deepest, phase.Weights.Depth);
            return ScatteredTile.ScratchLength + Math.Max(1, deepest) * GemmTiling.MaxTilePixels;
        }
    }

    public override void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk)
    {
        if (_rows is not null)
        {
            _rows.Run(input, residual, output, Range, chunk);
            return;
        }

        int phase = 0;
        while (chunk >= _schedules[phase].Chunks) chunk -= _schedules[phase++].Chunks;

        var schedule = _schedules[phase];
        var weights = _phases[phase].Weights;
        var part = schedule.Locate(chunk);
        int outPixels = Geometry.OutHeight * Geometry.OutWidth, tilePixels = schedule.TilePixels;
        var operands = new TileOperands(weights.Depth / Lanes, tilePixels * Lanes, weights.LastBlockLanes, outPixels * Lanes, !residual.IsEmpty, Range);
        var patch = scratch.Slice(ScatteredTile.ScratchLength, Math.Max(1, weights.Depth) * tilePixels);
        var (_, phaseWidth) = PhaseSize(Geometry, phase);
        Span<int> places = stackalloc int[tilePixels];
        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
        {
            int first = schedule.FirstPixel(tile);
            var pixels = places[..schedule.PixelsOf(tile)];
            Gather(_phases[phase], input, part.N, first, pixels.Length, phaseWidth, tilePixels, patch);
            var (py, px) = Math.DivRem(phase, Geometry.Stride);
            for (int p = 0; p < pixels.Length; p++)
            {
                var (y, x) = Math.DivRem(first + p, phaseWidth);
                pixels[p] = (y * Geometry.Stride + py) * Geometry.OutWidth + x * Geometry.Stride + px;
            }

            for (int panel = part.FirstPanel; panel < part.EndPanel; panel++)
                ScatteredTile.Run(weights, panel, operands, patch, pixels, PanelPlanes(residual, weights, part.N, panel, outPixels),
                    PanelPlanes(output, weights, part.N, panel, outPixels), scratch, tilePixels);
        }
    }

    private void Gather(PhaseWeights phase, ReadOnlySpan<float> input, int n, int first, int count, int phaseWidth, int tilePixels, Span<float> patch)
    {
        int inBlocks = phase.Weights.InBlocks, inPixels = Geometry.InHeight * Geometry.InWidth;
        var image = input.Slice(n * inBlocks * inPixels * Lanes, inBlocks * inPixels * Lanes);
        Span<int> sources = stackalloc int[count];
        int tap = 0;
        foreach (int dy in phase.RowOffsets)
            foreach (int dx in phase.ColumnOffsets)
            {
                for (int p = 0; p < count; p++)
                {
                    var (y, x) = Math.DivRem(first + p, phaseWidth);
                    sources[p] = PatchGatherer.SourcePixel(Geometry, y + dy, x + dx);
                }

                PatchGatherer.CopyTap(phase.Weights.Path, image, inBlocks, inPixels, sources, tilePixels, patch.Slice(tap++ * inBlocks * tilePixels * Lanes, inBlocks * tilePixels * Lanes));
            }
    }

    /// <summary>Rows and columns of the outputs of a phase.</summary>
    public static (int Height, int Width) PhaseSize(in ConvolutionGeometry geometry, int phase)
    {
        var (py, px) = Math.DivRem(phase, geometry.Stride);
        return (Math.Max(0, (geometry.OutHeight - py + geometry.Stride - 1) / geometry.Stride),
            Math.Max(0, (geometry.OutWidth - px + geometry.Stride - 1) / geometry.Stride));
    }

    private static int[] TapsOf(ConvolutionGeometry geometry, int phase) =>
        [.. Enumerable.Range(0, geometry.KernelSize).Where(k => (phase + geometry.Padding - k) % geometry.Stride == 0)];

    private static int[] OffsetsOf(ConvolutionGeometry geometry, int phase, int[] taps) =>
        [.. taps.Select(k => (phase + geometry.Padding - k) / geometry.Stride)];
}
