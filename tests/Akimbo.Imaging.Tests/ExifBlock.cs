using System.Buffers.Binary;

namespace Akimbo.Imaging.Tests;

/// <summary>Smallest EXIF blocks, and files with one put in.</summary>
internal static class ExifBlock
{
    /// <summary>A TIFF header and a directory of one entry: the orientation.</summary>
    public static byte[] Create(int orientation, bool littleEndian)
    {
        byte[] big = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        byte[] little = [(byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
        return littleEndian ? little : big;
    }

    /// <summary>An APP1 segment after the start of the file.</summary>
    public static byte[] IntoJpeg(byte[] jpeg, byte[] exif)
    {
        byte[] payload = [.. "Exif\0\0"u8, .. exif];
        int length = payload.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. payload, .. jpeg.AsSpan(2)];
    }

    /// <summary>An eXIf chunk after IHDR, with a checksum that nobody reads.</summary>
    public static byte[] IntoPng(byte[] png, byte[] exif)
    {
        const int afterHeader = 33;
        return [.. png.AsSpan(0, afterHeader), 0, 0, 0, (byte)exif.Length, .. "eXIf"u8, .. exif, 0, 0, 0, 0, .. png.AsSpan(afterHeader)];
    }

    /// <summary>The extended format: VP8X, the picture, EXIF.</summary>
    public static byte[] IntoWebP(byte[] webp, int width, int height, byte[] exif)
    {
        byte[] size = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, width - 1);
        BinaryPrimitives.WriteInt32LittleEndian(size.AsSpan(3), height - 1);
        byte[] file =
        [
            .. webp.AsSpan(0, 12), .. "VP8X"u8, 10, 0, 0, 0, 0b1000, 0, 0, 0, .. size.AsSpan(0, 6),
            .. webp.AsSpan(12), .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
