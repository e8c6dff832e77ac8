using Akimbo.Imaging.Codecs;

namespace Akimbo.Imaging;

/// <summary>
/// A picture: 8-bit RGB, interleaved, rows of <see cref="Stride"/> bytes from the top. The centre of the top-left pixel is (0, 0).
/// It owns its memory, or wraps the caller's.
/// </summary>
public sealed class Image
{
    /// <summary>Bytes of a pixel.</summary>
    public const int Channels = 3;

    /// <summary>A black picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the picture takes more than 2 GiB.</exception>
    public Image(int width, int height)
        : this(width, height, new byte[ByteCount(width, height)])
    {
    }

    /// <summary>A picture over the caller's memory, which is not copied.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">RGB bytes; at least (height − 1) · stride + 3 · width of them.</param>
    /// <param name="stride">Bytes from one row to the next; 0 means 3 · width.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the stride is shorter than a row.</exception>
    /// <exception cref="ArgumentException">There are too few bytes.</exception>
    public Image(int width, int height, Memory<byte> pixels, int stride = 0)
    {
        int rowBytes = ByteCount(width, height) / height;
        if (stride == 0)
            stride = rowBytes;
        if (stride < rowBytes)
            throw new ArgumentOutOfRangeException(nameof(stride), $"Image {width}×{height}: the stride is {stride} bytes, a row needs {rowBytes}.");
        long needed = (height - 1L) * stride + rowBytes;
        if (pixels.Length < needed)
            throw new ArgumentException($"Image {width}×{height} with stride {stride}: {pixels.Length} bytes came, {needed} are needed.", nameof(pixels));
        Width = width;
        Height = height;
        Stride = stride;
        Pixels = pixels;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes from one row to the next, at least 3 · <see cref="Width"/>.</summary>
    public int Stride { get; }

    /// <summary>The bytes: pixel (x, y) is R, G, B at y · <see cref="Stride"/> + 3 · x.</summary>
    public Memory<byte> Pixels { get; }

    /// <summary>The 3 · <see cref="Width"/> bytes of a row.</summary>
    /// <param name="y">The row, 0…<see cref="Height"/> − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Span<byte> Row(int y)
    {
        if ((uint)y >= (uint)Height)
            throw new ArgumentOutOfRangeException(nameof(y), $"Image {Width}×{Height}: there is no row {y}.");
        return Pixels.Span.Slice(y * Stride, Width * Channels);
    }

    /// <summary>Reads the bytes of an image file for <see cref="Identify"/> and <see cref="Decode"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ImageFormatException">The file begins like no known image, or is too large.</exception>
    public static byte[] ReadEncoded(string path) => ImageCodec.ReadFile(path);

    /// <summary>Reads a JPEG, PNG or WebP file, told apart by content. Alpha is dropped and the EXIF orientation applied, as <c>cv2.imread</c> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits and scale; null for the defaults.</param>
    /// <exception cref="ImageFormatException">The content is not a picture that can be decoded within the limits.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Image Load(string path, ImageDecodeOptions? options = null) => ImageCodec.Load(path, options ?? ImageDecodeOptions.Default);

    /// <summary>Decodes the bytes of a JPEG, PNG or WebP file; see <see cref="Load"/>.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="options">Limits and scale; null for the defaults.</param>
    /// <exception cref="ImageFormatException">The content is not a picture that can be decoded within the limits.</exception>
    public static Image Decode(ReadOnlySpan<byte> encoded, string name, ImageDecodeOptions? options = null) =>
        ImageCodec.Decode(encoded, name, options ?? ImageDecodeOptions.Default);

    /// <summary>Reads the size and the format from the headers of a file, without decoding pixels.</summary>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="ImageFormatException">The headers are not those of a JPEG, PNG or WebP file.</exception>
    public static ImageInfo Identify(ReadOnlySpan<byte> encoded, string name) => ImageCodec.Identify(encoded, name);

    /// <summary>Writes a file; a temporary file beside it is renamed at the end, so that no half-written picture is ever seen.</summary>
    /// <param name="path">A path ending in .jpg, .jpeg, .png or .webp.</param>
    /// <param name="quality">See <see cref="Encode"/>.</param>
    /// <exception cref="ArgumentException">The extension is another one, or the format cannot hold this size.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, int quality = 92) => ImageCodec.Save(this, path, quality);

    /// <summary>The bytes of a picture file.</summary>
    /// <param name="format">The format.</param>
    /// <param name="quality">
    /// 1…100. JPEG: chroma is halved below 90. WebP: 100 is lossless. PNG is always lossless and ignores it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is outside 1…100.</exception>
    /// <exception cref="ArgumentException">The format cannot hold this size (JPEG 65500, WebP 16383 pixels a side).</exception>
    public byte[] Encode(ImageFormat format, int quality = 92) => ImageCodec.Encode(this, format, quality);

    /// <summary>A picture whose pixels are about to be written, all of them: it starts with whatever was in memory.</summary>
    internal static Image Uninitialized(int width, int height) =>
        new(width, height, GC.AllocateUninitializedArray<byte>(ByteCount(width, height)));

    private static int ByteCount(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        long bytes = (long)width * height;
        if (bytes > Array.MaxLength / Channels)
            throw new ArgumentOutOfRangeException(nameof(width), $"An image of {width}×{height} pixels takes more than 2 GiB.");
        return (int)bytes * Channels;
    }
}
