using System.Numerics;

namespace Akimbo.Imaging;

/// <summary>Changes the size of pictures. Pixel centres are half a pixel from the border: a target pixel x lies at (x + 0.5) · scale − 0.5.</summary>
public static class Resize
{
    private const int WeightBits = 11;
    private const int WeightOne = 1 << WeightBits;

    /// <summary>
    /// Bilinear, equal in every byte to <c>cv2.resize(INTER_LINEAR)</c> of OpenCV 4 (resize.cpp, HResizeLinear and VResizeLinear:
    /// 11-bit weights, the vertical sums cut as in its SIMD code). It does not smooth when it shrinks; see <see cref="Shrink"/>.
    /// </summary>
    /// <param name="source">What is resized; it must not share memory with the target.</param>
    /// <param name="target">Every pixel is written.</param>
    public static void Bilinear(Image source, Image target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        Taps columns = Taps.Horizontal(source.Width, target.Width), rows = Taps.Vertical(source.Height, target.Height);
        int length = target.Width * Image.Channels;
        var cache = new RowCache<int>(length);
        for (int y = 0; y < target.Height; y++)
        {
            int upper = Math.Clamp(rows.First[y], 0, source.Height - 1), lower = Math.Clamp(rows.First[y] + 1, 0, source.Height - 1);
            if (cache.IsMissing(upper, keep: lower, out int[] first))
                InterpolateRow(source.Row(upper), columns, first);
            if (cache.IsMissing(lower, keep: upper, out int[] second))
                InterpolateRow(source.Row(lower), columns, second);
            float fraction = rows.Fraction[y];
            MixRows(first, second, ToFixed(1 - fraction), ToFixed(fraction), target.Row(y));
        }
    }

    /// <summary>Bilinear for one channel of floats, as <c>cv2.resize(INTER_LINEAR)</c> but for the rounding of the last sums.</summary>
    /// <param name="source">[sourceHeight, sourceWidth]; it must not share memory with the target.</param>
    /// <param name="sourceWidth">Values in a source row, at least 1.</param>
    /// <param name="sourceHeight">Source rows, at least 1.</param>
    /// <param name="target">[targetHeight, targetWidth]; every value is written.</param>
    /// <param name="targetWidth">Values in a target row, at least 1.</param>
    /// <param name="targetHeight">Target rows, at least 1.</param>
    /// <exception cref="ArgumentException">A length is not the product of its sides.</exception>
    public static void Bilinear(ReadOnlySpan<float> source, int sourceWidth, int sourceHeight, Span<float> target, int targetWidth, int targetHeight)
    {
        Plane.Check(source.Length, sourceWidth, sourceHeight, channels: 1, nameof(source));
        Plane.Check(target.Length, targetWidth, targetHeight, channels: 1, nameof(target));
        Taps columns = Taps.Horizontal(sourceWidth, targetWidth), rows = Taps.Vertical(sourceHeight, targetHeight);
        var cache = new RowCache<float>(targetWidth);
        for (int y = 0; y < targetHeight; y++)
        {
            int upper = Math.Clamp(rows.First[y], 0, sourceHeight - 1), lower = Math.Clamp(rows.First[y] + 1, 0, sourceHeight - 1);
            if (cache.IsMissing(upper, keep: lower, out float[] first))
                InterpolateRow(source.Slice(upper * sourceWidth, sourceWidth), columns, first);
            if (cache.IsMissing(lower, keep: upper, out float[] second))
                InterpolateRow(source.Slice(lower * sourceWidth, sourceWidth), columns, second);
            MixRows(first, second, 1 - rows.Fraction[y], rows.Fraction[y], target.Slice(y * targetWidth, targetWidth));
        }
    }

    /// <summary>
    /// The mean of every block of factor × factor pixels: shrinks without aliasing. Blocks at the right and lower border are averaged
    /// over the pixels they have. Target pixel x lies at factor · x + (factor − 1) / 2 in the source.
    /// </summary>
    /// <param name="source">The picture, which stays as it is.</param>
    /// <param name="factor">How many times smaller, 1…256.</param>
    /// <returns>A picture of ⌈width / factor⌉ × ⌈height / factor⌉ pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is outside 1…256.</exception>
    public static Image Shrink(Image source, int factor)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(factor, 256);
        Image target = Image.Uninitialized((source.Width + factor - 1) / factor, (source.Height + factor - 1) / factor);
        var sums = new ushort[source.Width * Image.Channels];
        for (int y = 0; y < target.Height; y++)
        {
            Array.Clear(sums);
            int rows = Math.Min(factor, source.Height - y * factor);
            for (int i = 0; i < rows; i++)
                AddRow(source.Row(y * factor + i), sums);
            AverageColumns(sums, factor, rows, target.Row(y));
        }
        return target;
    }

    private static void InterpolateRow(ReadOnlySpan<byte> source, in Taps columns, Span<int> target)
    {
        int last = source.Length / Image.Channels - 1;
        for (int x = 0, to = 0; x < columns.First.Length; x++, to += Image.Channels)
        {
            int left = columns.First[x] * Image.Channels, right = Math.Min(columns.First[x] + 1, last) * Image.Channels;
            int leftWeight = ToFixed(1 - columns.Fraction[x]), rightWeight = ToFixed(columns.Fraction[x]);
            target[to] = source[left] * leftWeight + source[right] * rightWeight;
            target[to + 1] = source[left + 1] * leftWeight + source[right + 1] * rightWeight;
            target[to + 2] = source[left + 2] * leftWeight + source[right + 2] * rightWeight;
        }
    }

    private static void InterpolateRow(ReadOnlySpan<float> source, in Taps columns, Span<float> target)
    {
        for (int x = 0; x < columns.First.Length; x++)
        {
            int left = columns.First[x], right = Math.Min(left + 1, source.Length - 1);
            target[x] = source[left] * (1 - columns.Fraction[x]) + source[right] * columns.Fraction[x];
        }
    }

    private static void MixRows(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, int upperWeight, int lowerWeight, Span<byte> target)
    {
        int x = 0;
        for (; x <= target.Length - 4 * Vector<int>.Count; x += 4 * Vector<int>.Count)
        {
            Vector<short> low = Vector.Narrow(Mix(upper, lower, x), Mix(upper, lower, x + Vector<int>.Count));
            Vector<short> high = Vector.Narrow(Mix(upper, lower, x + 2 * Vector<int>.Count), Mix(upper, lower, x + 3 * Vector<int>.Count));
            Vector.Narrow(low.As<short, ushort>(), high.As<short, ushort>()).CopyTo(target[x..]);
        }
        for (; x < target.Length; x++)
            target[x] = (byte)((((upperWeight * (upper[x] >> 4)) >> 16) + ((lowerWeight * (lower[x] >> 4)) >> 16) + 2) >> 2);

        Vector<int> Mix(ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, int at)
        {
            Vector<int> first = ((new Vector<int>(upper[at..]) >> 4) * upperWeight) >> 16;
            Vector<int> second = ((new Vector<int>(lower[at..]) >> 4) * lowerWeight) >> 16;
            return (first + second + new Vector<int>(2)) >> 2;
        }
    }

    private static void MixRows(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, float upperWeight, float lowerWeight, Span<float> target)
    {
        int x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
            (new Vector<float>(upper[x..]) * upperWeight + new Vector<float>(lower[x..]) * lowerWeight).CopyTo(target[x..]);
        for (; x < target.Length; x++)
            target[x] = upper[x] * upperWeight + lower[x] * lowerWeight;
    }

    private static void AddRow(ReadOnlySpan<byte> row, Span<ushort> sums)
    {
        int x = 0;
        for (; x <= row.Length - Vector<byte>.Count; x += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[x..]), out Vector<ushort> low, out Vector<ushort> high);
            (new Vector<ushort>(sums[x..]) + low).CopyTo(sums[x..]);
            (new Vector<ushort>(sums[(x + Vector<ushort>.Count)..]) + high).CopyTo(sums[(x + Vector<ushort>.Count)..]);
        }
        for (; x < row.Length; x++)
            sums[x] += row[x];
    }

    private static void AverageColumns(ReadOnlySpan<ushort> sums, int factor, int rows, Span<byte> target)
    {
        for (int x = 0; x < target.Length / Image.Channels; x++)
        {
            ReadOnlySpan<ushort> block = sums[(x * factor * Image.Channels)..];
            block = block[..Math.Min(block.Length, factor * Image.Channels)];
            uint red = 0, green = 0, blue = 0, count = (uint)(block.Length / Image.Channels * rows);
            for (int i = 0; i < block.Length; i += Image.Channels)
            {
                red += block[i];
                green += block[i + 1];
                blue += block[i + 2];
            }
            target[x * Image.Channels] = (byte)((red + count / 2) / count);
            target[x * Image.Channels + 1] = (byte)((green + count / 2) / count);
            target[x * Image.Channels + 2] = (byte)((blue + count / 2) / count);
        }
    }

    private static int ToFixed(float weight) => (int)MathF.Round(weight * WeightOne);

    /// <summary>For every target position: the first of the two source positions between which it lies, and how far it is from that.</summary>
    private readonly record struct Taps(int[] First, float[] Fraction)
    {
        /// <summary>Positions that may lie one outside; the rows they mean are clamped where they are read.</summary>
        public static Taps Vertical(int source, int target)
        {
            var taps = new Taps(new int[target], new float[target]);
            double scale = 1 / ((double)target / source);
            for (int i = 0; i < target; i++)
            {
                float position = (float)((i + 0.5) * scale - 0.5);
                int first = (int)MathF.Floor(position);
                taps.First[i] = first;
                taps.Fraction[i] = position - first;
            }
            return taps;
        }

        /// <summary>Positions inside the source.</summary>
        public static Taps Horizontal(int source, int target)
        {
            Taps taps = Vertical(source, target);
            for (int i = 0; i < target; i++)
            {
                if (taps.First[i] < 0 || taps.First[i] >= source - 1)
                    (taps.First[i], taps.Fraction[i]) = (taps.First[i] < 0 ? 0 : source - 1, 0);
            }
            return taps;
        }
    }

    /// <summary>The last two source rows after their horizontal pass; neighbours in the target mostly share them.</summary>
    private sealed class RowCache<T>(int length)
    {
        private readonly T[][] _rows = [new T[length], new T[length]];
        private readonly int[] _indices = [-1, -1];

        /// <summary>The array for a source row; true when it is missing and must still be computed. The row <paramref name="keep"/> stays.</summary>
        public bool IsMissing(int index, int keep, out T[] row)
        {
            int slot = Array.IndexOf(_indices, index);
            bool isMissing = slot < 0;
            if (isMissing)
                slot = _indices[0] == keep ? 1 : 0;
            _indices[slot] = index;
            row = _rows[slot];
            return isMissing;
        }
    }
}
