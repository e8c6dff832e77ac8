using System.Buffers.Binary;

namespace Akimbo.Imaging.Codecs;

/// <summary>Finds the orientation in an EXIF block: a TIFF header and its first directory (EXIF 2.32, section 4.6).</summary>
internal static class Exif
{
    private const ushort OrientationTag = 0x0112;
    private const ushort ShortType = 3;
    private const int EntryBytes = 12;

    /// <summary>The prefix of an EXIF block in a JPEG APP1 segment.</summary>
    public static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>The orientation 1…8; 1 where the block is broken or has none, as every viewer takes it.</summary>
    public static int ReadOrientation(ReadOnlySpan<byte> block)
    {
        if (block.StartsWith(Prefix))
            block = block[Prefix.Length..];
        bool littleEndian = block.StartsWith("II*\0"u8);
        if (block.Length < 8 || (!littleEndian && !block.StartsWith("MM\0*"u8)))
            return Orientation.Normal;
        uint start = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(block[4..]) : BinaryPrimitives.ReadUInt32BigEndian(block[4..]);
        if (start > block.Length - 2)
            return Orientation.Normal;
        ReadOnlySpan<byte> entries = block[((int)start + 2)..];
        int count = Math.Min(ReadUInt16(block[(int)start..], littleEndian), entries.Length / EntryBytes);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = entries.Slice(i * EntryBytes, EntryBytes);
            if (ReadUInt16(entry, littleEndian) != OrientationTag)
                continue;
            int value = ReadUInt16(entry[8..], littleEndian);
            return ReadUInt16(entry[2..], littleEndian) == ShortType && value is >= 1 and <= 8 ? value : Orientation.Normal;
        }
        return Orientation.Normal;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
