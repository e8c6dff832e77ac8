using System.Runtime.InteropServices;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Onnx;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Tests.Onnx;

public sealed class OnnxExportTests
{
    private static readonly TestNetwork Zoo = OperationZoo.Create();

    [Fact]
    public void Zoo_AllOperations_EveryKindThatThereIs()
    {
        var kinds = typeof(Operation).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract);

        Assert.Equal(kinds.ToHashSet(), Zoo.Trace([1, 3, 16, 24]).Values.Select(value => value.Operation.GetType()).ToHashSet());
    }

    [Fact]
    public void Save_Zoo_InputsOutputsAndShapes()
    {
        var graph = Zoo.Trace([2, 3, 16, 24]);
        using var exported = new ExportedModel(graph);

        Assert.Equal(17, exported.Model.Opset);
        Assert.Equal(8, exported.Model.IrVersion);
        Assert.Equal("Akimbo", exported.Model.ProducerName);
        Assert.Equal(["input"], exported.Graph.Inputs.Select(input => input.Name));
        Assert.Equal([2, 3, 16, 24], exported.Graph.Inputs[0].Dims.Select(dim => dim.Length));
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"output_{i}"), exported.Graph.Outputs.Select(output => output.Name));
        Assert.Equal(graph.Outputs.Select(output => output.Shape.Select(length => (long)length)), exported.Graph.Outputs.Select(output => output.Dims.Select(dim => dim.Length)));
    }

    [Fact]
    public void Save_BatchNormKept_InitialisersAreTheParameters()
    {
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions { FoldBatchNorm = false });

        var parameters = Zoo.Parameters.Where(parameter => !parameter.IsOptional).ToDictionary(parameter => parameter.Name);
        var initialisers = exported.Graph.Initializers.Where(tensor => parameters.ContainsKey(tensor.Name)).ToList();
        Assert.Equal(parameters.Count, initialisers.Count);
        foreach (var tensor in initialisers)
        {
            Assert.Equal(parameters[tensor.Name].Shape.Select(length => (long)length), tensor.Dims);
            Assert.True(parameters[tensor.Name].Value.Span.SequenceEqual(MemoryMarshal.Cast<byte, float>(tensor.RawData.Span)), tensor.Name);
        }

        Assert.Equal(3, exported.Graph.Nodes.Count(node => node.OpType == "BatchNormalization"));
    }

    [Fact]
    public void Save_BatchNormFolded_OnlyThatBehindASumIsLeft()
    {
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]));

        Assert.Equal(["sum_norm"], exported.Graph.Nodes.Where(node => node.OpType == "BatchNormalization").Select(node => node.Inputs[1].Split('.')[0]));
        var stem = exported.Graph.Nodes.Single(node => node.Inputs.Contains("stem.weight"));
        Assert.Equal(["input", "stem.weight", "stem.bias"], stem.Inputs);
    }

    [Fact]
    public void Save_DynamicBatch_FirstDimensionsAreNamed()
    {
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions { DynamicBatch = true });

        Assert.All(exported.Graph.Inputs.Concat(exported.Graph.Outputs).Concat(exported.Graph.ValueInfos), value => Assert.Equal("N", value.Dims[0].Name));
    }

    [Fact]
    public void Save_Metadata_ComesBack()
    {
        using var exported = new ExportedModel(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions
        {
            Name = "zoo",
            Metadata = new Dictionary<string, string> { ["keypoints"] = "[\"nose\"]", ["größe"] = "16×24" },
        });

        Assert.Equal("zoo", exported.Graph.Name);
        Assert.Equal([new("keypoints", "[\"nose\"]"), new("größe", "16×24")], exported.Model.Metadata);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(24)]
    public void Save_OpsetOutOfRange_Refused(int opset)
    {
        var error = Assert.Throws<ArgumentException>(() => new ExportedModel(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions { Opset = opset }));

        Assert.Contains($"Opset {opset} was asked for; expected 13 to 23.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_PeaksThatDoNotFit_Refused()
    {
        var graph = Zoo.Trace([1, 3, 16, 24]);
        var peaks = new OnnxPeaks { Output = 8, Count = 4, Rule = OnnxPeakRule.ArgMax };

        Assert.Contains("the network has 8 outputs", Refused(peaks).Message, StringComparison.Ordinal);
        Assert.Contains("7 heatmaps were asked for; output 0 is [1, 6, 16, 24]", Refused(peaks with { Output = 0, Count = 7 }).Message, StringComparison.Ordinal);

        ArgumentException Refused(OnnxPeaks wrong) => Assert.Throws<ArgumentException>(() => new ExportedModel(graph, new OnnxExportOptions { Peaks = wrong }));
    }

    [Fact]
    public void Save_MoreThanTwoGigabytes_RefusedWithoutReadingWeights()
    {
        var scope = new ParameterScope();
        var huge = new Conv2d(scope / "huge", inChannels: 24_000, outChannels: 24_000, kernelSize: 1, bias: false);
        var graph = Graph.Trace([1, 24_000, 1, 1], x => [huge.Forward(x)]);

        var error = Assert.Throws<NotSupportedException>(() => new ExportedModel(graph));

        Assert.Contains("2.3 GB; an ONNX file holds at most 2 GB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Save_NoWeights_RefusedAndNothingLeftBehind()
    {
        var folder = Directory.CreateTempSubdirectory("akimbo-onnx-test-");
        var convolution = new Conv2d(new ParameterScope() / "head", inChannels: 3, outChannels: 4, kernelSize: 1);

        var error = Assert.Throws<InvalidOperationException>(() =>
            OnnxExport.Save(Graph.Trace([1, 3, 8, 8], x => [convolution.Forward(x)]), Path.Combine(folder.FullName, "model.onnx")));

        Assert.Contains("head.weight has no value", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.EnumerateFiles());
        folder.Delete();
    }

    [Fact]
    public void Save_OperationWithoutOperator_NamedInTheError()
    {
        var error = Assert.Throws<NotSupportedException>(() => new ExportedModel(Graph.Trace([1, 3, 8, 8], x => [x.Apply(new Unheard())])));

        Assert.Contains("there is no ONNX operator for Unheard", error.Message, StringComparison.Ordinal);
    }

    private sealed class Unheard() : Operation("")
    {
        public override string Kind => "Unheard";

        public override Tensors.Shape InferShape(IReadOnlyList<Tensors.Shape> inputs) => inputs[0];

        public override void Evaluate(IReadOnlyList<Tensors.Tensor> inputs, Tensors.Tensor output) => inputs[0].Span.CopyTo(output.Span);
    }
}
