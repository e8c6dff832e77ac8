using Akimbo.Networks.Onnx;
using Akimbo.Networks.Onnx.Format;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Tests.Onnx;

/// <summary>An exported file for one test.</summary>
internal sealed class ExportedModel : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("akimbo-onnx-test-");

    public ExportedModel(Graph graph, OnnxExportOptions? options = null)
    {
        OnnxExport.Save(graph, Path, options);
        Model = ModelProto.Parse(File.ReadAllBytes(Path));
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "model.onnx");

    /// <summary>What the file says.</summary>
    public ModelProto Model { get; }

    public GraphProto Graph => Model.Graph;

    /// <summary>Runs it in ONNX Runtime on its only input.</summary>
    public IReadOnlyDictionary<string, Tensor> Run(StoredTensor input) =>
        OnnxRuntimePeer.Find()!.Run(Path, new Dictionary<string, StoredTensor> { [Graph.Inputs[0].Name] = input });

    /// <summary>Runs it in ONNX Runtime and gives the outputs in order.</summary>
    public IReadOnlyList<Tensor> Run(Tensor input)
    {
        var outputs = Run(StoredTensor.Create<float>(input.Shape, input.Span));
        return [.. Graph.Outputs.Select(output => outputs[output.Name])];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
