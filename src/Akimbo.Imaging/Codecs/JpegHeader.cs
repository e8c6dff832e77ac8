using System.Buffers.Binary;

namespace Akimbo.Imaging.Codecs;

/// <summary>
/// What the markers before the first scan of a JPEG say (ITU-T T.81, annex B). It is read here and not by TurboJPEG because that
/// refuses unusual chroma subsampling in headers, though not in pictures, and does not tell the EXIF block or the Adobe marker.
/// </summary>
/// <param name="Width">Stored width.</param>
/// <param name="Height">Stored height.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK or YCCK.</param>
/// <param name="IsHuffmanCoded">Huffman, not arithmetic, coding.</param>
/// <param name="HasAdobeMarker">With four components: they are stored inverted.</param>
/// <param name="Orientation">The EXIF orientation, 1…8.</param>
/// <param name="ScanStart">Where the first scan begins.</param>
internal readonly record struct JpegHeader(int Width, int Height, int Components, bool IsHuffmanCoded, bool HasAdobeMarker, int Orientation, int ScanStart)
{
    private const byte StartOfScan = 0xDA, EndOfImage = 0xD9, App1 = 0xE1, App14 = 0xEE;

    public static JpegHeader Read(ReadOnlySpan<byte> jpeg, string name)
    {
        var header = new JpegHeader { Orientation = Codecs.Orientation.Normal };
        bool hasExif = false;
        int position = 2;
        while (true)
        {
            int step = jpeg[position..].IndexOf((byte)0xFF);
            int codeAt = step < 0 ? -1 : jpeg[(position + step)..].IndexOfAnyExcept((byte)0xFF);
            if (codeAt < 0)
                throw Truncated(name);
            position += step + codeAt;
            byte marker = jpeg[position++];
            if (marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8))
                continue;
            if (marker == EndOfImage)
                throw new ImageFormatException($"{name}: the JPEG ends without a picture.");
            if (jpeg.Length - position < 2)
                throw Truncated(name);
            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[position..]);
            if (length < 2)
                throw new ImageFormatException($"{name}: JPEG marker {marker:X2} has the length {length}, at least 2 is expected.");
            if (length > jpeg.Length - position)
                throw Truncated(name);
            ReadOnlySpan<byte> segment = jpeg.Slice(position + 2, length - 2);
            position += length;

            if (marker == StartOfScan)
            {
                return header.Components > 0
                    ? header with { ScanStart = position }
                    : throw new ImageFormatException($"{name}: a JPEG scan comes before its frame header.");
            }
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) && header.Components == 0)
                header = header.WithFrame(segment, marker, name);
            else if (marker == App1 && !hasExif && segment.StartsWith(Exif.Prefix))
                (header, hasExif) = (header with { Orientation = Exif.ReadOrientation(segment) }, true);
            else if (marker == App14 && segment.Length >= 12 && segment.StartsWith("Adobe"u8))
                header = header with { HasAdobeMarker = true };
        }
    }

    private JpegHeader WithFrame(ReadOnlySpan<byte> segment, byte marker, string name)
    {
        if (segment.Length < 6)
            throw new ImageFormatException($"{name}: the JPEG frame header has {segment.Length} bytes, at least 6 are expected.");
        int components = segment[5];
        if (components is not (1 or 3 or 4))
            throw new ImageFormatException($"{name}: the JPEG has {components} components; 1, 3 or 4 are expected.");
        return this with
        {
            Height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]),
            Width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]),
            Components = components,
            IsHuffmanCoded = marker < 0xC8,
        };
    }

    private static ImageFormatException Truncated(string name) => new($"{name}: the JPEG is truncated before its first scan.");
}
