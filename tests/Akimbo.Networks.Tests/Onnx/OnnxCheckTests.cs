using Akimbo.Networks.Onnx;
using Akimbo.Networks.Onnx.Format;
using Google.Protobuf;

namespace Akimbo.Networks.Tests.Onnx;

public sealed class OnnxCheckTests
{
    private static readonly TestNetwork Zoo = OperationZoo.Create();

    [Fact]
    public void Parse_WrittenModel_EverythingComesBack()
    {
        var model = Build();
        byte[] bytes = Bytes(model);
        var read = ModelProto.Parse(bytes);

        Assert.Equal(bytes.Length, ProtoFields.Count(model.Write));
        Assert.Equal(bytes, Bytes(read));
        Assert.Equal(model.Graph.Nodes.Select(node => node.ToString()), read.Graph.Nodes.Select(node => node.ToString()));
    }

    [Fact]
    public void Parse_EveryTruncation_RefusedOrRead()
    {
        byte[] bytes = Bytes(Build());
        int refused = 0;
        for (int length = 0; length < bytes.Length; length += 7)
        {
            try
            {
                ModelProto.Parse(bytes.AsMemory(0, length));
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, bytes.Length / 7 * 9 / 10, bytes.Length);
    }

    [Fact]
    public void Parse_ChangedBytes_NoOtherExceptionThanInvalidData()
    {
        byte[] original = Bytes(Build());
        var random = new Random(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] bytes = [.. original];
            for (int i = 0; i < 4; i++) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var error = Record.Exception(() => OnnxCheck.Model(ModelProto.Parse(bytes)));
            Assert.True(error is null or InvalidDataException, $"trial {trial}: {error}");
        }
    }

    [Fact]
    public void Model_NodesInAnotherOrder_Refused() =>
        AssertRefused(graph => graph.Nodes.Reverse(), "which nothing before it makes");

    [Fact]
    public void Model_NodeTwice_Refused() => AssertRefused(graph => graph.Nodes.Add(graph.Nodes[0]), "Two nodes are called");

    [Fact]
    public void Model_ConstantTwice_Refused() => AssertRefused(graph => graph.Initializers.Add(graph.Initializers[0]), "is made a second time");

    [Fact]
    public void Model_ConstantNobodyReads_Refused() =>
        AssertRefused(graph => graph.Initializers.Add(Change(graph.Initializers[0], name: "extra")), "Nothing reads 'extra'");

    [Fact]
    public void Model_ConstantMissing_Refused() => AssertRefused(graph => graph.Initializers.RemoveAt(0), "which nothing before it makes");

    [Fact]
    public void Model_ConstantTooShort_Refused() => AssertRefused(
        graph => graph.Initializers[0] = Change(graph.Initializers[0], data: graph.Initializers[0].RawData[4..]), "bytes; expected");

    [Fact]
    public void Model_WeightOfAnotherShape_Refused() =>
        AssertRefused(graph => graph.Initializers[0] = Change(graph.Initializers[0], dims: [3, 8, 3, 3]), "has 3 channels; the weight [3, 8, 3, 3] expects 8");

    [Fact]
    public void Model_OutputNobodyMakes_Refused() => AssertRefused(
        graph => graph.Outputs.Add(new ValueInfoProto { Name = "more", Type = OnnxType.Float, Dims = [] }), "Nothing makes the output 'more'");

    [Fact]
    public void Model_OtherOpset_Refused()
    {
        var model = Build();
        var newer = new ModelProto { IrVersion = model.IrVersion, ProducerName = "", Opset = 99, Graph = model.Graph };

        Assert.Contains("opset 99", Assert.Throws<InvalidDataException>(() => OnnxCheck.Model(newer)).Message, StringComparison.Ordinal);
    }

    private static ModelProto Build() => OnnxExport.Build(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions
    {
        ImageInput = new OnnxImageInput { Mean = [0.5f, 0.5f, 0.5f], Std = [1, 1, 1] },
        Peaks = new OnnxPeaks { Output = 0, Count = 4, Rule = OnnxPeakRule.QuarterOffset },
        Metadata = new Dictionary<string, string> { ["key"] = "value" },
    });

    private static byte[] Bytes(ModelProto model)
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true)) ProtoFields.Write(stream, model.Write);
        return memory.ToArray();
    }

    private static TensorProto Change(TensorProto tensor, string? name = null, IReadOnlyList<long>? dims = null, ReadOnlyMemory<byte>? data = null) =>
        new() { Name = name ?? tensor.Name, Type = tensor.Type, Dims = dims ?? tensor.Dims, RawData = data ?? tensor.RawData };

    private static void AssertRefused(Action<GraphProto> damage, string why)
    {
        var model = OnnxExport.Build(Zoo.Trace([1, 3, 16, 24]), new OnnxExportOptions());
        OnnxCheck.Model(model);
        damage(model.Graph);
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => OnnxCheck.Model(model)).Message, StringComparison.Ordinal);
    }
}
