using Akimbo.Imaging.Native;

namespace Akimbo.Imaging.Codecs;

/// <summary>
/// PNG through libpng's simplified API. Grey and palettes become RGB, alpha is dropped (the colour under it stays, as with
/// <c>cv2.IMREAD_COLOR</c>), and 16-bit samples are rounded to 8 bits (OpenCV cuts off the low byte: at most one level apart).
/// </summary>
internal static class Png
{
    public static (int Width, int Height, int Orientation) ReadSize(ReadOnlySpan<byte> encoded, string name)
    {
        PngChunks chunks = PngChunks.Read(encoded, name);
        return chunks.Width <= int.MaxValue && chunks.Height <= int.MaxValue
            ? ((int)chunks.Width, (int)chunks.Height, chunks.Orientation)
            : throw new ImageFormatException($"{name}: the PNG declares {chunks.Width}×{chunks.Height} pixels, at most {int.MaxValue} a side are expected.");
    }

    public static Image Decode(ReadOnlySpan<byte> encoded, string name, ImageDecodeOptions options)
    {
        PngChunks chunks = PngChunks.Read(encoded, name);
        ImageCodec.CheckSize(chunks.Width, chunks.Height, name, options);
        chunks.CheckLength(name);
        return Orientation.Apply(Decode(chunks.Extract(encoded), name), chunks.Orientation);
    }

    public static byte[] Encode(Image image)
    {
        NativeLibraries.Require(LibPng.Library);
        LibPng.PngImage png = new()
        {
            Version = LibPng.ImageVersion,
            Width = (uint)image.Width,
            Height = (uint)image.Height,
            Format = LibPng.FormatRgb,
        };
        // PNG_IMAGE_PNG_SIZE_MAX of png.h: stored blocks, chunk framing, header.
        long raw = (image.Width * (long)Image.Channels + 1) * image.Height;
        nuint size = (nuint)Math.Min(raw + ((raw + 7) >> 3) + ((raw + 63) >> 6) + 1024, Array.MaxLength);
        byte[] buffer = GC.AllocateUninitializedArray<byte>((int)size);
        if (LibPng.Write(ref png, buffer, ref size, 0, image.Pixels.Span, image.Stride, 0) == 0)
            throw new InvalidOperationException($"libpng could not encode {image.Width}×{image.Height} pixels: {png.Message}.");
        return buffer.AsSpan(0, (int)size).ToArray();
    }

    private static unsafe Image Decode(byte[] file, string name)
    {
        NativeLibraries.Require(LibPng.Library);
        LibPng.PngImage png = new() { Version = LibPng.ImageVersion };
        fixed (byte* memory = file)
        {
            try
            {
                if (LibPng.BeginRead(ref png, memory, (nuint)file.Length) == 0)
                    throw Broken(name, png);
                png.Flags |= LibPng.Flag16BitSrgb;
                return (png.Format & LibPng.FormatAlpha) == 0 ? ReadRgb(ref png, name) : ReadRgba(ref png, name);
            }
            finally
            {
                LibPng.Free(ref png);
            }
        }
    }

    private static Image ReadRgb(ref LibPng.PngImage png, string name)
    {
        png.Format = LibPng.FormatRgb;
        Image image = Image.Uninitialized((int)png.Width, (int)png.Height);
        return LibPng.FinishRead(ref png, 0, image.Pixels.Span, image.Stride, 0) != 0 ? image : throw Broken(name, png);
    }

    private static Image ReadRgba(ref LibPng.PngImage png, string name)
    {
        png.Format = LibPng.FormatRgba;
        (int width, int height) = ((int)png.Width, (int)png.Height);
        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
        if (LibPng.FinishRead(ref png, 0, pixels, width * 4, 0) == 0)
            throw Broken(name, png);
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += Image.Channels)
        {
            pixels[to] = pixels[from];
            pixels[to + 1] = pixels[from + 1];
            pixels[to + 2] = pixels[from + 2];
        }
        return new Image(width, height, pixels.AsMemory(0, width * height * Image.Channels));
    }

    private static ImageFormatException Broken(string name, in LibPng.PngImage png) => new($"{name}: the PNG cannot be decoded: {png.Message}.");
}
