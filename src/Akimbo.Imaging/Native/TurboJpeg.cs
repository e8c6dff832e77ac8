using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Akimbo.Imaging.Native;

/// <summary>The TurboJPEG API, version 2 (libjpeg-turbo's turbojpeg.h).</summary>
internal static partial class TurboJpeg
{
    public const string Library = "turbojpeg";

    public const int PixelFormatRgb = 0;
    public const int PixelFormatGray = 6;
    public const int PixelFormatCmyk = 11;

    public const int Subsampling444 = 0;
    public const int Subsampling420 = 2;
    public const int SubsamplingGray = 3;

    public const int FlagAccurateDct = 4096;
    public const int FlagProgressive = 16384;
    public const int FlagLimitScans = 32768;

    public const int ErrorIsWarning = 0;

    [LibraryImport(Library, EntryPoint = "tjInitDecompress")]
    public static partial nint InitDecompress();

    [LibraryImport(Library, EntryPoint = "tjInitCompress")]
    public static partial nint InitCompress();

    [LibraryImport(Library, EntryPoint = "tjDestroy")]
    public static partial int Destroy(nint handle);

    [LibraryImport(Library, EntryPoint = "tjDecompress2")]
    public static partial int Decompress(nint handle, ReadOnlySpan<byte> jpeg, CULong jpegSize, Span<byte> pixels, int width, int pitch, int height, int pixelFormat, int flags);

    [LibraryImport(Library, EntryPoint = "tjCompress2")]
    public static partial int Compress(nint handle, ReadOnlySpan<byte> pixels, int width, int pitch, int height, int pixelFormat, ref nint jpeg, ref CULong jpegSize, int subsampling, int quality, int flags);

    [LibraryImport(Library, EntryPoint = "tjFree")]
    public static partial void Free(nint buffer);

    [LibraryImport(Library, EntryPoint = "tjGetScalingFactors")]
    public static partial nint GetScalingFactors(out int count);

    [LibraryImport(Library, EntryPoint = "tjGetErrorCode")]
    public static partial int GetErrorCode(nint handle);

    [LibraryImport(Library, EntryPoint = "tjGetErrorStr2")]
    private static partial nint GetErrorString(nint handle);

    public static string GetErrorMessage(nint handle) => Marshal.PtrToStringUTF8(GetErrorString(handle)) ?? "unknown error";
}
