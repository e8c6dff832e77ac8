using System.Text.Json;
using Akimbo.Imaging;

namespace Akimbo.Datasets;

/// <summary>Reads files whole, within limits, and the sizes of pictures without reading them whole.</summary>
internal static class DatasetFiles
{
    private const long MaxLength = 512 << 20;
    private const int HeaderLength = 64 << 10;

    /// <summary>The bytes of a text file, without a byte order mark.</summary>
    /// <exception cref="DatasetFormatException">The file is longer than 512 MiB.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ReadOnlyMemory<byte> ReadJson(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MaxLength) throw new DatasetFormatException(path, $"The file has {stream.Length:N0} bytes; at most {MaxLength:N0} are read.");
        byte[] bytes = new byte[stream.Length];
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        ReadOnlyMemory<byte> text = bytes.AsMemory(0, count);
        return text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
    }

    /// <summary>Parses JSON.</summary>
    /// <exception cref="DatasetFormatException">The text is no JSON.</exception>
    public static JsonDocument ParseJson(ReadOnlyMemory<byte> json, string name)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new DatasetFormatException(name, $"The file is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>What a picture's header says; the first 64 KiB are enough for nearly all files.</summary>
    /// <exception cref="ImageFormatException">The file is no picture.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImageInfo ReadImageInfo(string path)
    {
        byte[] header = new byte[HeaderLength];
        int count;
        using (FileStream stream = File.OpenRead(path)) count = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        try
        {
            return Image.Identify(header.AsSpan(0, count), path);
        }
        catch (ImageFormatException) when (count == HeaderLength)
        {
            return Image.Identify(Image.ReadEncoded(path), path);
        }
    }
}
