using System.Buffers.Binary;

namespace Akimbo.Tensors.Serialization;

/// <summary>The data types of elements in a MATLAB file ("MAT-File Format", table 1-1).</summary>
internal enum MatElementType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Int64 = 12,
    UInt64 = 13,
    Matrix = 14,
    Compressed = 15,
    Utf8 = 16,
    Utf16 = 17,
    Utf32 = 18,
}

/// <summary>A tagged run of bytes.</summary>
internal readonly record struct MatElement(MatElementType Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>The number format, or null where the element holds no numbers.</summary>
    public ElementType? NumberType => Type switch
    {
        MatElementType.Int8 => ElementType.Int8,
        MatElementType.UInt8 => ElementType.UInt8,
        MatElementType.Int16 => ElementType.Int16,
        MatElementType.UInt16 => ElementType.UInt16,
        MatElementType.Int32 => ElementType.Int32,
        MatElementType.UInt32 => ElementType.UInt32,
        MatElementType.Single => ElementType.Float32,
        MatElementType.Double => ElementType.Float64,
        MatElementType.Int64 => ElementType.Int64,
        MatElementType.UInt64 => ElementType.UInt64,
        _ => null,
    };
}

/// <summary>Walks the elements that follow each other in a run of bytes.</summary>
internal sealed class MatElements(ReadOnlyMemory<byte> bytes, string file)
{
    private const int TagLength = 8;
    private const int MaxSmallLength = 4;

    private int _position;

    /// <summary>The bytes that have not been walked over.</summary>
    public int Remaining => bytes.Length - _position;

    /// <summary>The next element; up to four bytes of data may lie in the tag itself, and padding to eight bytes is skipped.</summary>
    /// <exception cref="CheckpointFormatException">The element does not fit into what remains.</exception>
    public MatElement Next()
    {
        if (Remaining < TagLength) throw Error($"An element's tag of {TagLength} bytes is expected where {Remaining} are left");
        var tag = bytes.Span.Slice(_position, TagLength);
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        if (type >> 16 is uint smallLength and not 0)
        {
            if (smallLength > MaxSmallLength) throw Error($"An element of {smallLength} bytes is said to lie in the four of its tag");
            var small = new MatElement((MatElementType)(type & 0xffff), bytes.Slice(_position + 4, (int)smallLength));
            _position += TagLength;
            return small;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(tag[4..]);
        _position += TagLength;
        if (length > Remaining) throw Error($"An element of {length} bytes is expected where {Remaining} are left");
        var data = bytes.Slice(_position, (int)length);
        long padded = (MatElementType)type == MatElementType.Compressed ? length : (length + 7L) & ~7L;
        _position += (int)Math.Min(padded, Remaining);
        return new MatElement((MatElementType)type, data);
    }

    private CheckpointFormatException Error(string problem) => new(file, $"{problem}; the file is cut short or damaged.");
}
