namespace Akimbo.Networks.Onnx.Format;

/// <summary>One operator applied to values by their names (onnx.proto, <c>NodeProto</c>).</summary>
internal sealed class NodeProto
{
    public required string Name { get; init; }

    public required string OpType { get; init; }

    /// <summary>Names of values; empty for an optional input left out.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    public required IReadOnlyList<string> Outputs { get; init; }

    public IReadOnlyList<AttributeProto> Attributes { get; init; } = [];

    public void Write(ProtoFields fields)
    {
        foreach (string input in Inputs) fields.String(1, input);
        foreach (string output in Outputs) fields.String(2, output);
        fields.String(3, Name);
        fields.String(4, OpType);
        foreach (var attribute in Attributes) fields.Message(5, attribute.Write);
    }

    public static NodeProto Parse(ReadOnlyMemory<byte> bytes)
    {
        List<string> inputs = [], outputs = [];
        var attributes = new List<AttributeProto>();
        string name = "", opType = "";
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: inputs.Add(reader.String); break;
                case 2: outputs.Add(reader.String); break;
                case 3: name = reader.String; break;
                case 4: opType = reader.String; break;
                case 5: attributes.Add(AttributeProto.Parse(reader.Bytes)); break;
            }
        }

        return new NodeProto { Name = name, OpType = opType, Inputs = inputs, Outputs = outputs, Attributes = attributes };
    }

    /// <summary>The node as messages call it.</summary>
    public override string ToString() => $"{OpType} '{Name}'";
}
