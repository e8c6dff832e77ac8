using System.Runtime.InteropServices;
using Akimbo.Networks.Onnx.Format;
using Akimbo.Tensors;

namespace Akimbo.Networks.Onnx;

/// <summary>An ONNX graph in the making: nodes and constants, each under a name of its own.</summary>
/// <param name="options">What the graph should be.</param>
internal sealed class OnnxGraphBuilder(OnnxExportOptions options)
{
    private readonly HashSet<string> _names = [];
    private readonly Dictionary<Parameter, string> _parameters = [];

    /// <summary>What has been built.</summary>
    public GraphProto Graph { get; } = new() { Name = options.Name };

    /// <summary>A name that nothing else has: the wanted one, or that with a number.</summary>
    public string Unique(string wanted)
    {
        string name = wanted;
        for (int i = 2; !_names.Add(name); i++) name = $"{wanted}_{i}";
        return name;
    }

    /// <summary>Adds a node with one result.</summary>
    /// <param name="opType">The operator.</param>
    /// <param name="output">The name of the result, from <see cref="Unique"/>; the node has the same.</param>
    /// <param name="inputs">Names of values; empty for an optional one left out.</param>
    /// <param name="attributes">The operator's settings.</param>
    /// <returns><paramref name="output"/>.</returns>
    public string Add(string opType, string output, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeProto> attributes)
    {
        Graph.Nodes.Add(new NodeProto { Name = output, OpType = opType, Inputs = inputs, Outputs = [output], Attributes = attributes });
        return output;
    }

    /// <summary>Adds float constants.</summary>
    /// <returns>The name.</returns>
    public string Constant(string name, IReadOnlyList<long> dims, ReadOnlySpan<float> values) => Constant(name, OnnxType.Float, dims, MemoryMarshal.AsBytes(values));

    /// <summary>Adds integer constants.</summary>
    /// <returns>The name.</returns>
    public string Constant(string name, IReadOnlyList<long> dims, ReadOnlySpan<long> values) => Constant(name, OnnxType.Int64, dims, MemoryMarshal.AsBytes(values));

    /// <summary>Adds a network's parameter, once.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="InvalidOperationException">It has no value.</exception>
    public string Parameter(Parameter parameter)
    {
        if (!_parameters.TryGetValue(parameter, out string? name))
            _parameters.Add(parameter, name = Constant(parameter.Name, Dims(parameter.Shape), parameter.Value.Span));
        return name;
    }

    /// <summary>Declares a value that the caller gives.</summary>
    public void Input(string name, OnnxType type, Shape shape) => Graph.Inputs.Add(Describe(name, type, shape));

    /// <summary>Declares a value that the caller gets.</summary>
    public void Output(string name, Shape shape) => Graph.Outputs.Add(Describe(name, OnnxType.Float, shape));

    /// <summary>Records the shape of a value in between.</summary>
    public void ValueInfo(string name, Shape shape) => Graph.ValueInfos.Add(Describe(name, OnnxType.Float, shape));

    /// <summary>A shape in the format's integers.</summary>
    public static long[] Dims(Shape shape) => [.. shape.Select(length => (long)length)];

    private ValueInfoProto Describe(string name, OnnxType type, Shape shape) => new()
    {
        Name = name,
        Type = type,
        Dims = [.. shape.Select((length, i) => i == 0 && options.DynamicBatch ? new OnnxDim(0, "N") : length)],
    };

    private string Constant(string name, OnnxType type, IReadOnlyList<long> dims, ReadOnlySpan<byte> bytes)
    {
        name = Unique(name);
        Graph.Initializers.Add(new TensorProto { Name = name, Type = type, Dims = dims, RawData = bytes.ToArray() });
        return name;
    }
}
