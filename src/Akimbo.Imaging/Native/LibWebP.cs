using System.Runtime.InteropServices;

namespace Akimbo.Imaging.Native;

/// <summary>The simple API of libwebp (webp/decode.h, webp/encode.h).</summary>
internal static partial class LibWebP
{
    public const string Library = "webp";

    /// <summary>WEBP_DECODER_ABI_VERSION of the major version this was written for; the library compares the high byte.</summary>
    public const int DecoderAbiVersion = 0x0209;

    [LibraryImport(Library, EntryPoint = "WebPGetFeaturesInternal")]
    public static partial int GetFeatures(ReadOnlySpan<byte> data, nuint size, out Features features, int abiVersion);

    [LibraryImport(Library, EntryPoint = "WebPDecodeRGBInto")]
    public static partial nint DecodeRgbInto(ReadOnlySpan<byte> data, nuint size, Span<byte> pixels, nuint pixelsSize, int stride);

    [LibraryImport(Library, EntryPoint = "WebPEncodeRGB")]
    public static partial nuint EncodeRgb(ReadOnlySpan<byte> rgb, int width, int height, int stride, float quality, out nint output);

    [LibraryImport(Library, EntryPoint = "WebPEncodeLosslessRGB")]
    public static partial nuint EncodeLosslessRgb(ReadOnlySpan<byte> rgb, int width, int height, int stride, out nint output);

    [LibraryImport(Library, EntryPoint = "WebPEncodeLosslessRGBA")]
    public static partial nuint EncodeLosslessRgba(ReadOnlySpan<byte> rgba, int width, int height, int stride, out nint output);

    [LibraryImport(Library, EntryPoint = "WebPFree")]
    public static partial void Free(nint buffer);

    /// <summary>The C struct WebPBitstreamFeatures.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Features
    {
        public int Width;
        public int Height;
        public int HasAlpha;
        public int HasAnimation;
        public int Format;
        private readonly int _pad0, _pad1, _pad2, _pad3, _pad4;
    }
}
