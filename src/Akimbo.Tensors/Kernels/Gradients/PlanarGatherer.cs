using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// Copies what the taps of a kernel see of a planar input at neighbouring output pixels, zeros outside the input. Each line of
/// the input is first split by the remainder of its columns by the stride, so that a tap sees neighbouring floats at
/// neighbouring pixels; sixteen taps of sixteen pixels are then turned in registers.
/// </summary>
internal sealed class PlanarGatherer
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly ConvolutionGeometry _geometry;
    private readonly int _before;
    private readonly int _phaseLength;
    private readonly int[] _offsets;
    private readonly int[] _rows;

    /// <summary>Finds where each term lies in the split lines.</summary>
    /// <param name="geometry">The convolution; of one group.</param>
    public PlanarGatherer(in ConvolutionGeometry geometry)
    {
        _geometry = geometry;
        int k = geometry.KernelSize, stride = geometry.Stride, terms = geometry.InChannels * k * k;
        _before = (geometry.Padding + stride - 1) / stride;
        _phaseLength = _before + geometry.OutWidth + k / stride + Lanes;
        (_offsets, _rows) = (new int[BlockedLayout.Blocks(terms) * Lanes], new int[BlockedLayout.Blocks(terms) * Lanes]);
        for (int term = 0; term < terms; term++)
        {
            int channel = term / (k * k), column = term % k - geometry.Padding + _before * stride;
            _rows[term] = term / k % k;
            _offsets[term] = channel * ChannelLength + column % stride * _phaseLength + column / stride;
        }
    }

    /// <summary>Pixels that are written behind those asked for.</summary>
    public const int ExcessPixels = Lanes;

    /// <summary>Floats of <see cref="Lines"/>.</summary>
    public int LinesLength => _geometry.InChannels * ChannelLength;

    private int LineLength => _geometry.Stride * _phaseLength;

    private int ChannelLength => _geometry.KernelSize * LineLength;

    /// <summary>The split lines of the last pixels gathered: those of the next row of outputs are mostly the same.</summary>
    public ref struct Lines(Span<float> memory)
    {
        public readonly Span<float> Memory = memory;

        /// <summary>The image they are of.</summary>
        public int Image = -1;

        /// <summary>Past the last row there.</summary>
        public int EndRow;
    }

    /// <summary>Gathers rows of sixteen terms of [I, ky, kx] each.</summary>
    /// <param name="input">[N, I, H, W].</param>
    /// <param name="n">The image.</param>
    /// <param name="first">The first output pixel.</param>
    /// <param name="count">Output pixels.</param>
    /// <param name="firstRow">The first row: term / 16.</param>
    /// <param name="endRow">Past the last row.</param>
    /// <param name="rowPixels">Pixels from one row to the next, <paramref name="count"/> and <see cref="ExcessPixels"/> at least.</param>
    /// <param name="lines">The lines split so far.</param>
    /// <param name="gathered">[rows, rowPixels, 16].</param>
    public void Gather(ReadOnlySpan<float> input, int n, int first, int count, int firstRow, int endRow, int rowPixels, ref Lines lines, Span<float> gathered)
    {
        Span<int> places = stackalloc int[Lanes];
        int k = _geometry.KernelSize, outWidth = _geometry.OutWidth;
        for (int p = 0; p < count;)
        {
            var (y, x) = Math.DivRem(first + p, outWidth);
            int run = Math.Min(outWidth - x, count - p), top = y * _geometry.Stride - _geometry.Padding;
            Split(input, n, top, ref lines);
            for (int row = firstRow; row < endRow; row++)
            {
                for (int lane = 0; lane < Lanes; lane++)
                    places[lane] = _offsets[row * Lanes + lane] + Slot(top + _rows[row * Lanes + lane]) * LineLength + x;
                for (int i = 0; i < run; i += Lanes)
                    Transposition.Run(in lines.Memory[i], places, ref gathered[((row - firstRow) * rowPixels + p + i) * Lanes], Lanes);
            }

            p += run;
        }

        int Slot(int row) => (row + k * _geometry.Padding) % k;
    }

    /// <summary>Splits the lines under a row of outputs that are not there yet.</summary>
    private void Split(ReadOnlySpan<float> input, int n, int top, ref Lines lines)
    {
        int k = _geometry.KernelSize, height = _geometry.InHeight, width = _geometry.InWidth, stride = _geometry.Stride;
        int next = lines.Image == n && lines.EndRow > top ? lines.EndRow : top;
        (lines.Image, lines.EndRow) = (n, top + k);
        for (int row = next; row < top + k; row++)
            for (int channel = 0; channel < _geometry.InChannels; channel++)
            {
                var line = lines.Memory.Slice(channel * ChannelLength + (row + k * _geometry.Padding) % k * LineLength, LineLength);
                line.Clear();
                if ((uint)row >= (uint)height) continue;
                var source = input.Slice(((n * _geometry.InChannels + channel) * height + row) * width, width);
                for (int phase = 0; phase < stride; phase++)
                {
                    var target = line.Slice(phase * _phaseLength + _before, _phaseLength - _before);
                    for (int from = phase, to = 0; from < source.Length && to < target.Length; from += stride, to++) target[to] = source[from];
                }
            }
    }
}
