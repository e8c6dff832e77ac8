using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Akimbo.Imaging.Native;

/// <summary>libpng's simplified API (png.h, section 5).</summary>
internal static partial class LibPng
{
    public const string Library = "png16";

    public const uint ImageVersion = 1;
    public const uint FormatAlpha = 1;
    public const uint FormatRgb = 2;
    public const uint FormatRgba = 3;

    /// <summary>16-bit samples are sRGB like 8-bit ones; without it libpng takes them for linear light.</summary>
    public const uint Flag16BitSrgb = 4;

    [LibraryImport(Library, EntryPoint = "png_image_begin_read_from_memory")]
    public static unsafe partial int BeginRead(ref PngImage image, byte* memory, nuint size);

    [LibraryImport(Library, EntryPoint = "png_image_finish_read")]
    public static partial int FinishRead(ref PngImage image, nint background, Span<byte> buffer, int rowStride, nint colormap);

    [LibraryImport(Library, EntryPoint = "png_image_write_to_memory")]
    public static partial int Write(ref PngImage image, Span<byte> memory, ref nuint memoryBytes, int convertTo8Bit, ReadOnlySpan<byte> buffer, int rowStride, nint colormap);

    [LibraryImport(Library, EntryPoint = "png_image_free")]
    public static partial void Free(ref PngImage image);

    /// <summary>The C struct png_image.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PngImage
    {
        public nint Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint ColormapEntries;
        public uint WarningOrError;
        private Text _message;

        public readonly string Message
        {
            get
            {
                ReadOnlySpan<byte> text = _message;
                int end = text.IndexOf((byte)0);
                return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
            }
        }

        [InlineArray(64)]
        private struct Text
        {
            private byte _first;
        }
    }
}
