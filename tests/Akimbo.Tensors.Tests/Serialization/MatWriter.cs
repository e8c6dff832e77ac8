using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Akimbo.Tensors.Tests.Serialization;

/// <summary>Makes the bytes of MATLAB files, sound ones and others.</summary>
internal static class MatWriter
{
    public const int MiInt8 = 1, MiUInt8 = 2, MiUInt16 = 4, MiInt32 = 5, MiUInt32 = 6, MiSingle = 7, MiDouble = 9, MiMatrix = 14, MiCompressed = 15;
    public const int CellClass = 1, StructClass = 2, CharClass = 4, SparseClass = 5, DoubleClass = 6;

    public static byte[] File(params byte[][] variables) => [.. Header(), .. variables.SelectMany(variable => variable)];

    public static byte[] Header(int version = 0x0100, string mark = "IM")
    {
        byte[] header = new byte[128];
        "MATLAB 5.0 MAT-file, made by a test"u8.CopyTo(header);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(124), (short)version);
        Encoding.ASCII.GetBytes(mark).CopyTo(header, 126);
        return header;
    }

    public static byte[] Element(int type, params byte[] data)
    {
        byte[] element = new byte[8 + (data.Length + 7) / 8 * 8];
        BinaryPrimitives.WriteInt32LittleEndian(element, type);
        BinaryPrimitives.WriteInt32LittleEndian(element.AsSpan(4), data.Length);
        data.CopyTo(element, 8);
        return element;
    }

    public static byte[] Small(int type, params byte[] data)
    {
        byte[] element = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(element, type | (data.Length << 16));
        data.CopyTo(element, 4);
        return element;
    }

    public static byte[] Array(int arrayClass, string name, int[] dimensions, params byte[][] parts) => Element(MiMatrix,
    [
        .. Element(MiUInt32, [(byte)arrayClass, 0, 0, 0, 0, 0, 0, 0]),
        .. Element(MiInt32, Bytes(dimensions)),
        .. name.Length is > 0 and <= 4 ? Small(MiInt8, Encoding.ASCII.GetBytes(name)) : Element(MiInt8, Encoding.ASCII.GetBytes(name)),
        .. parts.SelectMany(part => part),
    ]);

    public static byte[] Doubles(string name, int[] dimensions, params double[] values) => Array(DoubleClass, name, dimensions, Element(MiDouble, Bytes(values)));

    public static byte[] Characters(string name, string text) => Array(CharClass, name, [1, text.Length], Element(MiUInt16, Encoding.Unicode.GetBytes(text)));

    public static byte[] Cells(string name, params byte[][] items) => Array(CellClass, name, [1, items.Length], items);

    public static byte[] Structs(string name, int count, string[] fields, params byte[][] values) => Array(StructClass, name, [1, count],
    [
        Small(MiInt32, Bytes([32])),
        Element(MiInt8, [.. fields.SelectMany(field => Encoding.ASCII.GetBytes(field.PadRight(32, '\0')))]),
        .. values,
    ]);

    public static byte[] Compress(byte[] variable)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal)) zlib.Write(variable);
        byte[] compressed = stream.ToArray();
        return [.. Element(MiCompressed)[..4], .. Bytes([compressed.Length]), .. compressed];
    }

    public static byte[] Bytes(int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Bytes(double[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
