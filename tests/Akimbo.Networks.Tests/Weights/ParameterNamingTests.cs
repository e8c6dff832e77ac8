using Akimbo.Networks.Layers;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Tests.Weights;

public sealed class ParameterNamingTests
{
    private static readonly ParameterNaming Library = new("library", [("last.", "head.last."), ("", "backbone.")]);

    [Theory]
    [InlineData("first.weight", "backbone.first.weight")]
    [InlineData("last.weight", "head.last.weight")]
    [InlineData("lasting.weight", "backbone.lasting.weight")]
    public void Translate_Name_FollowsTheFirstRuleThatFits(string own, string translated) => Assert.Equal(translated, Library.Translate(own));

    [Fact]
    public void Translate_NoRuleFits_KeepsTheName() =>
        Assert.Equal("c.weight", new ParameterNaming("library", [("a.", "b.")]).Translate("c.weight"));

    [Theory]
    [InlineData("", false)]
    [InlineData("module.", false)]
    [InlineData("", true)]
    [InlineData("model.module.", true)]
    public void Load_OwnOrOtherNamesUnderAPrefix_FillsAllParameters(string prefix, bool translated)
    {
        var network = new TwoLayers();
        var tensors = Tensors(network, name => prefix + (translated ? Library.Translate(name) : name));

        Assert.Equal(4, network.CountMatches(tensors));
        network.Load(tensors, "test");

        Assert.All(network.Parameters, (parameter, i) => Assert.Equal(i, parameter.Value.Span[0]));
    }

    [Fact]
    public void Load_OneNameOfAnotherNaming_IsMissingAndUnexpected()
    {
        var network = new TwoLayers();
        var tensors = Tensors(network, name => name == "last.bias" ? name : Library.Translate(name));

        var error = Assert.Throws<ModelWeightsException>(() => network.Load(tensors, "test"));

        Assert.Equal(["head.last.bias"], error.Missing);
        Assert.Equal(["last.bias"], error.Unexpected);
        Assert.All(network.Parameters, parameter => Assert.False(parameter.HasValue));
    }

    [Fact]
    public void Load_NameThatTheNetworkLacks_IsReportedWithoutThePrefix()
    {
        var network = new TwoLayers();
        var tensors = Tensors(network, name => "module." + Library.Translate(name));
        tensors.Add("module.head.last.scale", StoredTensor.Create<float>([1], [0]));

        var error = Assert.Throws<ModelWeightsException>(() => network.Load(tensors, "test"));

        Assert.Equal(["head.last.scale"], error.Unexpected);
    }

    private static Dictionary<string, StoredTensor> Tensors(Network network, Func<string, string> name)
    {
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var parameter in network.Parameters)
        {
            float[] values = new float[parameter.Shape.ElementCount];
            values[0] = tensors.Count;
            tensors.Add(name(parameter.Name), StoredTensor.Create<float>(parameter.Shape, values));
        }

        return tensors;
    }

    private sealed class TwoLayers : Network
    {
        private readonly Conv2d _first;
        private readonly Conv2d _last;

        public TwoLayers() : this(new ParameterScope())
        {
        }

        private TwoLayers(ParameterScope root) : base(root)
        {
            _first = new Conv2d(root / "first", inChannels: 3, outChannels: 2, kernelSize: 1);
            _last = new Conv2d(root / "last", inChannels: 2, outChannels: 1, kernelSize: 1);
        }

        public override string Name => "TwoLayers";

        public override IReadOnlyList<ParameterNaming> Namings => [Library];

        public override IReadOnlyList<Value> Forward(Value input) => [_last.Forward(_first.Forward(input))];
    }
}
