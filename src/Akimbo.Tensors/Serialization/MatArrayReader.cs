using System.Buffers.Binary;
using System.Text;

namespace Akimbo.Tensors.Serialization;

/// <summary>Reads the arrays of a MATLAB file, those in cells and structs included ("MAT-File Format", table 1-3).</summary>
internal sealed class MatArrayReader(string file)
{
    private const int MaxDepth = 32;
    private const int MaxDimensions = 32;
    private const int MinElementLength = 8;
    private const int ComplexFlag = 0x0800;

    private static readonly int[] OneByOne = [1, 1];
    private static readonly int[] Nothing = [0, 0];
    private static readonly MatNumbers Empty = new(Nothing, 0, ElementType.Float64, default);

    private int _arrays;

    private enum MatClass
    {
        Cell = 1,
        Struct = 2,
        Object = 3,
        Char = 4,
        Sparse = 5,
        FirstNumber = 6,
        LastNumber = 15,
        FunctionHandle = 16,
        Opaque = 17,
    }

    /// <summary>The array that a matrix element holds, and its name; empty for those inside of other arrays.</summary>
    /// <exception cref="CheckpointFormatException">The element is damaged, or a limit is exceeded.</exception>
    public MatValue Read(ReadOnlyMemory<byte> matrix, out string name) => Read(matrix, depth: 0, out name);

    private MatValue Read(ReadOnlyMemory<byte> matrix, int depth, out string name)
    {
        name = "";
        if (matrix.IsEmpty) return Empty;
        if (depth > MaxDepth) throw Error($"Arrays lie inside each other more than {MaxDepth} deep");
        if (++_arrays > MatFile.MaxArrays) throw Error($"The file holds more than {MatFile.MaxArrays:N0} arrays");

        var elements = new MatElements(matrix, file);
        var flagBytes = elements.Next().Data.Span;
        if (flagBytes.Length != 8) throw Error($"An array's flags take {flagBytes.Length} bytes; 8 are expected");
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(flagBytes);
        var kind = (MatClass)(flags & 0xff);
        if (kind == MatClass.Opaque)
        {
            name = ReadName(elements);
            return new MatOpaque(OneByOne, 1, "an object");
        }

        int[] dimensions = ReadDimensions(elements, out int count);
        name = ReadName(elements);
        return kind switch
        {
            MatClass.Cell => new MatCells(dimensions, ReadArrays(elements, count, depth)),
            MatClass.Struct => ReadStructs(elements, dimensions, count, depth),
            MatClass.Object => new MatOpaque(dimensions, count, "objects"),
            MatClass.Char => ReadText(elements, dimensions, count),
            MatClass.Sparse => new MatOpaque(dimensions, count, "sparse numbers"),
            MatClass.FunctionHandle => new MatOpaque(dimensions, count, "function handles"),
            >= MatClass.FirstNumber and <= MatClass.LastNumber when (flags & ComplexFlag) != 0 => new MatOpaque(dimensions, count, "complex numbers"),
            >= MatClass.FirstNumber and <= MatClass.LastNumber => ReadNumbers(elements, dimensions, count),
            _ => throw Error($"An array is of class {(int)kind}; 1 to 17 are known"),
        };
    }

    private int[] ReadDimensions(MatElements elements, out int count)
    {
        MatElement element = elements.Next();
        var data = element.Data.Span;
        int rank = data.Length / sizeof(int);
        if (element.Type != MatElementType.Int32 || data.Length % sizeof(int) != 0 || rank is < 2 or > MaxDimensions)
            throw Error($"An array's dimensions are an element of type {(int)element.Type} and {data.Length} bytes; 2 to {MaxDimensions} 32-bit integers are expected");

        int[] dimensions = new int[rank];
        Int128 product = 1;
        for (int i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(i * sizeof(int))..]);
            if (dimensions[i] < 0) throw Error($"An array has a dimension of length {dimensions[i]}");
            product = Int128.Min(product * dimensions[i], long.MaxValue);
        }

        if (product > int.MaxValue) throw Error($"An array of {string.Join('×', dimensions)} elements is more than can be held");
        count = (int)product;
        return count == 1 && rank == 2 ? OneByOne : dimensions;
    }

    private string ReadName(MatElements elements)
    {
        MatElement element = elements.Next();
        if (element.Type is not (MatElementType.Int8 or MatElementType.UInt8 or MatElementType.Utf8))
            throw Error($"An array's name is an element of type {(int)element.Type}; {(int)MatElementType.Int8} (8-bit integers) is expected");
        return Encoding.UTF8.GetString(element.Data.Span);
    }

    private MatNumbers ReadNumbers(MatElements elements, int[] dimensions, int count)
    {
        MatElement element = elements.Next();
        ElementType type = element.NumberType ?? throw Error($"An array's numbers are an element of type {(int)element.Type}, which holds none");
        CheckLength(element, dimensions, count, type.Size());
        return new MatNumbers(dimensions, count, type, element.Data);
    }

    private MatText ReadText(MatElements elements, int[] dimensions, int count)
    {
        MatElement element = elements.Next();
        string text = element.Type switch
        {
            MatElementType.Utf8 => Encoding.UTF8.GetString(element.Data.Span),
            MatElementType.Utf32 => Decode(Encoding.UTF32, 4),
            MatElementType.Utf16 or MatElementType.UInt16 => Decode(Encoding.Unicode, 2),
            MatElementType.Int8 or MatElementType.UInt8 => Decode(Encoding.Latin1, 1),
            _ => throw Error($"Characters are an element of type {(int)element.Type}, which holds none"),
        };
        return new MatText(dimensions, count, Lines(text, dimensions, count));

        string Decode(Encoding encoding, int size)
        {
            CheckLength(element, dimensions, count, size);
            return encoding.GetString(element.Data.Span);
        }
    }

    // A character matrix is stored column by column, like every array.
    private static string Lines(string text, int[] dimensions, int count)
    {
        int rows = dimensions[0];
        if (rows <= 1 || text.Length != count) return text;
        int columns = count / rows;
        var lines = new StringBuilder(count + rows);
        for (int row = 0; row < rows; row++)
        {
            if (row > 0) lines.Append('\n');
            for (int column = 0; column < columns; column++) lines.Append(text[column * rows + row]);
        }

        return lines.ToString();
    }

    private MatStructs ReadStructs(MatElements elements, int[] dimensions, int count, int depth)
    {
        string[] fields = ReadFields(elements);
        if ((long)count * fields.Length > int.MaxValue) throw Error($"{count} structs of {fields.Length} fields are more than can be held");
        return new MatStructs(dimensions, count, fields, ReadArrays(elements, count * fields.Length, depth));
    }

    private string[] ReadFields(MatElements elements)
    {
        MatElement length = elements.Next();
        MatElement names = elements.Next();
        int size = length.Type == MatElementType.Int32 && length.Data.Length == sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(length.Data.Span) : 0;
        if (size <= 0 || names.Data.Length % size != 0)
            throw Error($"A struct's field names take {names.Data.Length} bytes, {size} for each");

        string[] fields = new string[names.Data.Length / size];
        for (int i = 0; i < fields.Length; i++)
        {
            var field = names.Data.Span.Slice(i * size, size);
            int end = field.IndexOf((byte)0);
            fields[i] = Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
        }

        return fields;
    }

    private MatValue[] ReadArrays(MatElements elements, int count, int depth)
    {
        if ((long)count * MinElementLength > elements.Remaining)
            throw Error($"{count} arrays are expected where {elements.Remaining} bytes are left");

        var arrays = new MatValue[count];
        for (int i = 0; i < count; i++)
        {
            MatElement element = elements.Next();
            if (element.Type != MatElementType.Matrix)
                throw Error($"A cell or field is an element of type {(int)element.Type}; {(int)MatElementType.Matrix} (matrix) is expected");
            arrays[i] = Read(element.Data, depth + 1, out _);
        }

        return arrays;
    }

    private void CheckLength(MatElement element, int[] dimensions, int count, int size)
    {
        if (element.Data.Length != (long)count * size)
            throw Error($"An array of {string.Join('×', dimensions)} elements of {size} bytes has {element.Data.Length} bytes");
    }

    private CheckpointFormatException Error(string problem) => new(file, $"{problem}; the file is damaged.");
}
