namespace Akimbo.Networks.Onnx.Format;

/// <summary>The number formats of ONNX that Akimbo writes (onnx.proto, <c>TensorProto.DataType</c>).</summary>
internal enum OnnxType
{
    Float = 1,
    UInt8 = 2,
    Int64 = 7,
    Bool = 9,
}

/// <summary>A constant (onnx.proto, <c>TensorProto</c>) with its elements as little-endian <c>raw_data</c>.</summary>
internal sealed class TensorProto
{
    public required string Name { get; init; }

    public required OnnxType Type { get; init; }

    public required IReadOnlyList<long> Dims { get; init; }

    public required ReadOnlyMemory<byte> RawData { get; init; }

    public void Write(ProtoFields fields)
    {
        foreach (long dim in Dims) fields.Int64(1, dim);
        fields.Int64(2, (long)Type);
        fields.String(8, Name);
        fields.Bytes(9, RawData);
    }

    public static TensorProto Parse(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        var type = default(OnnxType);
        var dims = new List<long>();
        ReadOnlyMemory<byte> data = default;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: dims.Add(reader.Int64); break;
                case 2: type = (OnnxType)reader.Int64; break;
                case 8: name = reader.String; break;
                case 9: data = reader.Bytes; break;
            }
        }

        return new TensorProto { Name = name, Type = type, Dims = dims, RawData = data };
    }
}
