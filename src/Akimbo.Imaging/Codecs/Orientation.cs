using System.Runtime.InteropServices;

namespace Akimbo.Imaging.Codecs;

/// <summary>
/// Turns stored pixels upright by the EXIF orientation. The eight cases are three steps: 5…8 transpose, then the picture is
/// mirrored left–right (2, 6), turned by 180° (3, 7) or mirrored top–bottom (4, 8).
/// </summary>
internal static class Orientation
{
    public const int Normal = 1;

    /// <summary>Pixels of a side of the blocks that are transposed at a time, so that both sides stay in the first-level cache.</summary>
    private const int Block = 32;

    public static bool SwapsSides(int orientation) => orientation >= 5;

    /// <summary>The upright picture; the given one is changed or replaced.</summary>
    public static Image Apply(Image image, int orientation)
    {
        if (SwapsSides(orientation))
            image = Transpose(image);
        if (orientation is 2 or 6 or 3 or 7)
            MirrorLeftRight(image);
        if (orientation is 4 or 8 or 3 or 7)
            MirrorTopBottom(image);
        return image;
    }

    private static void MirrorLeftRight(Image image)
    {
        for (int y = 0; y < image.Height; y++)
            MemoryMarshal.Cast<byte, Rgb>(image.Row(y)).Reverse();
    }

    private static void MirrorTopBottom(Image image)
    {
        byte[] buffer = new byte[image.Width * Image.Channels];
        for (int y = 0; y < image.Height / 2; y++)
        {
            Span<byte> upper = image.Row(y), lower = image.Row(image.Height - 1 - y);
            upper.CopyTo(buffer);
            lower.CopyTo(upper);
            buffer.CopyTo(lower);
        }
    }

    private static Image Transpose(Image image)
    {
        Image result = Image.Uninitialized(image.Height, image.Width);
        ReadOnlySpan<byte> source = image.Pixels.Span;
        Span<byte> target = result.Pixels.Span;
        for (int y0 = 0; y0 < image.Height; y0 += Block)
        {
            int rows = Math.Min(Block, image.Height - y0);
            for (int x0 = 0; x0 < image.Width; x0 += Block)
            {
                int x1 = Math.Min(x0 + Block, image.Width);
                for (int x = x0; x < x1; x++)
                {
                    Span<Rgb> column = MemoryMarshal.Cast<byte, Rgb>(target.Slice(x * result.Stride + y0 * Image.Channels, rows * Image.Channels));
                    ReadOnlySpan<byte> rest = source[(y0 * image.Stride + x * Image.Channels)..];
                    for (int y = 0; y < column.Length; y++)
                        column[y] = MemoryMarshal.Read<Rgb>(rest[(y * image.Stride)..]);
                }
            }
        }
        return result;
    }
}
