using Akimbo.Networks.Onnx.Format;

namespace Akimbo.Networks.Onnx;

/// <summary>
/// Reads an ONNX file back and checks its structure: every value is made once and before it is read, constants have as many
/// bytes as their shapes need, the weights of a node fit each other and its input, and nothing is left over.
/// </summary>
public static class OnnxCheck
{
    private static readonly OnnxDim[] Unknown = [];

    /// <summary>Checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">Something is wrong; the message names the node or the constant.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static void File(string path) => Model(ModelProto.Parse(System.IO.File.ReadAllBytes(path)));

    internal static void Model(ModelProto model)
    {
        if (model.Opset is < OnnxExportOptions.MinOpset or > OnnxExportOptions.MaxOpset)
            throw new InvalidDataException($"The model uses opset {model.Opset}; expected {OnnxExportOptions.MinOpset} to {OnnxExportOptions.MaxOpset}.");
        if (model.IrVersion < 1) throw new InvalidDataException("The model has no format version.");
        Graph(model.Graph);
    }

    private static void Graph(GraphProto graph)
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in graph.Inputs) Define(input.Name, "an input");
        foreach (var tensor in graph.Initializers)
        {
            Define(tensor.Name, "a constant");
            Tensor(tensor);
        }

        var shapes = new Dictionary<string, IReadOnlyList<OnnxDim>>(StringComparer.Ordinal);
        foreach (var value in graph.Inputs.Concat(graph.ValueInfos).Concat(graph.Outputs)) shapes[value.Name] = value.Dims;
        foreach (var tensor in graph.Initializers) shapes[tensor.Name] = [.. tensor.Dims.Select(dim => (OnnxDim)dim)];

        var read = new HashSet<string>(StringComparer.Ordinal);
        var nodeNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (node.OpType.Length == 0) throw new InvalidDataException($"Node '{node.Name}' has no operator.");
            if (!nodeNames.Add(node.Name)) throw new InvalidDataException($"Two nodes are called '{node.Name}'.");
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !defined.Contains(input)) throw new InvalidDataException($"{node} reads '{input}', which nothing before it makes.");
                read.Add(input);
            }

            Weights(node, name => shapes.GetValueOrDefault(name, Unknown));
            foreach (string output in node.Outputs) Define(output, node.ToString());
        }

        if (graph.Outputs.Count == 0) throw new InvalidDataException("The graph has no outputs.");
        foreach (var output in graph.Outputs)
        {
            if (!defined.Contains(output.Name)) throw new InvalidDataException($"Nothing makes the output '{output.Name}'.");
            read.Add(output.Name);
        }

        if (defined.FirstOrDefault(name => !read.Contains(name)) is { } unread) throw new InvalidDataException($"Nothing reads '{unread}'.");
        if (graph.ValueInfos.FirstOrDefault(value => !defined.Contains(value.Name)) is { } missing) throw new InvalidDataException($"'{missing.Name}' has a shape, but nothing makes it.");

        void Define(string name, string maker)
        {
            if (name.Length == 0) throw new InvalidDataException($"{maker} has no name.");
            if (!defined.Add(name)) throw new InvalidDataException($"'{name}' is made a second time, by {maker}.");
        }
    }

    private static void Tensor(TensorProto tensor)
    {
        int size = tensor.Type switch
        {
            OnnxType.Float => sizeof(float),
            OnnxType.Int64 => sizeof(long),
            OnnxType.UInt8 or OnnxType.Bool => 1,
            _ => throw new InvalidDataException($"Constant '{tensor.Name}' has the type {(int)tensor.Type}, which is not expected."),
        };
        Int128 expected = size;
        foreach (long dim in tensor.Dims)
        {
            if (dim is < 0 or > int.MaxValue || expected > int.MaxValue) throw new InvalidDataException($"Constant '{tensor.Name}' has the shape [{string.Join(", ", tensor.Dims)}].");
            expected *= dim;
        }

        if (tensor.RawData.Length != expected)
            throw new InvalidDataException($"Constant '{tensor.Name}' of shape [{string.Join(", ", tensor.Dims)}] has {tensor.RawData.Length} bytes; expected {expected}.");
    }

    private static void Weights(NodeProto node, Func<string, IReadOnlyList<OnnxDim>> shapeOf)
    {
        if (node.OpType is not ("Conv" or "ConvTranspose" or "BatchNormalization")) return;
        if (node.Inputs.Count < 2) throw new InvalidDataException($"{node} has {node.Inputs.Count} inputs; expected weights.");
        var input = shapeOf(node.Inputs[0]);
        var weight = shapeOf(node.Inputs[1]);
        long channels = input.Count == 4 && input[1].Name is null ? input[1].Length : -1;
        if (node.OpType == "BatchNormalization")
        {
            if (node.Inputs.Count != 5) throw new InvalidDataException($"{node} has {node.Inputs.Count} inputs; expected 5.");
            foreach (string name in node.Inputs.Skip(1)) Expect(node, name, shapeOf(name), [channels < 0 ? weight[0] : channels]);
            return;
        }

        if (weight.Count != 4) throw new InvalidDataException($"{node}: the weight '{node.Inputs[1]}' is [{string.Join(", ", weight)}]; expected four dimensions.");
        long groups = node.Attributes.FirstOrDefault(attribute => attribute.Name == "group")?.I ?? 1;
        bool isTransposed = node.OpType == "ConvTranspose";
        long expected = isTransposed ? weight[0].Length : weight[1].Length * groups;
        if (channels >= 0 && channels != expected)
            throw new InvalidDataException($"{node}: the input '{node.Inputs[0]}' has {channels} channels; the weight [{string.Join(", ", weight)}] expects {expected}.");
        if (node.Inputs.Count > 2) Expect(node, node.Inputs[2], shapeOf(node.Inputs[2]), [isTransposed ? weight[1].Length * groups : weight[0]]);
        var kernel = node.Attributes.FirstOrDefault(attribute => attribute.Name == "kernel_shape")?.Ints ?? [];
        if (!kernel.SequenceEqual(weight.Skip(2).Select(dim => dim.Length)))
            throw new InvalidDataException($"{node}: kernel_shape is [{string.Join(", ", kernel)}]; the weight is [{string.Join(", ", weight)}].");
    }

    private static void Expect(NodeProto node, string name, IReadOnlyList<OnnxDim> shape, OnnxDim[] expected)
    {
        if (!shape.SequenceEqual(expected))
            throw new InvalidDataException($"{node}: '{name}' is [{string.Join(", ", shape)}]; expected [{string.Join(", ", expected)}].");
    }
}
