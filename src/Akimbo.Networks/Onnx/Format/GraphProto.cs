namespace Akimbo.Networks.Onnx.Format;

/// <summary>Nodes, their constants, and what goes in and out (onnx.proto, <c>GraphProto</c>).</summary>
internal sealed class GraphProto
{
    public string Name { get; set; } = "";

    /// <summary>In an order in which they can be computed.</summary>
    public List<NodeProto> Nodes { get; } = [];

    public List<TensorProto> Initializers { get; } = [];

    public List<ValueInfoProto> Inputs { get; } = [];

    public List<ValueInfoProto> Outputs { get; } = [];

    /// <summary>The shapes of values in between, for viewers and checks.</summary>
    public List<ValueInfoProto> ValueInfos { get; } = [];

    public void Write(ProtoFields fields)
    {
        foreach (var node in Nodes) fields.Message(1, node.Write);
        fields.String(2, Name);
        foreach (var tensor in Initializers) fields.Message(5, tensor.Write);
        foreach (var input in Inputs) fields.Message(11, input.Write);
        foreach (var output in Outputs) fields.Message(12, output.Write);
        foreach (var value in ValueInfos) fields.Message(13, value.Write);
    }

    public static GraphProto Parse(ReadOnlyMemory<byte> bytes)
    {
        var graph = new GraphProto();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: graph.Nodes.Add(NodeProto.Parse(reader.Bytes)); break;
                case 2: graph.Name = reader.String; break;
                case 5: graph.Initializers.Add(TensorProto.Parse(reader.Bytes)); break;
                case 11: graph.Inputs.Add(ValueInfoProto.Parse(reader.Bytes)); break;
                case 12: graph.Outputs.Add(ValueInfoProto.Parse(reader.Bytes)); break;
                case 13: graph.ValueInfos.Add(ValueInfoProto.Parse(reader.Bytes)); break;
            }
        }

        return graph;
    }
}
