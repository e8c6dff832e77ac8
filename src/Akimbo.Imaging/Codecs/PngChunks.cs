using System.Buffers.Binary;

namespace Akimbo.Imaging.Codecs;

/// <summary>
/// The parts of a PNG file that make its picture (PNG 1.2, section 4): header, palette and image data. The rest is left out before
/// libpng sees the file, so that gamma, colour profiles and transparency do not change the stored samples; OpenCV ignores them too.
/// </summary>
internal sealed class PngChunks
{
    private const int FramingBytes = 12;
    private const int HeaderBytes = 13;

    /// <summary>Deflate makes at most 1032 bytes out of one; files below this cannot be whole.</summary>
    private const long MaxInflation = 1040;

    private readonly List<Range> _kept = [];

    private PngChunks()
    {
    }

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public long Width { get; private set; }

    public long Height { get; private set; }

    public int Orientation { get; private set; } = Codecs.Orientation.Normal;

    private long BitsPerPixel { get; set; }

    private long DataBytes { get; set; }

    public static PngChunks Read(ReadOnlySpan<byte> png, string name)
    {
        var chunks = new PngChunks();
        int position = Signature.Length;
        while (true)
        {
            if (png.Length - position < FramingBytes)
                throw new ImageFormatException($"{name}: the PNG is truncated: it ends without an IEND chunk.");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[position..]);
            if (length > png.Length - position - FramingBytes)
                throw new ImageFormatException($"{name}: the PNG is truncated: a chunk of {length} bytes begins {png.Length - position} bytes before the end.");
            ReadOnlySpan<byte> type = png.Slice(position + 4, 4);
            ReadOnlySpan<byte> data = png.Slice(position + 8, (int)length);
            Range range = position..(position + FramingBytes + (int)length);
            position = range.End.Value;

            if (chunks._kept.Count == 0)
                chunks.ReadHeader(type, data, name);
            if (type.SequenceEqual("eXIf"u8))
                chunks.Orientation = Exif.ReadOrientation(data);
            if (type.SequenceEqual("IDAT"u8))
                chunks.DataBytes += length;
            if (type.SequenceEqual("IHDR"u8) || type.SequenceEqual("PLTE"u8) || type.SequenceEqual("IDAT"u8))
                chunks._kept.Add(range);
            if (type.SequenceEqual("IEND"u8))
            {
                chunks._kept.Add(range);
                return chunks;
            }
        }
    }

    /// <summary>Refuses files whose image data cannot fill the declared size.</summary>
    public void CheckLength(string name)
    {
        long declared = Height * ((Width * BitsPerPixel + 7) / 8 + 1);
        if (declared > DataBytes * MaxInflation)
            throw new ImageFormatException($"{name}: the PNG declares {Width}×{Height} pixels, its {DataBytes} bytes of image data cannot hold them.");
    }

    /// <summary>A PNG file of the kept chunks only.</summary>
    public byte[] Extract(ReadOnlySpan<byte> png)
    {
        int length = Signature.Length;
        foreach (Range range in _kept)
            length += range.End.Value - range.Start.Value;
        byte[] file = GC.AllocateUninitializedArray<byte>(length);
        Signature.CopyTo(file);
        int position = Signature.Length;
        foreach (Range range in _kept)
        {
            ReadOnlySpan<byte> chunk = png[range];
            chunk.CopyTo(file.AsSpan(position));
            position += chunk.Length;
        }
        return file;
    }

    private void ReadHeader(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, string name)
    {
        if (!type.SequenceEqual("IHDR"u8) || data.Length != HeaderBytes)
            throw new ImageFormatException($"{name}: the PNG does not begin with an IHDR chunk of {HeaderBytes} bytes.");
        Width = BinaryPrimitives.ReadUInt32BigEndian(data);
        Height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        int samples = data[9] switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        BitsPerPixel = samples * (long)data[8];
    }
}
