using System.Runtime.InteropServices;
using Akimbo.Imaging.Native;

namespace Akimbo.Imaging.Codecs;

/// <summary>JPEG through TurboJPEG, with the accurate DCT and smooth chroma upsampling: the pixels that <c>cv2.imread</c> gives.</summary>
internal static class Jpeg
{
    private const int MaxSide = 65500;

    /// <summary>
    /// A Huffman-coded block of 8×8 pixels takes at least a bit, so that a byte holds at most 512 pixels;
    /// the rest is room for odd sampling factors. Files below this cannot be whole, and are refused before allocation.
    /// </summary>
    private const long MaxPixelsPerByte = 4096;

    public static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    public static (int Width, int Height, int Orientation) ReadSize(ReadOnlySpan<byte> encoded, string name)
    {
        JpegHeader header = JpegHeader.Read(encoded, name);
        return (header.Width, header.Height, header.Orientation);
    }

    public static Image Decode(ReadOnlySpan<byte> encoded, string name, ImageDecodeOptions options)
    {
        JpegHeader header = JpegHeader.Read(encoded, name);
        ImageCodec.CheckSize(header.Width, header.Height, name, options);
        bool isTooShort = header.IsHuffmanCoded && (long)header.Width * header.Height > encoded.Length * MaxPixelsPerByte;
        if (isTooShort || encoded[header.ScanStart..].IndexOf(EndOfImage) < 0)
            throw new ImageFormatException($"{name}: the JPEG is truncated: {encoded.Length} bytes came for {header.Width}×{header.Height} pixels, without an end marker.");
        NativeLibraries.Require(TurboJpeg.Library);
        (int width, int height) = ChooseSize(header, options.MinShortSide);
        Image image = header.Components == 4
            ? DecodeCmyk(encoded, name, width, height, header.HasAdobeMarker)
            : DecodeRgb(encoded, name, width, height);
        return Orientation.Apply(image, header.Orientation);
    }

    public static byte[] Encode(Image image, int quality)
    {
        if (image.Width > MaxSide || image.Height > MaxSide)
            throw new ArgumentException($"JPEG holds at most {MaxSide}×{MaxSide} pixels; the image has {image.Width}×{image.Height}.", nameof(image));
        int subsampling = quality >= 90 ? TurboJpeg.Subsampling444 : TurboJpeg.Subsampling420;
        return Encode(image.Pixels.Span, image.Width, image.Height, image.Stride, TurboJpeg.PixelFormatRgb, subsampling, quality, TurboJpeg.FlagAccurateDct);
    }

    internal static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, int stride, int pixelFormat, int subsampling, int quality, int flags)
    {
        NativeLibraries.Require(TurboJpeg.Library);
        nint handle = TurboJpeg.InitCompress();
        nint jpeg = 0;
        try
        {
            CULong size = default;
            if (TurboJpeg.Compress(handle, pixels, width, stride, height, pixelFormat, ref jpeg, ref size, subsampling, quality, flags) != 0)
                throw new InvalidOperationException($"TurboJPEG could not encode {width}×{height} pixels: {TurboJpeg.GetErrorMessage(handle)}.");
            byte[] encoded = new byte[checked((int)size.Value)];
            Marshal.Copy(jpeg, encoded, 0, encoded.Length);
            return encoded;
        }
        finally
        {
            TurboJpeg.Free(jpeg);
            _ = TurboJpeg.Destroy(handle);
        }
    }

    private static unsafe (int Width, int Height) ChooseSize(in JpegHeader header, int? minShortSide)
    {
        (int Width, int Height) best = (header.Width, header.Height);
        if (minShortSide is not int least)
            return best;
        var factors = new ReadOnlySpan<ScalingFactor>((void*)TurboJpeg.GetScalingFactors(out int count), count);
        foreach (ScalingFactor factor in factors)
        {
            (int Width, int Height) size = (factor.Scale(header.Width), factor.Scale(header.Height));
            if (Math.Min(size.Width, size.Height) >= least && size.Width <= best.Width && size.Height <= best.Height)
                best = size;
        }
        return best;
    }

    private static Image DecodeRgb(ReadOnlySpan<byte> encoded, string name, int width, int height)
    {
        Image image = Image.Uninitialized(width, height);
        Decompress(encoded, name, image.Pixels.Span, width, height, image.Stride, TurboJpeg.PixelFormatRgb);
        return image;
    }

    /// <summary>CMYK to RGB as in OpenCV's imgcodecs (utils.cpp, icvCvt_CMYK2BGR): c' = k − ((255 − c) · k >> 8), on inverted values.</summary>
    private static Image DecodeCmyk(ReadOnlySpan<byte> encoded, string name, int width, int height, bool isInverted)
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(width * height * 4);
        Decompress(encoded, name, pixels, width, height, width * 4, TurboJpeg.PixelFormatCmyk);
        int invert = isInverted ? 0 : 255;
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += Image.Channels)
        {
            int cyan = pixels[from] ^ invert, magenta = pixels[from + 1] ^ invert, yellow = pixels[from + 2] ^ invert, black = pixels[from + 3] ^ invert;
            pixels[to] = (byte)(black - ((255 - cyan) * black >> 8));
            pixels[to + 1] = (byte)(black - ((255 - magenta) * black >> 8));
            pixels[to + 2] = (byte)(black - ((255 - yellow) * black >> 8));
        }
        return new Image(width, height, pixels.AsMemory(0, width * height * Image.Channels));
    }

    private static void Decompress(ReadOnlySpan<byte> encoded, string name, Span<byte> pixels, int width, int height, int stride, int pixelFormat)
    {
        nint handle = TurboJpeg.InitDecompress();
        try
        {
            int flags = TurboJpeg.FlagAccurateDct | TurboJpeg.FlagLimitScans;
            if (TurboJpeg.Decompress(handle, encoded, new CULong((nuint)encoded.Length), pixels, width, stride, height, pixelFormat, flags) == 0)
                return;
            string message = TurboJpeg.GetErrorMessage(handle);
            bool isHarmless = TurboJpeg.GetErrorCode(handle) == TurboJpeg.ErrorIsWarning
                && (!(message.StartsWith("Corrupt", StringComparison.Ordinal) || message.StartsWith("Premature", StringComparison.Ordinal))
                    || message.Contains("extraneous bytes", StringComparison.Ordinal));
            if (!isHarmless)
                throw new ImageFormatException($"{name}: the JPEG cannot be decoded: {message}.");
        }
        finally
        {
            _ = TurboJpeg.Destroy(handle);
        }
    }

    /// <summary>tjscalingfactor; sizes round up as its TJSCALED does.</summary>
    private readonly record struct ScalingFactor(int Numerator, int Denominator)
    {
        public int Scale(int side) => (int)(((long)side * Numerator + Denominator - 1) / Denominator);
    }
}
