using Akimbo.Networks.Inference;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Tests.Inference;

public sealed class CompiledNetworkTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_ConvolutionOfFewChannelsInsideTheNetwork_IsAsDefined(int channels)
    {
        var network = TestNetwork.Of(scope =>
        {
            var first = new Conv2d(scope / "first", channels, channels, kernelSize: 3, padding: 1);
            var second = new Conv2d(scope / "second", channels, 5, kernelSize: 3, stride: 2, padding: 1);
            return x => second.Forward(first.Forward(x).Relu());
        });

        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform([2, channels, 9, 11], seed: 2));
    }

    [Fact]
    public void Run_ConvolutionUsedOnTheInputAndInsideTheNetwork_IsAsDefined()
    {
        var network = TestNetwork.Of(scope =>
        {
            var same = new Conv2d(scope, inChannels: 3, outChannels: 3, kernelSize: 3, padding: 1);
            return x => same.Forward(same.Forward(same.Forward(x)) + x);
        });

        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform([2, 3, 9, 11], seed: 2));
    }

    [Fact]
    public void Run_ConvolutionUsedWithAndWithoutBatchNorm_KeepsTheirWeightsApart()
    {
        var network = TestNetwork.WithOutputs(scope =>
        {
            var convolution = new Conv2d(scope / "conv", inChannels: 6, outChannels: 8, kernelSize: 3);
            var normalize = new BatchNorm2d(scope, channels: 8);
            return x => [convolution.Forward(x), normalize.Forward(convolution.Forward(x))];
        });

        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, RandomTensors.Uniform([1, 6, 9, 7], seed: 2));
    }

    [Fact]
    public void Run_NetworkWithoutOperations_GivesItsInput()
    {
        var network = TestNetwork.WithOutputs(_ => x => [x, x]);
        var input = RandomTensors.Uniform([2, 19, 5, 7], seed: 2);

        DefinitionAssert.RunsAs(network, pools, tolerance: 0, (input, [input, input]));
    }

    [Fact]
    public void Run_EmptyBatch_GivesEmptyOutputs()
    {
        var outputs = new CompiledNetwork(Backbone(), pools.Two).Run(new Tensor([0, 3, 24, 16]));

        Assert.Equal([[0, 6, 6, 4], [0, 20, 12, 8]], outputs.Select(output => output.Shape));
    }

    [Fact]
    public void Run_SeveralShapesByTurns_GivesEachItsResult()
    {
        var network = Backbone();
        var inputs = Inputs(5);
        var expected = inputs.Select(input => network.Trace(input.Shape).Evaluate(input)).ToList();
        var compiled = new CompiledNetwork(network, pools.Two);
        for (int round = 0; round < 4; round++)
            for (int i = 0; i < inputs.Count; i++)
                DefinitionAssert.Equal(expected[i], compiled.Run(inputs[i]), 1e-5, $"round {round}, {inputs[i].Shape}");
    }

    [Fact]
    public void Run_SameShapeAgain_OverwritesTheSameOutputs()
    {
        var compiled = new CompiledNetwork(Backbone(), pools.One);
        var first = compiled.Run(RandomTensors.Uniform([1, 3, 24, 16], seed: 1));
        float[] values = first[0].Span.ToArray();
        var second = compiled.Run(RandomTensors.Uniform([1, 3, 24, 16], seed: 2));

        Assert.Same(first, second);
        Assert.NotEqual(values, second[0].Span.ToArray());
    }

    [Fact]
    public void Run_OutputOfThePreviousRunAsInput_ReadsItBeforeItIsOverwritten()
    {
        var network = TestNetwork.WithOutputs(scope =>
        {
            var layer = new Conv2d(scope, inChannels: 3, outChannels: 3, kernelSize: 3, padding: 1);
            return x => [layer.Forward(x), x];
        });
        var input = RandomTensors.Uniform([1, 3, 8, 8], seed: 2);
        var graph = network.Trace(input.Shape);
        var compiled = new CompiledNetwork(network, pools.Two);

        DefinitionAssert.Equal(graph.Evaluate(graph.Evaluate(input)[0]), compiled.Run(compiled.Run(input)[0]), 1e-5, "the second run");
    }

    [Fact]
    public void Run_MoreShapesThanAreKept_CompilesThemAnew()
    {
        var network = Backbone();
        var inputs = Inputs(40);
        var compiled = new CompiledNetwork(network, pools.Two);
        var kept = compiled.Run(inputs[0]);
        foreach (var input in inputs)
            DefinitionAssert.Equal(network.Trace(input.Shape).Evaluate(input), compiled.Run(input), 1e-5, $"{input.Shape}");

        var again = compiled.Run(inputs[0]);

        Assert.NotSame(kept, again);
        DefinitionAssert.Equal(kept, again, tolerance: 0, "the first shape again");
    }

    [Fact]
    public void Run_AnyNumberOfThreads_GivesTheSameBits()
    {
        var network = Backbone();
        using var four = new WorkerPool(threadCount: 4);
        foreach (var path in SimdPaths.Supported)
            foreach (var input in Inputs(3))
            {
                var alone = new CompiledNetwork(network, pools.One, path).Run(input);
                foreach (var pool in new[] { pools.Two, four })
                {
                    var compiled = new CompiledNetwork(network, pool, path);
                    for (int round = 0; round < 5; round++)
                        Assert.Equal(Bits(alone), Bits(compiled.Run(input)));
                }
            }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public void Run_ManyImages_GivesEachWhatItGetsAmongFour(int images)
    {
        var network = new RandomNetwork(seed: 3);
        Shape of = network.InputShape, all = [images, of[1], of[2], of[3]];
        var batch = RandomTensors.Uniform(all, 1);
        DefinitionAssert.RunsAsDefined(network, pools, 1e-5, batch);

        float[][] bits = [.. pools.All.Select(pool => new CompiledNetwork(network, pool).Run(batch)[0].Span.ToArray())];
        Assert.All(bits, each => Assert.Equal(bits[0], each));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(256)]
    public void Run_ManyLargeImages_GivesEachWhatItGetsAlone(int side)
    {
        var network = TestNetwork.Of(scope => new Conv2d(scope, 3, 2, kernelSize: 3, stride: 2, padding: 1).Forward);
        var batch = RandomTensors.Uniform([5, 3, side, side], 1);
        Tensor last = new([1, 3, side, side]);
        batch.Span[^last.Span.Length..].CopyTo(last.Span);
        float[] alone = new CompiledNetwork(network, pools.Two).Run(last)[0].Span.ToArray();

        Assert.Equal(alone, new CompiledNetwork(network, pools.Two).Run(batch)[0].Span[^alone.Length..].ToArray());
    }

    [Fact]
    public async Task Share_RunFromTwoThreadsAtOnce_GivesEqualResults()
    {
        var network = Backbone();
        var inputs = Inputs(4);
        var first = new CompiledNetwork(network, pools.Two);
        var expected = inputs.Select(input => Bits(new CompiledNetwork(network, pools.One).Run(input)).ToArray()).ToList();

        await Task.WhenAll(Repeat(first), Repeat(first.Share()), Repeat(first.Share()));

        Task Repeat(CompiledNetwork compiled) => Task.Factory.StartNew(() =>
        {
            for (int round = 0; round < 40; round++)
                for (int i = 0; i < inputs.Count; i++)
                    Assert.Equal(expected[i], Bits(compiled.Run(inputs[i])));
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    [Fact]
    public void Run_WrongChannels_NamesTheOperation()
    {
        var compiled = new CompiledNetwork(Backbone(), pools.One);

        var error = Assert.Throws<ArgumentException>(() => compiled.Run(new Tensor([1, 4, 24, 16])));

        Assert.Equal("Conv2d stem: the input [1, 4, 24, 16] has 4 channels; the weight [20, 3, 3, 3] expects 3.", error.Message);
        Assert.Equal(2, compiled.Run(new Tensor([1, 3, 24, 16])).Count);
    }

    [Fact]
    public void Run_NotAFeatureMap_SaysWhatIsExpected()
    {
        var compiled = new CompiledNetwork(TestNetwork.Of(_ => x => x.Relu()), pools.One);

        var error = Assert.Throws<ArgumentException>(() => compiled.Run(new Tensor([3, 24, 16])));

        Assert.StartsWith("TestNetwork: the input is [3, 24, 16]; expected [N, C, H, W].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WithoutWeights_NamesTheParameter()
    {
        var root = new ParameterScope();
        var layer = new Conv2d(root / "stem", inChannels: 3, outChannels: 4, kernelSize: 1);
        var compiled = new CompiledNetwork(new TestNetwork(root, x => [layer.Forward(x)]), pools.One);

        var error = Assert.Throws<InvalidOperationException>(() => compiled.Run(new Tensor([1, 3, 8, 8])));

        Assert.Equal("stem.weight has no value yet; load weights first.", error.Message);
    }

    [Fact]
    public void Run_ActivationsThatNoArrayHolds_IsRefusedBeforeMemoryIsTaken()
    {
        var network = TestNetwork.Of(_ => x => x.UpsampleNearest(30_000).MaxPool2d(kernelSize: 1, stride: 30_000));
        long before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<NotSupportedException>(() => new CompiledNetwork(network, pools.One).Run(new Tensor([1, 1, 1, 1])));

        Assert.Equal("An input of [1, 1, 1, 1] needs 54931 MiB for activations; the limit is 8191 MiB.", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Profile_GivesATimeForEveryStep()
    {
        var input = RandomTensors.Uniform([1, 3, 24, 16], seed: 1);
        var network = Backbone();
        var compiled = new CompiledNetwork(network, pools.Two);

        var profile = compiled.Profile(input, rounds: 3);

        Assert.Equal(compiled.ProgramFor(input.Shape).Steps.Select(step => step.Name), profile.Select(step => step.Name));
        Assert.Equal(network.Trace(input.Shape).MultiplyAdds, profile.Sum(step => step.MultiplyAdds));
        Assert.All(profile, step => Assert.InRange(step.Milliseconds, 0, 10_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => compiled.Profile(input, rounds: 0));
    }

    private static List<Tensor> Inputs(int count) =>
        [.. Enumerable.Range(0, count).Select(i => RandomTensors.Uniform([1 + i % 2, 3, 8 + 4 * (i % 5), 8 + 4 * (i / 5)], seed: i))];

    private static IEnumerable<int> Bits(IReadOnlyList<Tensor> tensors) =>
        tensors.SelectMany(tensor => tensor.Span.ToArray()).Select(BitConverter.SingleToInt32Bits);

    /// <summary>A network of every kind of step: stem, residual, depthwise, pooling, upsampling, transposed, two outputs.</summary>
    internal static TestNetwork Backbone() => TestNetwork.WithOutputs(scope =>
    {
        var stem = new Conv2d(scope / "stem", inChannels: 3, outChannels: 20, kernelSize: 3, stride: 2, padding: 1);
        var depthwise = new Conv2d(scope / "dw", 20, 20, kernelSize: 3, padding: 1, groups: 20);
        var pointwise = new Conv2d(scope / "pw", 20, 20, kernelSize: 1);
        var norm = new BatchNorm2d(scope / "bn", channels: 20);
        var preNorm = new BatchNorm2d(scope / "pre", channels: 20);
        var up = new ConvTranspose2d(scope / "up", 20, 20, kernelSize: 4, stride: 2, padding: 1);
        var head = new Conv2d(scope / "head", 20, 6, kernelSize: 1);
        return x =>
        {
            var y = stem.Forward(x).Relu6();
            y = norm.Forward(pointwise.Forward(depthwise.Forward(y).Relu()) + y);
            var low = preNorm.Forward(y.MaxPool2d(kernelSize: 2, stride: 2)).Relu();
            var high = up.Forward(low) + low.UpsampleNearest(scale: 2) + y;
            return [head.Forward(high.UpsampleBilinear(low.Shape[2], low.Shape[3])), high];
        };
    });
}
