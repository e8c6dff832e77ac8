using System.Buffers.Binary;
using System.Text;

namespace Akimbo.Networks.Onnx.Format;

/// <summary>Walks over the fields of one message; every length is checked against the bytes there are.</summary>
/// <param name="message">The bytes of the message, which are not copied.</param>
internal ref struct ProtoReader(ReadOnlyMemory<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private int _position;
    private ulong _number;
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>The number of the field at hand.</summary>
    public int Field { get; private set; }

    /// <summary>The field's number, of a varint.</summary>
    public readonly long Int64 => (long)_number;

    /// <summary>The field's number, of four bytes.</summary>
    public readonly float Float => BitConverter.UInt32BitsToSingle((uint)_number);

    /// <summary>The field's bytes, of text, raw data or a message.</summary>
    public readonly ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The field's text.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8.</exception>
    public readonly string String
    {
        get
        {
            try
            {
                return Utf8.GetString(_bytes.Span);
            }
            catch (ArgumentException exception)
            {
                throw new InvalidDataException($"Field {Field} of a message is not UTF-8.", exception);
            }
        }
    }

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidDataException">The message is damaged.</exception>
    public bool Next()
    {
        if (_position == message.Length) return false;
        ulong tag = ReadVarint();
        if (tag >> 3 is 0 or > int.MaxValue >> 3) throw Damaged("a field has no valid number");
        Field = (int)(tag >> 3);
        _number = 0;
        _bytes = default;
        switch ((int)(tag & 7))
        {
            case Varint:
                _number = ReadVarint();
                break;
            case Fixed32:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);
                break;
            case Fixed64:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span);
                break;
            case LengthDelimited:
                _bytes = Take(ReadVarint());
                break;
            default:
                throw Damaged($"field {Field} has the unknown wire type {tag & 7}");
        }

        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1).Span[0];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }

        throw Damaged("a number is longer than ten bytes");
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)(message.Length - _position)) throw Damaged($"{length} bytes are announced where {message.Length - _position} are left");
        var taken = message.Slice(_position, (int)length);
        _position += (int)length;
        return taken;
    }

    private readonly InvalidDataException Damaged(string why) => new($"The protocol buffer is damaged near byte {_position} of a message: {why}.");
}
