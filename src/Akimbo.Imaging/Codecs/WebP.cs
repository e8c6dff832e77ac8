using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Akimbo.Imaging.Native;

namespace Akimbo.Imaging.Codecs;

/// <summary>WebP through libwebp's simple API; alpha is dropped, animations are refused.</summary>
internal static class WebP
{
    private const int MaxSide = 16383;
    private const int LosslessQuality = 100;
    private const int RiffHeaderBytes = 12;
    private const int ChunkHeaderBytes = 8;

    public static (int Width, int Height, int Orientation) ReadSize(ReadOnlySpan<byte> encoded, string name)
    {
        LibWebP.Features features = ReadFeatures(encoded, name);
        return (features.Width, features.Height, ReadOrientation(encoded));
    }

    public static Image Decode(ReadOnlySpan<byte> encoded, string name, ImageDecodeOptions options)
    {
        LibWebP.Features features = ReadFeatures(encoded, name);
        if (features.HasAnimation != 0)
            throw new ImageFormatException($"{name}: the WebP file is an animation; a still picture is expected.");
        ImageCodec.CheckSize(features.Width, features.Height, name, options);
        Image image = Image.Uninitialized(features.Width, features.Height);
        Span<byte> pixels = image.Pixels.Span;
        if (LibWebP.DecodeRgbInto(encoded, (nuint)encoded.Length, pixels, (nuint)pixels.Length, image.Stride) == 0)
            throw new ImageFormatException($"{name}: the WebP picture is truncated or broken.");
        return Orientation.Apply(image, ReadOrientation(encoded));
    }

    public static byte[] Encode(Image image, int quality)
    {
        if (image.Width > MaxSide || image.Height > MaxSide)
            throw new ArgumentException($"WebP holds at most {MaxSide}×{MaxSide} pixels; the image has {image.Width}×{image.Height}.", nameof(image));
        NativeLibraries.Require(LibWebP.Library);
        ReadOnlySpan<byte> pixels = image.Pixels.Span;
        nuint size = quality == LosslessQuality
            ? LibWebP.EncodeLosslessRgb(pixels, image.Width, image.Height, image.Stride, out nint output)
            : LibWebP.EncodeRgb(pixels, image.Width, image.Height, image.Stride, quality, out output);
        try
        {
            if (size == 0)
                throw new InvalidOperationException($"libwebp could not encode {image.Width}×{image.Height} pixels.");
            byte[] encoded = new byte[checked((int)size)];
            Marshal.Copy(output, encoded, 0, encoded.Length);
            return encoded;
        }
        finally
        {
            LibWebP.Free(output);
        }
    }

    private static LibWebP.Features ReadFeatures(ReadOnlySpan<byte> encoded, string name)
    {
        NativeLibraries.Require(LibWebP.Library);
        return LibWebP.GetFeatures(encoded, (nuint)encoded.Length, out LibWebP.Features features, LibWebP.DecoderAbiVersion) == 0
            ? features
            : throw new ImageFormatException($"{name}: the WebP headers are truncated or broken.");
    }

    private static int ReadOrientation(ReadOnlySpan<byte> encoded)
    {
        ReadOnlySpan<byte> rest = encoded[RiffHeaderBytes..];
        while (rest.Length >= ChunkHeaderBytes)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            ReadOnlySpan<byte> data = rest[ChunkHeaderBytes..];
            if (length > data.Length)
                break;
            if (rest.StartsWith("EXIF"u8))
                return Exif.ReadOrientation(data[..(int)length]);
            rest = data[(int)Math.Min(length + (length & 1), (uint)data.Length)..];
        }
        return Orientation.Normal;
    }
}
