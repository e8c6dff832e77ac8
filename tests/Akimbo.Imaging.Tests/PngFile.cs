using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Akimbo.Imaging.Tests;

/// <summary>Writes PNG files of every kind, chunk by chunk.</summary>
internal sealed class PngFile
{
    private readonly List<byte> _file = [];

    public PngFile(int width, int height, byte bitDepth, byte colorType)
    {
        _file.AddRange([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        header[9] = colorType;
        Chunk("IHDR", header);
    }

    public PngFile Chunk(string type, params ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc32(chunk.AsSpan(4, 4 + data.Length)));
        _file.AddRange(chunk);
        return this;
    }

    /// <summary>Ends the file with unfiltered rows.</summary>
    public byte[] Rows(params byte[][] rows)
    {
        using var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Optimal))
        {
            foreach (byte[] row in rows)
            {
                deflate.WriteByte(0);
                deflate.Write(row);
            }
        }
        return Chunk("IDAT", data.ToArray()).Chunk("IEND")._file.ToArray();
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xEDB88320u & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
