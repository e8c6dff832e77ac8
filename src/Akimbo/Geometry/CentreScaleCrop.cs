using System.Buffers;
using System.Runtime.InteropServices;
using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// The square crop of pytorch_stacked_hourglass (<c>utils/img.py</c>, <c>crop</c>): the corners of the region are cut to
/// whole pixels, and what lies between them is resized by bilinear interpolation, <c>cv2.resize</c>.
/// </summary>
/// <remarks>
/// <see cref="ImageToInput"/> is the reference's transform of keypoints, which knows nothing of that cut: it and the
/// pixels differ by up to one image pixel, and by half a pixel of either grid. The published networks learnt that.
/// </remarks>
public sealed class CentreScaleCrop : PersonCrop
{
    // Far more than any picture; beyond it a crop is black, and sums of positions stay exact.
    private const double Far = 1L << 40;

    private readonly long _left, _top, _right, _bottom;

    /// <summary>Describes a crop.</summary>
    /// <param name="centre">The middle of the region.</param>
    /// <param name="scale">The region's side in units of 200 image pixels; positive.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale or the side is not positive.</exception>
    /// <exception cref="ArgumentException">The region is smaller than a pixel, or not finite.</exception>
    public CentreScaleCrop(ImagePoint centre, double scale, int side) : base(side, side)
    {
        ImageToInput = CentreScaleTransform.ImageToInput(centre, scale, side, side);
        Transform<InputPoint, ImagePoint> inputToImage = CentreScaleTransform.InputToImage(centre, scale, side, side);
        (_left, _top) = Whole(inputToImage.Apply(new InputPoint(0, 0)));
        (_right, _bottom) = Whole(inputToImage.Apply(new InputPoint(side, side)));
        if (_right <= _left || _bottom <= _top)
            throw new ArgumentException($"A crop of scale {scale} around {centre} holds no pixel.", nameof(scale));
    }

    /// <inheritdoc/>
    public override Transform<ImagePoint, InputPoint> ImageToInput { get; }

    private protected override void ExtractTo(Image picture, Image input)
    {
        float[] values = ArrayPool<float>.Shared.Rent(Width * Height * Image.Channels);
        Span<float> target = values.AsSpan(0, Width * Height * Image.Channels);
        ExtractInterleaved(picture, target);
        Span<byte> pixels = input.Pixels.Span;
        for (int i = 0; i < target.Length; i++) pixels[i] = (byte)MathF.Round(target[i]);
        ArrayPool<float>.Shared.Return(values);
    }

    /// <inheritdoc/>
    public override void Extract(Image picture, Span<float> planes) => new TurnedCrop(this, AffineTransform.Identity).Extract(picture, planes);

    /// <summary>The input without rounding to whole grey levels.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <param name="target">[height, width, 3], 0 to 255; every value is written.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public void ExtractInterleaved(Image picture, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(picture);
        int rowLength = Width * Image.Channels;
        if (target.Length != Height * rowLength)
        {
            throw new ArgumentException(
                $"The input [{Height}, {Width}, 3] has {Height * rowLength} values; {target.Length} came.", nameof(target));
        }

        Tap[] columns = Taps(_left, _right, Width, picture.Width), rows = Taps(_top, _bottom, Height, picture.Height);
        for (int y = 0; y < Height; y++)
            ExtractRow(picture, columns, rows[y], target.Slice(y * rowLength, rowLength));
    }

    private static void ExtractRow(Image picture, Tap[] columns, Tap row, Span<float> target)
    {
        target.Clear();
        Span<Pixel> pixels = MemoryMarshal.Cast<float, Pixel>(target);
        Add(row.First, 1 - row.Fraction, pixels);
        Add(row.Second, row.Fraction, pixels);

        void Add(int y, float weight, Span<Pixel> pixels)
        {
            if (y < 0) return;
            ReadOnlySpan<byte> source = picture.Row(y);
            for (int x = 0; x < columns.Length; x++)
            {
                Tap column = columns[x];
                AddPixel(source, column.First, weight * (1 - column.Fraction), ref pixels[x]);
                AddPixel(source, column.Second, weight * column.Fraction, ref pixels[x]);
            }
        }
    }

    private static void AddPixel(ReadOnlySpan<byte> row, int x, float weight, ref Pixel sum)
    {
        if (x < 0) return;
        sum.Red += weight * row[x * Image.Channels];
        sum.Green += weight * row[x * Image.Channels + 1];
        sum.Blue += weight * row[x * Image.Channels + 2];
    }

    /// <summary>For each target pixel the two source pixels between which it lies; positions in float32, as OpenCV has them.</summary>
    private static Tap[] Taps(long start, long end, int target, int sourceSize)
    {
        long length = end - start;
        double scale = 1 / ((double)target / length);
        var taps = new Tap[target];
        for (int i = 0; i < target; i++)
        {
            float position = (float)((i + 0.5) * scale - 0.5);
            long first = (long)MathF.Floor(position);
            float fraction = position - first;
            if (first < 0) (first, fraction) = (0, 0);
            if (first >= length - 1) (first, fraction) = (length - 1, 0);
            taps[i] = new Tap(Inside(start + first), Inside(Math.Min(start + first + 1, end - 1)), fraction);
        }

        return taps;

        int Inside(long position) => (ulong)position < (ulong)sourceSize ? (int)position : -1;
    }

    private static (long X, long Y) Whole(ImagePoint point) =>
        ((long)Math.Clamp(point.X, -Far, Far), (long)Math.Clamp(point.Y, -Far, Far));

    /// <summary>Two neighbours, −1 where the picture ends, and how far the position is from the first.</summary>
    private readonly record struct Tap(int First, int Second, float Fraction);

    private struct Pixel
    {
        public float Red, Green, Blue;
    }
}
