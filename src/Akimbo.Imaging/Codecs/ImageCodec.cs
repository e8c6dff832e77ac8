namespace Akimbo.Imaging.Codecs;

/// <summary>Chooses the codec by content or by extension, and guards its door.</summary>
internal static class ImageCodec
{
    private const int SignatureLength = 12;
    private const int MaxFileBytes = 1 << 30;

    public static Image Load(string path, ImageDecodeOptions options) => Decode(ReadFile(path), path, options);

    public static byte[] ReadFile(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] head = new byte[SignatureLength];
        int count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        Detect(head.AsSpan(0, count), path);
        if (file.Length > MaxFileBytes)
            throw new ImageFormatException($"{path}: the file has {file.Length} bytes, at most {MaxFileBytes} are read.");
        byte[] encoded = GC.AllocateUninitializedArray<byte>((int)Math.Max(file.Length, count));
        head.AsSpan(0, count).CopyTo(encoded);
        count += file.ReadAtLeast(encoded.AsSpan(count), encoded.Length - count, throwOnEndOfStream: false);
        return count == encoded.Length ? encoded : encoded[..count];
    }

    public static Image Decode(ReadOnlySpan<byte> encoded, string name, ImageDecodeOptions options) => Detect(encoded, name) switch
    {
        ImageFormat.Jpeg => Jpeg.Decode(encoded, name, options),
        ImageFormat.Png => Png.Decode(encoded, name, options),
        _ => WebP.Decode(encoded, name, options),
    };

    public static ImageInfo Identify(ReadOnlySpan<byte> encoded, string name)
    {
        ImageFormat format = Detect(encoded, name);
        (int width, int height, int orientation) = format switch
        {
            ImageFormat.Jpeg => Jpeg.ReadSize(encoded, name),
            ImageFormat.Png => Png.ReadSize(encoded, name),
            _ => WebP.ReadSize(encoded, name),
        };
        return Orientation.SwapsSides(orientation) ? new(height, width, format) : new(width, height, format);
    }

    public static byte[] Encode(Image image, ImageFormat format, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return format switch
        {
            ImageFormat.Jpeg => Jpeg.Encode(image, quality),
            ImageFormat.Png => Png.Encode(image),
            ImageFormat.WebP => WebP.Encode(image, quality),
            _ => throw new ArgumentOutOfRangeException(nameof(format), $"{format} is not an image format."),
        };
    }

    public static void Save(Image image, string path, int quality)
    {
        byte[] encoded = Encode(image, FromExtension(path), quality);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, encoded);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Refuses sizes before anything is allocated for them.</summary>
    public static void CheckSize(long width, long height, string name, ImageDecodeOptions options)
    {
        if (width < 1 || height < 1)
            throw new ImageFormatException($"{name}: declares {width}×{height} pixels, at least 1×1 is expected.");
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);
        if (width > limit / height)
            throw new ImageFormatException($"{name}: declares {width}×{height} pixels, at most {limit} pixels are accepted.");
    }

    private static ImageFormat Detect(ReadOnlySpan<byte> encoded, string name)
    {
        if (encoded.StartsWith(Jpeg.Signature))
            return ImageFormat.Jpeg;
        if (encoded.StartsWith(PngChunks.Signature))
            return ImageFormat.Png;
        if (encoded.Length >= SignatureLength && encoded.StartsWith("RIFF"u8) && encoded[8..].StartsWith("WEBP"u8))
            return ImageFormat.WebP;
        throw new ImageFormatException(encoded.IsEmpty
            ? $"{name}: the file is empty; a JPEG, PNG or WebP picture is expected."
            : $"{name}: starts with the bytes {Convert.ToHexString(encoded[..Math.Min(encoded.Length, 8)])}; a JPEG, PNG or WebP picture is expected.");
    }

    private static ImageFormat FromExtension(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".jpg" or ".jpeg" => ImageFormat.Jpeg,
        ".png" => ImageFormat.Png,
        ".webp" => ImageFormat.WebP,
        var extension => throw new ArgumentException($"{path}: the extension is \"{extension}\"; .jpg, .jpeg, .png or .webp is expected.", nameof(path)),
    };
}
