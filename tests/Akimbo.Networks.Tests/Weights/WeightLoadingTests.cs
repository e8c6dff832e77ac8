using Akimbo.Networks.Layers;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Tests.Weights;

public sealed class WeightLoadingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-").FullName;
    private readonly TestNetwork _network = SmallNetwork(seed: 1);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("module.")]
    [InlineData("model.")]
    [InlineData("model.module.")]
    public void Load_NamesUnderAPrefix_FillsEveryParameter(string prefix)
    {
        var other = SmallNetwork(seed: 2);
        var tensors = StateDict(other, prefix);
        Assert.Equal(_network.Parameters.Count, _network.CountMatches(tensors));

        _network.Load(tensors, "a test");

        AssertSameValues(other, _network);
    }

    [Fact]
    public void Load_WithoutTheOptionalCounter_MakesItZero()
    {
        var tensors = StateDict(SmallNetwork(seed: 2));
        tensors.Remove("bn.num_batches_tracked");

        _network.Load(tensors, "a test");

        Assert.Equal([0f], _network["bn.num_batches_tracked"].Value.Span.ToArray());
        Assert.Equal(_network.Parameters.Count - 1, _network.CountMatches(tensors));
    }

    [Fact]
    public void Load_WeightsOfAnotherNetwork_SaysAllThatDiffersInOneMessage()
    {
        var tensors = StateDict(SmallNetwork(seed: 2), "module.");
        tensors = Rename(tensors, "module.conv.bias", "module.conv.biass");
        tensors = Rename(tensors, "module.bn.running_mean", "module.bn.running_mena");
        tensors["module.head.0.classifier"] = Stored([1], [1f]);
        tensors["epoch"] = Stored([], [1f]);
        tensors["module.bn.weight"] = Stored([3], [1f, 2, 3]);
        tensors["module.conv.weight"] = Stored([3, 4, 1, 1], new float[12]);

        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(tensors, "weights.pth"));

        Assert.Equal("""
            weights.pth does not fit TestNetwork: 2 missing, 4 unexpected, 2 of another shape.
              missing: conv.bias (nearest: conv.biass)
              missing: bn.running_mean (nearest: bn.running_mena)
              unexpected: conv.biass (nearest: conv.bias)
              unexpected: bn.running_mena (nearest: bn.running_mean)
              unexpected: head.0.classifier
              unexpected: epoch
              shape: conv.weight is [3, 4, 1, 1], expected [4, 3, 1, 1]
              shape: bn.weight is [3], expected [4]
            """.ReplaceLineEndings("\n"), error.Message);
        Assert.Equal(["conv.bias", "bn.running_mean"], error.Missing);
        Assert.Equal(["conv.biass", "bn.running_mena", "head.0.classifier", "epoch"], error.Unexpected);
        Assert.Equal(["conv.weight is [3, 4, 1, 1], expected [4, 3, 1, 1]", "bn.weight is [3], expected [4]"], error.Misshapen);
    }

    [Fact]
    public void Load_ManyNamesThatDiffer_ShowsTheFirstAndCountsTheRest()
    {
        var tensors = Enumerable.Range(0, 1000).ToDictionary(i => $"layer.{i}", _ => Stored([1], [1f]));

        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(tensors, "weights.pth"));

        string[] lines = error.Message.Split('\n');
        Assert.Equal("weights.pth does not fit TestNetwork: 6 missing, 1000 unexpected, 0 of another shape.", lines[0]);
        Assert.Equal(1 + 6 + 12 + 1, lines.Length);
        Assert.Equal("  unexpected: … and 988 more", lines[^1]);
        Assert.Equal(1000, error.Unexpected.Count);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("unexpected")]
    [InlineData("misshapen")]
    public void Load_ThatFails_ChangesNothing(string fault)
    {
        var before = SmallNetwork(seed: 1);
        var tensors = StateDict(SmallNetwork(seed: 2));
        if (fault == "missing") tensors.Remove("bn.running_var");
        else tensors[fault == "unexpected" ? "more" : "bn.running_var"] = Stored([2], [1f, 2]);

        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(tensors, "a test"));

        Assert.Equal(1, error.Missing.Count + error.Unexpected.Count + error.Misshapen.Count);
        AssertSameValues(before, _network);
    }

    [Fact]
    public void Load_OptionalParameterOfAnotherShape_IsRefused()
    {
        var tensors = StateDict(SmallNetwork(seed: 2));
        tensors["bn.num_batches_tracked"] = Stored([2], [1f, 2]);

        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(tensors, "a test"));

        Assert.Equal(["bn.num_batches_tracked is [2], expected []"], error.Misshapen);
    }

    [Fact]
    public void Load_NamesOfWhichOnlySomeHaveThePrefix_IsRefused()
    {
        var tensors = StateDict(SmallNetwork(seed: 2), "module.");
        tensors = Rename(tensors, "module.conv.weight", "conv.weight");

        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(tensors, "a test"));

        Assert.Equal(["conv.weight"], error.Missing);
        Assert.Equal(["conv.weight"], error.Unexpected);
    }

    [Fact]
    public void Load_OtherNumberFormats_AreConverted()
    {
        float[] exact = [1, -0.5f, 0.25f, 3];
        var tensors = StateDict(SmallNetwork(seed: 2));
        tensors["conv.bias"] = Stored([4], exact.Select(value => (Half)value).ToArray());
        tensors["bn.weight"] = Stored([4], exact.Select(value => (double)value).ToArray());
        tensors["bn.num_batches_tracked"] = Stored([], [7L]);

        _network.Load(tensors, "a test");

        Assert.Equal(exact, _network["conv.bias"].Value.Span.ToArray());
        Assert.Equal(exact, _network["bn.weight"].Value.Span.ToArray());
        Assert.Equal([7f], _network["bn.num_batches_tracked"].Value.Span.ToArray());
    }

    [Fact]
    public void Load_BFloat16File_IsConverted()
    {
        byte[] data = [0x80, 0x3f, 0x00, 0xc0, 0x80, 0x3e, 0x00, 0x00];
        byte[] header = System.Text.Encoding.UTF8.GetBytes("""{"b":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""");
        string path = Path.Combine(_folder, "half.safetensors");
        File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);
        var network = TestNetwork.Of(scope =>
        {
            scope.Parameter("b", [4]);
            return x => x;
        });

        network.Load(path);

        Assert.Equal([1f, -2, 0.25f, 0], network["b"].Value.Span.ToArray());
    }

    [Fact]
    public void Load_File_NamesItInTheMessage()
    {
        string path = Path.Combine(_folder, "weights.safetensors");
        var other = SmallNetwork(seed: 2);
        Safetensors.Save(path, StateDict(other));
        _network.Load(path);
        AssertSameValues(other, _network);

        Safetensors.Save(path, new Dictionary<string, StoredTensor> { ["x"] = Stored([1], [1f]) });
        var error = Assert.Throws<ModelWeightsException>(() => _network.Load(path));
        Assert.StartsWith($"{path} does not fit TestNetwork: 6 missing, 1 unexpected", error.Message, StringComparison.Ordinal);

        Assert.Throws<FileNotFoundException>(() => _network.Load(Path.Combine(_folder, "none")));
    }

    [Fact]
    public void CountMatches_CountsNamesWhoseShapesFit()
    {
        var tensors = StateDict(SmallNetwork(seed: 2), "model.");
        tensors["model.conv.weight"] = Stored([3, 4, 1, 1], new float[12]);
        tensors.Remove("model.conv.bias");
        tensors["model.more"] = Stored([1], [1f]);

        Assert.Equal(_network.Parameters.Count - 2, _network.CountMatches(tensors));
        Assert.Equal(0, _network.CountMatches(new Dictionary<string, StoredTensor> { ["conv.unknown"] = Stored([1], [1f]) }));
    }

    private static TestNetwork SmallNetwork(int seed) => TestNetwork.Of(scope =>
    {
        var conv = new Conv2d(scope / "conv", inChannels: 3, outChannels: 4, kernelSize: 1);
        var norm = new BatchNorm2d(scope / "bn", channels: 4);
        return x => norm.Forward(conv.Forward(x));
    }, seed);

    private static Dictionary<string, StoredTensor> StateDict(Network network, string prefix = "") =>
        network.Parameters.ToDictionary(parameter => prefix + parameter.Name, parameter => Stored<float>(parameter.Shape, parameter.Value.Span));

    private static StoredTensor Stored<T>(Shape shape, ReadOnlySpan<T> values) where T : unmanaged => StoredTensor.Create(shape, values);

    private static StoredTensor Stored<T>(Shape shape, T[] values) where T : unmanaged => StoredTensor.Create<T>(shape, values);

    private static Dictionary<string, StoredTensor> Rename(Dictionary<string, StoredTensor> tensors, string from, string to) =>
        tensors.ToDictionary(tensor => tensor.Key == from ? to : tensor.Key, tensor => tensor.Value);

    private static void AssertSameValues(Network expected, Network actual) =>
        Assert.Equal(expected.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray()),
            actual.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray()));
}
