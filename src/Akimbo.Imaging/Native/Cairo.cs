using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Akimbo.Imaging.Native;

/// <summary>The few functions of Cairo 1.16 that <see cref="Canvas"/> draws with.</summary>
internal static partial class Cairo
{
    public const string Library = "cairo";

    public const int ContentColorAlpha = 0x3000;
    public const int FormatArgb32 = 0;
    public const int LineCapRound = 1;
    public const int StatusSuccess = 0;

    [LibraryImport(Library, EntryPoint = "cairo_recording_surface_create")]
    public static partial Surface CreateRecording(int content, in Rectangle extents);

    [LibraryImport(Library, EntryPoint = "cairo_recording_surface_ink_extents")]
    public static partial void GetInkExtents(Surface surface, out double x, out double y, out double width, out double height);

    [LibraryImport(Library, EntryPoint = "cairo_image_surface_create_for_data")]
    public static unsafe partial Surface CreateImage(uint* data, int format, int width, int height, int stride);

    [LibraryImport(Library, EntryPoint = "cairo_surface_flush")]
    public static partial void Flush(Surface surface);

    [LibraryImport(Library, EntryPoint = "cairo_surface_destroy")]
    private static partial void DestroySurface(nint surface);

    [LibraryImport(Library, EntryPoint = "cairo_create")]
    public static partial Context Create(Surface target);

    [LibraryImport(Library, EntryPoint = "cairo_destroy")]
    private static partial void DestroyContext(nint context);

    [LibraryImport(Library, EntryPoint = "cairo_status")]
    public static partial int GetStatus(Context context);

    [LibraryImport(Library, EntryPoint = "cairo_status_to_string")]
    private static partial nint GetStatusString(int status);

    [LibraryImport(Library, EntryPoint = "cairo_set_source_rgba")]
    public static partial void SetSource(Context context, double red, double green, double blue, double alpha);

    [LibraryImport(Library, EntryPoint = "cairo_set_source_surface")]
    public static partial void SetSource(Context context, Surface surface, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_paint")]
    public static partial void Paint(Context context);

    [LibraryImport(Library, EntryPoint = "cairo_set_line_cap")]
    public static partial void SetLineCap(Context context, int lineCap);

    [LibraryImport(Library, EntryPoint = "cairo_set_line_width")]
    public static partial void SetLineWidth(Context context, double width);

    [LibraryImport(Library, EntryPoint = "cairo_new_path")]
    public static partial void NewPath(Context context);

    [LibraryImport(Library, EntryPoint = "cairo_move_to")]
    public static partial void MoveTo(Context context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_line_to")]
    public static partial void LineTo(Context context, double x, double y);

    [LibraryImport(Library, EntryPoint = "cairo_arc")]
    public static partial void Arc(Context context, double x, double y, double radius, double fromAngle, double toAngle);

    [LibraryImport(Library, EntryPoint = "cairo_rectangle")]
    public static partial void AddRectangle(Context context, double x, double y, double width, double height);

    [LibraryImport(Library, EntryPoint = "cairo_stroke")]
    public static partial void Stroke(Context context);

    [LibraryImport(Library, EntryPoint = "cairo_fill")]
    public static partial void Fill(Context context);

    [LibraryImport(Library, EntryPoint = "cairo_select_font_face", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void SelectFontFace(Context context, string family, int slant, int weight);

    [LibraryImport(Library, EntryPoint = "cairo_set_font_size")]
    public static partial void SetFontSize(Context context, double size);

    [LibraryImport(Library, EntryPoint = "cairo_font_extents")]
    public static partial void GetFontExtents(Context context, out FontExtents extents);

    [LibraryImport(Library, EntryPoint = "cairo_text_extents", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GetTextExtents(Context context, string text, out TextExtents extents);

    [LibraryImport(Library, EntryPoint = "cairo_show_text", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void ShowText(Context context, string text);

    /// <summary>Cairo keeps the first error of a context; throws it.</summary>
    public static void ThrowOnError(Context context)
    {
        int status = GetStatus(context);
        if (status != StatusSuccess)
            throw new InvalidOperationException($"Cairo: {Marshal.PtrToStringUTF8(GetStatusString(status))}.");
    }

    /// <summary>cairo_rectangle_t.</summary>
    public readonly record struct Rectangle(double X, double Y, double Width, double Height);

    /// <summary>cairo_font_extents_t.</summary>
    public readonly record struct FontExtents(double Ascent, double Descent, double Height, double MaxXAdvance, double MaxYAdvance);

    /// <summary>cairo_text_extents_t.</summary>
    public readonly record struct TextExtents(double XBearing, double YBearing, double Width, double Height, double XAdvance, double YAdvance);

    /// <summary>cairo_surface_t.</summary>
    public sealed class Surface() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        /// <inheritdoc/>
        protected override bool ReleaseHandle()
        {
            DestroySurface(handle);
            return true;
        }
    }

    /// <summary>cairo_t.</summary>
    public sealed class Context() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        /// <inheritdoc/>
        protected override bool ReleaseHandle()
        {
            DestroyContext(handle);
            return true;
        }
    }
}
