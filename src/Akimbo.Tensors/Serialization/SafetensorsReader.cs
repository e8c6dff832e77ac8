using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Unicode;

namespace Akimbo.Tensors.Serialization;

/// <summary>Reads one safetensors file, as strictly as the reference reader: the elements follow one another without
/// gap or overlap.</summary>
internal sealed class SafetensorsReader(IFileContent content, string name)
{
    private const long MaxHeaderLength = 100_000_000;

    private readonly OrderedDictionary<string, StoredTensor> _tensors = [];
    private readonly OrderedDictionary<string, string> _metadata = [];
    private readonly List<(long Begin, long End, string Name)> _ranges = [];
    private int _dataBegin;

    private int DataLength => content.Length - _dataBegin;

    public SafetensorsFile Read()
    {
        if (content.Length < sizeof(ulong))
            throw Error($"The file has {content.Length} bytes; a safetensors file begins with an eight-byte header length.");

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(content.Slice(0, sizeof(ulong)).Span);
        if (length > MaxHeaderLength)
            throw Error($"The header length is {length}, more than the {MaxHeaderLength} allowed; this is not a safetensors file.");
        if (length > (ulong)(content.Length - sizeof(ulong)))
            throw Error($"The header length is {length}, but only {content.Length - sizeof(ulong)} bytes follow; the file is cut short or not a safetensors file.");

        var header = content.Slice(sizeof(ulong), (int)length).Span;
        _dataBegin = sizeof(ulong) + (int)length;
        if (!Utf8.IsValid(header)) throw Error("The header is not valid UTF-8.");

        try
        {
            ReadHeader(header);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new CheckpointFormatException(name, $"The header is not a JSON object of tensors: {exception.Message}", exception);
        }

        CheckRanges();
        return new SafetensorsFile(name, _metadata, _tensors);
    }

    private void ReadHeader(ReadOnlySpan<byte> header)
    {
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 8 });
        json.Read();
        Expect(ref json, JsonTokenType.StartObject, "The header");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            json.Read();
            Expect(ref json, JsonTokenType.StartObject, $"The entry '{key}'");
            if (key == SafetensorsType.MetadataKey) ReadMetadata(ref json);
            else ReadTensor(ref json, key);
        }

        json.Read();
    }

    private void ReadMetadata(ref Utf8JsonReader json)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string key = json.GetString()!;
            json.Read();
            Expect(ref json, JsonTokenType.String, $"The metadata '{key}'");
            if (!_metadata.TryAdd(key, json.GetString()!)) throw Error($"The metadata '{key}' appears twice.");
        }
    }

    private void ReadTensor(ref Utf8JsonReader json, string key)
    {
        string? dtype = null;
        long[]? dimensions = null, offsets = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string property = json.GetString()!;
            json.Read();
            switch (property)
            {
                case "dtype" when dtype is null:
                    Expect(ref json, JsonTokenType.String, $"The dtype of '{key}'");
                    dtype = json.GetString()!;
                    break;
                case "shape" when dimensions is null:
                    dimensions = ReadIntegers(ref json, $"The shape of '{key}'", Shape.MaxRank);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadIntegers(ref json, $"The data_offsets of '{key}'", 2);
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw Error($"The {property} of '{key}' appears twice.");
                default:
                    json.Skip();
                    break;
            }
        }

        if (dtype is null || dimensions is null || offsets is not [long begin, long end])
            throw Error($"The entry '{key}' needs a dtype, a shape and two data_offsets.");
        AddTensor(key, dtype, dimensions, begin, end);
    }

    private void AddTensor(string key, string dtype, long[] dimensions, long begin, long end)
    {
        ElementType type = SafetensorsType.Parse(dtype)
            ?? throw Error($"'{key}' has the dtype '{dtype}'; F16, BF16, F32, F64, I8 to I64, U8 to U64 and BOOL are read.");
        Shape shape = StoredShape.TryCreate(dimensions, out string? problem) ?? throw Error($"'{key}' {problem}.");

        if (begin > end || end > DataLength)
            throw Error($"'{key}' lies at bytes {begin} to {end} of the {DataLength} bytes of elements.");
        if ((Int128)shape.ElementCount * type.Size() != end - begin)
            throw Error($"'{key}' of dtype {dtype} and shape {shape} needs {(Int128)shape.ElementCount * type.Size()} bytes; its data_offsets [{begin}, {end}] hold {end - begin}.");

        var storage = new TensorStorage(type, shape.ElementCount);
        storage.PlaceIn(content, _dataBegin + (int)begin);
        if (!_tensors.TryAdd(key, new StoredTensor(storage, shape))) throw Error($"Two tensors are called '{key}'.");
        _ranges.Add((begin, end, key));
    }

    private long[] ReadIntegers(ref Utf8JsonReader json, string what, int maxCount)
    {
        Expect(ref json, JsonTokenType.StartArray, what);
        var values = new List<long>(maxCount);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Expect(ref json, JsonTokenType.Number, what);
            if (values.Count == maxCount) throw Error($"{what} has more than {maxCount} numbers.");
            if (!json.TryGetInt64(out long value) || value < 0)
                throw Error($"{what} holds {System.Text.Encoding.UTF8.GetString(json.ValueSpan)}; integers from 0 to 2^63 - 1 are allowed.");
            values.Add(value);
        }

        return [.. values];
    }

    private void CheckRanges()
    {
        _ranges.Sort();
        long position = 0;
        foreach (var (begin, end, key) in _ranges)
        {
            if (begin < position)
                throw Error($"'{key}' at bytes {begin} to {end} overlaps the tensor before it, which ends at {position}.");
            if (begin > position) throw Error($"Bytes {position} to {begin} of the elements, before '{key}', belong to no tensor.");
            position = end;
        }

        if (position != DataLength)
            throw Error($"The tensors end at byte {position} of the elements, but {DataLength} bytes are there.");
    }

    private void Expect(ref Utf8JsonReader json, JsonTokenType type, string what)
    {
        if (json.TokenType != type) throw Error($"{what} is JSON {json.TokenType}; expected {type}.");
    }

    private CheckpointFormatException Error(string problem) => new(name, problem);
}
