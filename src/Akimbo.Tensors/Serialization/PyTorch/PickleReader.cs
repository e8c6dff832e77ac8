using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>Reads the arguments of pickle operations; every length is checked against the bytes that remain.</summary>
internal sealed class PickleReader(ReadOnlyMemory<byte> bytes, int position, string file)
{
    private const int MaxIntegerBytes = 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Where the next byte is.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The number of bytes in all.</summary>
    public int Length => bytes.Length;

    public CheckpointFormatException Error(string problem) => new(file, $"{problem.TrimEnd('.')} (byte {Position} of the pickle).");

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

    public double BigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));

    public byte[] Bytes(ulong length) => Take(length).ToArray();

    public string Utf8(ulong length)
    {
        try
        {
            return StrictUtf8.GetString(Take(length));
        }
        catch (DecoderFallbackException exception)
        {
            throw new CheckpointFormatException(file, $"A string that ends at byte {Position} of the pickle is not valid UTF-8.", exception);
        }
    }

    /// <summary>A string of Python 2, which is bytes; Latin-1 keeps them all.</summary>
    public string Latin1(ulong length) => Encoding.Latin1.GetString(Take(length));

    /// <summary>The text up to the next line feed, which is skipped, as Latin-1.</summary>
    public string Line()
    {
        int length = bytes.Span[Position..].IndexOf((byte)'\n');
        if (length < 0) throw Error("A line of text does not end.");
        string line = Latin1((ulong)length);
        Position++;
        return line;
    }

    /// <summary>A string of protocol 0 between quotes; escapes beyond the quotes and backslashes of names are not read.</summary>
    public string QuotedLine()
    {
        string line = Line();
        if (line.Length < 2 || line[0] is not ('\'' or '"') || line[^1] != line[0])
            throw Error($"{Quoted.Text(line)} is not a quoted string.");
        if (line.Contains('\\')) throw Error($"{Quoted.Text(line)} has escapes, which are not read.");
        return line[1..^1];
    }

    /// <summary>A string of protocol 0 in the codec raw-unicode-escape: Latin-1 with the escapes \uXXXX and \UXXXXXXXX.</summary>
    public string EscapedLine()
    {
        string line = Line();
        if (!line.Contains('\\')) return line;

        var text = new StringBuilder(line.Length);
        for (int i = 0; i < line.Length; i++)
        {
            int digits = line[i] != '\\' || i + 1 == line.Length ? 0 : line[i + 1] switch { 'u' => 4, 'U' => 8, _ => 0 };
            if (digits == 0)
            {
                text.Append(line[i]);
            }
            else if (i + 1 + digits < line.Length
                && int.TryParse(line.AsSpan(i + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
                && Rune.IsValid(code))
            {
                text.Append(new Rune(code).ToString());
                i += 1 + digits;
            }
            else
            {
                throw Error($"{Quoted.Text(line)} has a damaged escape.");
            }
        }

        return text.ToString();
    }

    /// <summary>A little-endian two's complement integer: a <see cref="long"/> where it fits, else a <see cref="BigInteger"/>.</summary>
    public object Integer(uint length)
    {
        if (length > MaxIntegerBytes) throw Error($"An integer has {length} bytes; at most {MaxIntegerBytes} are read.");
        return Normalize(new BigInteger(Take(length)));
    }

    /// <summary>A decimal integer on a line of its own, with the suffix L of Python 2 or without.</summary>
    public object DecimalInteger()
    {
        string line = Line();
        if (line.Length > MaxIntegerBytes) throw Error($"An integer has {line.Length} digits; at most {MaxIntegerBytes} are read.");
        return BigInteger.TryParse(line.EndsWith('L') ? line.AsSpan(0, line.Length - 1) : line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? Normalize(value)
            : throw Error($"{Quoted.Text(line)} is not an integer.");
    }

    /// <summary>A decimal integer, or false and true as 00 and 01.</summary>
    public object IntegerOrBool()
    {
        int start = Position;
        string line = Line();
        if (line is "00" or "01") return line == "01";
        Position = start;
        return DecimalInteger();
    }

    public double DecimalFloat()
    {
        string line = Line();
        return line.Length <= MaxIntegerBytes && double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw Error($"{Quoted.Text(line)} is not a number.");
    }

    public int Index(object value) => value is long index and >= 0 and <= int.MaxValue
        ? (int)index
        : throw Error($"{value} is not a place in the memo.");

    private static object Normalize(BigInteger value)
    {
        object number = value;
        if (value >= long.MinValue && value <= long.MaxValue) number = (long)value;
        return number;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)(bytes.Length - Position))
            throw Error($"The pickle goes on for {length} bytes where {bytes.Length - Position} are left; the file is damaged or cut short.");
        var taken = bytes.Span.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }
}
