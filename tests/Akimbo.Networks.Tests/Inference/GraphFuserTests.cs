using Akimbo.Networks.Inference;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>What becomes one kernel call, and what must not; that the results stay right is for <see cref="RandomNetworkTests"/>.</summary>
public sealed class GraphFuserTests
{
    private const int Channels = 6;

    [Fact]
    public void Fuse_ConvolutionNormActivation_IsOneNode()
    {
        var node = Assert.Single(Fuse(layers => x => layers.Norm("bn").Forward(layers.Conv("a").Forward(x)).Relu6()));

        Assert.Equal("Conv2d a", node.ToString());
        Assert.Equal(["bn"], NamesFolded(node));
        Assert.Equal(ActivationRange.Relu6, node.Range);
        Assert.Null(node.Residual);
    }

    [Fact]
    public void Fuse_TransposedConvolutionNormActivation_IsOneNode()
    {
        var node = Assert.Single(Fuse(layers =>
        {
            var transposed = new ConvTranspose2d(layers.Scope / "up", Channels, Channels, kernelSize: 4, stride: 2, padding: 1);
            var norm = layers.Norm("bn");
            return x => norm.Forward(transposed.Forward(x)).Relu();
        }));

        Assert.Equal("ConvTranspose2d up +bn relu", Describe(node));
    }

    [Fact]
    public void Fuse_TwoNorms_FoldsBothInOrder() =>
        Assert.Equal(["Conv2d a +first +second"], Describe(layers => x =>
            layers.Norm("second").Forward(layers.Norm("first").Forward(layers.Conv("a").Forward(x)))));

    [Fact]
    public void Fuse_ConvolutionPlusEarlierValue_AddsInTheConvolution() =>
        Assert.Equal(["Conv2d a", "Conv2d b, adds Conv2d a relu"], Describe(layers =>
        {
            var (a, b) = (layers.Conv("a"), layers.Conv("b"));
            return x =>
            {
                var first = a.Forward(x);
                return (b.Forward(first) + first).Relu();
            };
        }));

    [Fact]
    public void Fuse_ConvolutionPlusInput_AddsInTheConvolution() =>
        Assert.Equal(["Conv2d a, adds Input"], Describe(layers => x => x + layers.Conv("a").Forward(x)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fuse_SumOfTwoConvolutions_AddsInTheLater(bool laterFirst) =>
        Assert.Equal(["Conv2d a", "Conv2d b, adds Conv2d a"], Describe(layers =>
        {
            var (a, b) = (layers.Conv("a"), layers.Conv("b"));
            return x =>
            {
                var (first, second) = (a.Forward(x), b.Forward(x));
                return laterFirst ? second + first : first + second;
            };
        }));

    [Fact]
    public void Fuse_ConvolutionThatAddsAlready_TakesNoSecondSum() =>
        Assert.Equal(["Conv2d a", "Conv2d b", "Conv2d c, adds Conv2d b", "Add relu"], Describe(layers => x =>
        {
            var first = layers.Conv("a").Forward(x);
            return [(first + (layers.Conv("b").Forward(x) + layers.Conv("c").Forward(x))).Relu()];
        }));

    [Fact]
    public void Fuse_NormOfSumOfTwoConvolutions_FoldsIntoBothAndShiftsOnce() =>
        Assert.Equal(["Conv2d a +bnA *bn", "Conv2d b +bn, adds BatchNorm2d bnA relu"], Describe(layers =>
        {
            var (a, b) = (layers.Conv("a"), layers.Conv("b"));
            return x => layers.Norm("bn").Forward(layers.Norm("bnA").Forward(a.Forward(x)) + b.Forward(x)).Relu();
        }));

    [Fact]
    public void Fuse_NormOfSumWithSomethingElse_StaysANode() =>
        Assert.Equal(["Conv2d a, adds Input", "BatchNorm2d bn relu"], Describe(layers => x =>
            layers.Norm("bn").Forward(layers.Conv("a").Forward(x) + x).Relu()));

    [Fact]
    public void Fuse_NormOfSumWhoseAddendIsUsedElsewhere_StaysANode() =>
        Assert.Equal(["Conv2d a", "Conv2d b, adds Conv2d a", "BatchNorm2d bn"], Describe(layers => x =>
        {
            var addend = layers.Conv("a").Forward(x);
            return [layers.Norm("bn").Forward(addend + layers.Conv("b").Forward(x)), addend];
        }));

    [Fact]
    public void Fuse_NormOfSumOfThree_StaysANode() =>
        Assert.Equal(["Conv2d a", "Conv2d b, adds Conv2d a", "Conv2d c, adds Add", "BatchNorm2d bn"], Describe(layers => x =>
            layers.Norm("bn").Forward(layers.Conv("a").Forward(x) + layers.Conv("b").Forward(x) + layers.Conv("c").Forward(x))));

    [Fact]
    public void Fuse_ValueUsedTwice_StaysApart() =>
        Assert.Equal(["Conv2d a", "BatchNorm2d bn", "ReLU"], Describe(layers => x =>
        {
            var shared = layers.Conv("a").Forward(x);
            return [layers.Norm("bn").Forward(shared), shared.Relu()];
        }));

    [Fact]
    public void Fuse_ValueThatIsAnOutput_StaysApart() =>
        Assert.Equal(["Conv2d a", "ReLU"], Describe(layers => x =>
        {
            var given = layers.Conv("a").Forward(x);
            return [given, given.Relu()];
        }));

    [Fact]
    public void Fuse_ConvolutionAddedToItself_StaysApart() =>
        Assert.Equal(["Conv2d a", "Add"], Describe(layers => x =>
        {
            var same = layers.Conv("a").Forward(x);
            return [same + same];
        }));

    [Fact]
    public void Fuse_AfterAnActivation_NothingMoreIsTakenIn() =>
        Assert.Equal(["Conv2d a relu", "BatchNorm2d bn", "ReLU6", "Conv2d b relu", "Add"], Describe(layers => x =>
        {
            var activated = layers.Norm("bn").Forward(layers.Conv("a").Forward(x).Relu());
            return [activated.Relu6() + layers.Conv("b").Forward(activated).Relu()];
        }));

    [Fact]
    public void Fuse_SumsAndNormsWithoutConvolution_TakeInTheirActivation() =>
        Assert.Equal(["BatchNorm2d bn relu", "Add relu6"], Describe(layers => x =>
            (layers.Norm("bn").Forward(x).Relu() + x).Relu6()));

    [Fact]
    public void Fuse_PoolingAndUpsampling_TakeNothingIn() =>
        Assert.Equal(["MaxPool2d", "ReLU", "UpsampleNearest", "BatchNorm2d bn", "UpsampleBilinear", "ReLU"], Describe(layers => x =>
            layers.Norm("bn").Forward(x.MaxPool2d(kernelSize: 2, stride: 2).Relu().UpsampleNearest(2)).UpsampleBilinear(5, 5).Relu()));

    [Fact]
    public void Fuse_NormBeforePointwiseConvolution_IsAppliedAsItReads() =>
        Assert.Equal(["Conv2d a after BatchNorm2d bn relu"], Describe(layers => x => layers.Pointwise("a").Forward(layers.Norm("bn").Forward(x).Relu())));

    [Fact]
    public void Fuse_NormBeforeLargerConvolution_StaysANode() =>
        Assert.Equal(["BatchNorm2d bn relu", "Conv2d a"], Describe(layers => x => layers.Conv("a").Forward(layers.Norm("bn").Forward(x).Relu())));

    [Fact]
    public void Fuse_NormBeforePointwiseConvolutionAndSomethingElse_StaysANode() =>
        Assert.Equal(["BatchNorm2d bn", "Conv2d a, adds BatchNorm2d bn"], Describe(layers =>
        {
            var (norm, a) = (layers.Norm("bn"), layers.Pointwise("a"));
            return x =>
            {
                var normalised = norm.Forward(x);
                return a.Forward(normalised) + normalised;
            };
        }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fuse_SumWithUpsampling_UpsamplesAsItReads(bool upsamplesFirst) =>
        Assert.Equal(["MaxPool2d", "Add of UpsampleNearest relu"], Describe(layers => x =>
        {
            var up = x.MaxPool2d(kernelSize: 2, stride: 2).UpsampleNearest(2);
            return (upsamplesFirst ? up + x : x + up).Relu();
        }));

    [Fact]
    public void Fuse_ValuesThatNoOutputNeeds_AreLeftOutAndBlockNothing() =>
        Assert.Equal(["Conv2d a relu"], Describe(layers => x =>
        {
            var value = layers.Conv("a").Forward(x);
            layers.Conv("unused").Forward(value);
            return [value.Relu()];
        }));

    [Fact]
    public void Fuse_EveryInput_IsGivenByAnEarlierNodeOrTheCaller()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            var network = new RandomNetwork(seed);
            var graph = network.Trace(network.InputShape);
            var known = new HashSet<Value> { graph.Input };
            foreach (var node in GraphFuser.Fuse(graph))
            {
                Assert.All(node.Reads, read => Assert.Contains(read, known));
                Assert.True(known.Add(node.Output), $"{network.Name} computes {node.Output} twice.");
            }

            Assert.All(graph.Outputs, output => Assert.Contains(output, known));
        }
    }

    private static List<FusedNode> Fuse(Func<LayerSource, Func<Value, Value>> build) => Fuse(layers =>
    {
        var forward = build(layers);
        return x => [forward(x)];
    });

    private static List<FusedNode> Fuse(Func<LayerSource, Func<Value, IReadOnlyList<Value>>> build)
    {
        var network = TestNetwork.WithOutputs(scope => build(new LayerSource(scope)));
        return GraphFuser.Fuse(network.Trace([1, Channels, 8, 8]));
    }

    private static IEnumerable<string> Describe(Func<LayerSource, Func<Value, Value>> build) => Fuse(build).Select(Describe);

    private static IEnumerable<string> Describe(Func<LayerSource, Func<Value, IReadOnlyList<Value>>> build) => Fuse(build).Select(Describe);

    private static string Describe(FusedNode node)
    {
        string folded = string.Concat(node.Folded.Select(f => $" {(f.Shifts ? '+' : '*')}{f.Normalize.Name}"));
        string added = node.Residual is null ? "" : $", adds {node.Residual.Operation}";
        string activation = node.Range == ActivationRange.None ? "" : node.Range == ActivationRange.Relu ? " relu" : " relu6";
        string before = node.Prologue is null ? "" : $" after {Describe(node.Prologue)}", of = node.Upsample is null ? "" : $" of {node.Upsample}";
        return $"{node}{before}{of}{folded}{added}{activation}";
    }

    private static IEnumerable<string> NamesFolded(FusedNode node) => node.Folded.Select(f => f.Normalize.Name);

    /// <summary>Layers that keep the shape of what they are applied to.</summary>
    private sealed class LayerSource(ParameterScope scope)
    {
        public ParameterScope Scope => scope;

        public Conv2d Conv(string name) => new(scope / name, Channels, Channels, kernelSize: 3, padding: 1, bias: false);

        public Conv2d Pointwise(string name) => new(scope / name, Channels, Channels, kernelSize: 1);

        public BatchNorm2d Norm(string name) => new(scope / name, Channels);
    }
}
