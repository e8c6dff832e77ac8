using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Akimbo.Imaging;

/// <summary>
/// Warps pictures by an affine map, with bilinear interpolation and zeros outside: <c>cv2.warpAffine(INTER_LINEAR)</c> of OpenCV 4,
/// where source positions are rounded to 1/32 pixel (imgwarp.cpp, WarpAffineInvoker) and weights are products of 32nds.
/// </summary>
public static class AffineWarp
{
    private const int FractionBits = 5;
    private const int Fractions = 1 << FractionBits;

    /// <summary>Bits after the point of the sums that make a source position, before they are cut to <see cref="FractionBits"/>.</summary>
    private const int PositionBits = 10;

    private const int WeightBits = 2 * FractionBits;

    /// <summary>Fills a picture with another one, warped; equal to OpenCV in every byte (for sources up to 32767 pixels a side, its own limit).</summary>
    /// <param name="source">What is warped; it must not share memory with the target.</param>
    /// <param name="target">Every pixel is written; pixels from outside the source are black.</param>
    /// <param name="sourceToTarget">Takes source pixels to target pixels, as OpenCV's matrix does without WARP_INVERSE_MAP.</param>
    /// <exception cref="InvalidOperationException">The map has no inverse.</exception>
    public static void WarpAffine(Image source, Image target, in AffineTransform sourceToTarget)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var positions = new SourcePositions(sourceToTarget, target.Width);
        ReadOnlySpan<byte> pixels = source.Pixels.Span;
        int stride = source.Stride, lastColumn = source.Width - 1, lastRow = source.Height - 1;
        for (int y = 0; y < target.Height; y++)
        {
            Span<Rgb> row = MemoryMarshal.Cast<byte, Rgb>(target.Row(y));
            positions.StartRow(y);
            for (int x = 0; x < row.Length; x++)
            {
                (long sourceX, long sourceY) = positions.At(x);
                long left = sourceX >> FractionBits, top = sourceY >> FractionBits;
                int right = (int)sourceX & (Fractions - 1), bottom = (int)sourceY & (Fractions - 1);
                if ((ulong)left < (ulong)lastColumn && (ulong)top < (ulong)lastRow)
                {
                    ref byte corner = ref Unsafe.Add(ref MemoryMarshal.GetReference(pixels), (nint)(top * stride + left * Image.Channels));
                    row[x] = Interpolate(
                        Unsafe.As<byte, Rgb>(ref corner),
                        Unsafe.As<byte, Rgb>(ref Unsafe.Add(ref corner, Image.Channels)),
                        Unsafe.As<byte, Rgb>(ref Unsafe.Add(ref corner, stride)),
                        Unsafe.As<byte, Rgb>(ref Unsafe.Add(ref corner, stride + Image.Channels)),
                        right,
                        bottom);
                }
                else if (left < -1 || top < -1 || left > lastColumn || top > lastRow)
                {
                    row[x] = default;
                }
                else
                {
                    row[x] = Interpolate(
                        PixelOrBlack(source, left, top),
                        PixelOrBlack(source, left + 1, top),
                        PixelOrBlack(source, left, top + 1),
                        PixelOrBlack(source, left + 1, top + 1),
                        right,
                        bottom);
                }
            }
        }
    }

    /// <summary>Fills an array with another one, warped; as OpenCV does with floating-point pictures, but for the order of the last sums.</summary>
    /// <param name="source">[sourceHeight, sourceWidth, channels]; it must not share memory with the target.</param>
    /// <param name="sourceWidth">Pixels in a source row, at least 1.</param>
    /// <param name="sourceHeight">Source rows, at least 1.</param>
    /// <param name="target">[targetHeight, targetWidth, channels]; every value is written, zero where the source ends.</param>
    /// <param name="targetWidth">Pixels in a target row, at least 1.</param>
    /// <param name="targetHeight">Target rows, at least 1.</param>
    /// <param name="channels">Values of a pixel, at least 1.</param>
    /// <param name="sourceToTarget">Takes source pixels to target pixels.</param>
    /// <exception cref="ArgumentException">A length is not the product of its sides.</exception>
    /// <exception cref="InvalidOperationException">The map has no inverse.</exception>
    public static void WarpAffine(
        ReadOnlySpan<float> source, int sourceWidth, int sourceHeight,
        Span<float> target, int targetWidth, int targetHeight,
        int channels, in AffineTransform sourceToTarget)
    {
        Plane.Check(source.Length, sourceWidth, sourceHeight, channels, nameof(source));
        Plane.Check(target.Length, targetWidth, targetHeight, channels, nameof(target));
        var positions = new SourcePositions(sourceToTarget, targetWidth);
        for (int y = 0, to = 0; y < targetHeight; y++)
        {
            positions.StartRow(y);
            for (int x = 0; x < targetWidth; x++, to += channels)
            {
                (long sourceX, long sourceY) = positions.At(x);
                long left = sourceX >> FractionBits, top = sourceY >> FractionBits;
                float right = (sourceX & (Fractions - 1)) / (float)Fractions, bottom = (sourceY & (Fractions - 1)) / (float)Fractions;
                Span<float> pixel = target.Slice(to, channels);
                pixel.Clear();
                Accumulate(source, sourceWidth, sourceHeight, left, top, (1 - right) * (1 - bottom), pixel);
                Accumulate(source, sourceWidth, sourceHeight, left + 1, top, right * (1 - bottom), pixel);
                Accumulate(source, sourceWidth, sourceHeight, left, top + 1, (1 - right) * bottom, pixel);
                Accumulate(source, sourceWidth, sourceHeight, left + 1, top + 1, right * bottom, pixel);
            }
        }
    }

    private static void Accumulate(ReadOnlySpan<float> source, int width, int height, long x, long y, float weight, Span<float> pixel)
    {
        if ((ulong)x >= (ulong)width || (ulong)y >= (ulong)height)
            return;
        ReadOnlySpan<float> values = source.Slice((int)(y * width + x) * pixel.Length, pixel.Length);
        for (int i = 0; i < pixel.Length; i++)
            pixel[i] += weight * values[i];
    }

    private static Rgb PixelOrBlack(Image image, long x, long y) =>
        (ulong)x < (ulong)image.Width && (ulong)y < (ulong)image.Height
            ? MemoryMarshal.Read<Rgb>(image.Pixels.Span[(int)(y * image.Stride + x * Image.Channels)..])
            : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Rgb Interpolate(Rgb topLeft, Rgb topRight, Rgb bottomLeft, Rgb bottomRight, int right, int bottom)
    {
        int w00 = (Fractions - right) * (Fractions - bottom), w01 = right * (Fractions - bottom);
        int w10 = (Fractions - right) * bottom, w11 = right * bottom;
        const int half = 1 << (WeightBits - 1);
        return new Rgb(
            (byte)((topLeft.Red * w00 + topRight.Red * w01 + bottomLeft.Red * w10 + bottomRight.Red * w11 + half) >> WeightBits),
            (byte)((topLeft.Green * w00 + topRight.Green * w01 + bottomLeft.Green * w10 + bottomRight.Green * w11 + half) >> WeightBits),
            (byte)((topLeft.Blue * w00 + topRight.Blue * w01 + bottomLeft.Blue * w10 + bottomRight.Blue * w11 + half) >> WeightBits));
    }

    /// <summary>Source positions of target pixels, in 32nds of a pixel.</summary>
    private struct SourcePositions
    {
        private readonly AffineTransform _targetToSource;
        private readonly long[] _deltaX, _deltaY;
        private long _rowX, _rowY;

        public SourcePositions(in AffineTransform sourceToTarget, int width)
        {
            _targetToSource = sourceToTarget.Invert();
            _deltaX = new long[width];
            _deltaY = new long[width];
            for (int x = 0; x < width; x++)
            {
                _deltaX[x] = Round(_targetToSource.M11 * x * (1 << PositionBits));
                _deltaY[x] = Round(_targetToSource.M21 * x * (1 << PositionBits));
            }
        }

        public void StartRow(int y)
        {
            const int half = 1 << (PositionBits - FractionBits - 1);
            _rowX = Round((_targetToSource.M12 * y + _targetToSource.M13) * (1 << PositionBits)) + half;
            _rowY = Round((_targetToSource.M22 * y + _targetToSource.M23) * (1 << PositionBits)) + half;
        }

        public readonly (long X, long Y) At(int x) =>
            ((_rowX + _deltaX[x]) >> (PositionBits - FractionBits), (_rowY + _deltaY[x]) >> (PositionBits - FractionBits));

        /// <summary>Half to even, as OpenCV's saturate_cast&lt;int&gt;, but with room for sources far away; the sum of two never overflows.</summary>
        private static long Round(double value) => (long)Math.Clamp(Math.Round(value), -1L << 61, 1L << 61);
    }
}
