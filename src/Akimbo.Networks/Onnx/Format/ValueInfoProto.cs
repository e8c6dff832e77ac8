using System.Globalization;

namespace Akimbo.Networks.Onnx.Format;

/// <summary>One dimension of a value: a length, or a name for one that the caller chooses.</summary>
internal readonly record struct OnnxDim(long Length, string? Name = null)
{
    /// <summary>A fixed length.</summary>
    public static implicit operator OnnxDim(long length) => new(length);

    /// <inheritdoc/>
    public override string ToString() => Name ?? Length.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The name, type and shape of a value (onnx.proto, <c>ValueInfoProto</c>).</summary>
internal sealed class ValueInfoProto
{
    public required string Name { get; init; }

    public required OnnxType Type { get; init; }

    public required IReadOnlyList<OnnxDim> Dims { get; init; }

    public void Write(ProtoFields fields)
    {
        fields.String(1, Name);
        fields.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Int64(1, (long)Type);
            tensor.Message(2, shape =>
            {
                foreach (var dim in Dims) shape.Message(1, field => WriteDim(field, dim));
            });
        }));
    }

    public static ValueInfoProto Parse(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        var type = default(OnnxType);
        var dims = new List<OnnxDim>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) name = reader.String;
            if (reader.Field != 2 || Only(field: 1, reader.Bytes) is not { } bytesOfTensor) continue;
            var tensor = new ProtoReader(bytesOfTensor);
            while (tensor.Next())
            {
                if (tensor.Field == 1) type = (OnnxType)tensor.Int64;
                if (tensor.Field == 2) ParseShape(tensor.Bytes, dims);
            }
        }

        return new ValueInfoProto { Name = name, Type = type, Dims = dims };
    }

    private static void WriteDim(ProtoFields fields, OnnxDim dim)
    {
        if (dim.Name is { } name) fields.String(2, name);
        else fields.Int64(1, dim.Length);
    }

    private static void ParseShape(ReadOnlyMemory<byte> bytes, List<OnnxDim> dims)
    {
        var shape = new ProtoReader(bytes);
        while (shape.Next())
        {
            if (shape.Field != 1) continue;
            var dim = default(OnnxDim);
            var reader = new ProtoReader(shape.Bytes);
            while (reader.Next())
            {
                if (reader.Field == 1) dim = reader.Int64;
                if (reader.Field == 2) dim = new OnnxDim(0, reader.String);
            }

            dims.Add(dim);
        }
    }

    private static ReadOnlyMemory<byte>? Only(int field, ReadOnlyMemory<byte> bytes)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
            if (reader.Field == field) return reader.Bytes;
        return null;
    }
}
