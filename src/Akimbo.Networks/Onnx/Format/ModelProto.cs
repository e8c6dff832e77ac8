namespace Akimbo.Networks.Onnx.Format;

/// <summary>A whole ONNX file (onnx.proto, <c>ModelProto</c>).</summary>
internal sealed class ModelProto
{
    public required long IrVersion { get; init; }

    public required string ProducerName { get; init; }

    public string ProducerVersion { get; init; } = "";

    /// <summary>The version of the standard operators.</summary>
    public required long Opset { get; init; }

    public required GraphProto Graph { get; init; }

    /// <summary>Free-form strings, <c>metadata_props</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public void Write(ProtoFields fields)
    {
        fields.Int64(1, IrVersion);
        fields.String(2, ProducerName);
        fields.String(3, ProducerVersion);
        fields.Message(7, Graph.Write);
        fields.Message(8, opset =>
        {
            opset.String(1, "");
            opset.Int64(2, Opset);
        });
        foreach (var (key, value) in Metadata)
        {
            fields.Message(14, entry =>
            {
                entry.String(1, key);
                entry.String(2, value);
            });
        }
    }

    /// <summary>Reads a file's bytes without copying the tensors.</summary>
    /// <exception cref="InvalidDataException">They are no sound ONNX model.</exception>
    public static ModelProto Parse(ReadOnlyMemory<byte> bytes)
    {
        long irVersion = 0, opset = 0;
        string producerName = "", producerVersion = "";
        GraphProto? graph = null;
        var metadata = new List<KeyValuePair<string, string>>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: irVersion = reader.Int64; break;
                case 2: producerName = reader.String; break;
                case 3: producerVersion = reader.String; break;
                case 7: graph = GraphProto.Parse(reader.Bytes); break;
                case 8 when ParseOpset(reader.Bytes) is (Domain: "" or "ai.onnx", var version): opset = version; break;
                case 14: metadata.Add(ParseEntry(reader.Bytes)); break;
            }
        }

        return new ModelProto
        {
            IrVersion = irVersion,
            ProducerName = producerName,
            ProducerVersion = producerVersion,
            Opset = opset,
            Graph = graph ?? throw new InvalidDataException("The ONNX model has no graph."),
            Metadata = metadata,
        };
    }

    private static (string Domain, long Version) ParseOpset(ReadOnlyMemory<byte> bytes)
    {
        var (domain, version) = ("", 0L);
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) domain = reader.String;
            if (reader.Field == 2) version = reader.Int64;
        }

        return (domain, version);
    }

    private static KeyValuePair<string, string> ParseEntry(ReadOnlyMemory<byte> bytes)
    {
        var (key, value) = ("", "");
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1) key = reader.String;
            if (reader.Field == 2) value = reader.String;
        }

        return new(key, value);
    }
}
