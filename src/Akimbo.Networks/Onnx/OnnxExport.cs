using Akimbo.Networks.Onnx.Format;
using Akimbo.Networks.Operations;
using Google.Protobuf;

namespace Akimbo.Networks.Onnx;

/// <summary>
/// Writes a graph with its parameters as an ONNX model
/// (<see href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx/onnx, onnx.proto</see>).
/// </summary>
public static class OnnxExport
{
    /// <summary>What a model says made it.</summary>
    public const string Producer = "Akimbo";

    /// <summary>
    /// Writes the file. It appears under its name only when it is complete and has passed <see cref="OnnxCheck"/>. The network's
    /// input is called <c>input</c>, its outputs <c>output_0</c>, <c>output_1</c> …
    /// </summary>
    /// <param name="graph">The graph; its parameters have values.</param>
    /// <param name="path">The file to write; its folder must exist.</param>
    /// <param name="options">How to write it.</param>
    /// <exception cref="ArgumentException">The options do not fit the graph; the message says which.</exception>
    /// <exception cref="InvalidOperationException">A parameter has no value.</exception>
    /// <exception cref="NotSupportedException">An operation has no ONNX operator, or the model exceeds the format's 2 GB.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Graph graph, string path, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var model = Build(graph, options ?? new OnnxExportOptions());
        ThrowIfTooLong(ProtoFields.Count(model.Write));
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) throw new DirectoryNotFoundException($"The folder of {path} does not exist.");
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            using (var stream = new CodedOutputStream(file)) ProtoFields.Write(stream, model.Write);
            OnnxCheck.File(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    internal static ModelProto Build(Graph graph, OnnxExportOptions options)
    {
        if (options.Opset is < OnnxExportOptions.MinOpset or > OnnxExportOptions.MaxOpset)
            throw new ArgumentException($"Opset {options.Opset} was asked for; expected {OnnxExportOptions.MinOpset} to {OnnxExportOptions.MaxOpset}.", nameof(options));
        if (options.Peaks is { } wanted && (wanted.Output < 0 || wanted.Output >= graph.Outputs.Count))
            throw new ArgumentException($"Peaks of output {wanted.Output} were asked for; the network has {graph.Outputs.Count} outputs, from 0.", nameof(options));
        ThrowIfTooLong(sizeof(float) * graph.Values.SelectMany(value => value.Operation.Parameters).Distinct().Sum(parameter => parameter.Shape.ElementCount));

        var builder = new OnnxGraphBuilder(options);
        string[] outputs = AddNetwork(graph, options, builder);
        if (options.Peaks is { } peaks)
        {
            string name = builder.Unique(peaks.Name);
            var heatmaps = graph.Outputs[peaks.Output];
            OnnxPeakNodes.Add(builder, peaks, outputs[peaks.Output], heatmaps.Shape, name);
            builder.Output(name, [heatmaps.Shape[0], peaks.Count, 3]);
        }

        for (int i = 0; i < outputs.Length; i++) builder.Output(outputs[i], graph.Outputs[i].Shape);
        return new ModelProto
        {
            IrVersion = IrVersionOf(options.Opset),
            ProducerName = Producer,
            ProducerVersion = typeof(OnnxExport).Assembly.GetName().Version?.ToString(3) ?? "",
            Opset = options.Opset,
            Graph = builder.Graph,
            Metadata = [.. options.Metadata],
        };
    }

    /// <summary>Adds everything from the input to the network's outputs, whose names are returned.</summary>
    private static string[] AddNetwork(Graph graph, OnnxExportOptions options, OnnxGraphBuilder builder)
    {
        string[] outputs = [.. graph.Outputs.Select((_, i) => builder.Unique($"output_{i}"))];
        string[] names = new string[graph.Values.Count];
        names[graph.Input.Index] = AddInput(graph, options, builder);

        int[] uses = graph.CountUses();
        var folded = options.FoldBatchNorm ? FoldedConvolutions(graph, uses) : [];
        var operations = new OnnxOperations(builder);
        foreach (var value in graph.Values)
        {
            if (value == graph.Input || uses[value.Index] == 0 || folded.Contains(value)) continue;
            string name = names[value.Index] = NameOf(value);
            if (value.Operation is BatchNormalize normalize && folded.Contains(value.Inputs[0]))
                operations.AddFolded((Convolve)value.Inputs[0].Operation, normalize, names[value.Inputs[0].Inputs[0].Index], name);
            else
                operations.Add(value, [.. value.Inputs.Select(input => names[input.Index])], name);
            if (!outputs.Contains(name)) builder.ValueInfo(name, value.Shape);
        }

        // The input itself, or a value given twice.
        for (int i = 0; i < outputs.Length; i++)
            if (names[graph.Outputs[i].Index] != outputs[i]) builder.Add("Identity", outputs[i], [names[graph.Outputs[i].Index]]);
        return outputs;

        string NameOf(Value value)
        {
            for (int i = 0; i < outputs.Length; i++)
                if (graph.Outputs[i] == value) return outputs[i];
            return builder.Unique(value.Operation.Name.Length > 0 ? value.Operation.Name : $"{value.Operation.Kind}_{value.Index}");
        }
    }

    private static string AddInput(Graph graph, OnnxExportOptions options, OnnxGraphBuilder builder)
    {
        if (options.ImageInput is { } image) return OnnxImageNodes.Add(builder, image, graph.Input.Shape);
        string name = builder.Unique("input");
        builder.Input(name, OnnxType.Float, graph.Input.Shape);
        return name;
    }

    /// <summary>The convolutions that only a BatchNorm reads.</summary>
    private static HashSet<Value> FoldedConvolutions(Graph graph, int[] uses) =>
    [
        .. from value in graph.Values
           where value.Operation is BatchNormalize && uses[value.Index] > 0
           let input = value.Inputs[0]
           where input.Operation is Convolve && uses[input.Index] == 1
           select input,
    ];

    /// <summary>The file format of the ONNX release that brought an opset (onnx/onnx, docs/Versioning.md).</summary>
    private static long IrVersionOf(int opset) => opset switch
    {
        <= 14 => 7,
        <= 18 => 8,
        <= 20 => 9,
        <= 22 => 10,
        _ => 11,
    };

    private static void ThrowIfTooLong(long bytes)
    {
        if (bytes > int.MaxValue)
            throw new NotSupportedException($"The model would take {bytes / 1e9:0.0} GB; an ONNX file holds at most 2 GB, the limit of protocol buffers.");
    }
}
