using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Tests.Inference;
using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Training;

public sealed class TrainingNetworkTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    private static readonly Shape Input = [2, 3, 12, 16];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Backward_AllOperations_IsTheSlopeOfTheLoss(bool freezesStatistics)
    {
        var network = AllOperations();
        var training = new TrainingNetwork(network, Input, pools.Two, new TrainingOptions { FreezeStatistics = freezesStatistics, BatchNormMomentum = 0, KeepsInputGradient = true });
        var input = RandomTensors.Uniform(Input, seed: 1);
        Tensor[] directions = [.. training.OutputShapes.Select((shape, i) => RandomTensors.Uniform(shape, seed: 10 + i))];
        Pass(training, input, directions);

        var random = new Random(5);
        foreach (var (name, values, gradient) in training.Parameters.Select(p => (p.Name, p.Value, p.Gradient.Span.ToArray())).Append(("input", input, training.Current.InputGradient!.Span.ToArray())).ToArray())
        {
            float[] direction = RandomTensors.Uniform(values.Shape, random.Next()).Span.ToArray(), before = values.Span.ToArray();
            double expected = direction.Zip(gradient, (d, g) => (double)d * g).Sum();
            double slope = Slope(values, before, direction);
            double size = Math.Sqrt(gradient.Sum(g => (double)g * g)), scale = size * Math.Sqrt(direction.Sum(d => (double)d * d));

            // Rounding of the losses whose difference is the slope. A bias before a BatchNorm has no gradient, so that its slope is nothing else, up to 1e-2.
            double rounding = size < 1e-3 ? 2e-2 : 2e-3;
            Assert.True(Math.Abs(slope - expected) <= 2e-2 * scale + rounding, $"{name}: the slope is {slope:g5}, by the gradient {expected:g5}.");
        }

        double Slope(Tensor values, float[] before, float[] direction)
        {
            const float step = 1e-3f;
            Move(step);
            double above = Loss();
            Move(-step);
            double below = Loss();
            before.CopyTo(values.Span);
            return (above - below) / (2 * step);

            void Move(float by)
            {
                for (int i = 0; i < before.Length; i++) values.Span[i] = before[i] + by * direction[i];
            }
        }

        double Loss()
        {
            var outputs = training.Forward(input);
            double loss = 0;
            for (int o = 0; o < outputs.Count; o++)
                for (int i = 0; i < directions[o].Span.Length; i++) loss += (double)outputs[o].Span[i] * directions[o].Span[i];
            return loss;
        }
    }

    [Fact]
    public void Forward_FrozenStatistics_GivesWhatTheGraphDefines()
    {
        var network = AllOperations();
        var input = RandomTensors.Uniform(Input, seed: 2);
        var training = new TrainingNetwork(network, Input, pools.Two, new TrainingOptions { FreezeStatistics = true });

        DefinitionAssert.Equal(network.Trace(Input).Evaluate(input), training.Forward(input), 1e-5, "training with frozen statistics");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Backward_SavingMemory_GivesTheSameBitsInLess(bool freezesStatistics)
    {
        var options = new TrainingOptions { FreezeStatistics = freezesStatistics };
        var (gradients, length) = GradientsWith(options);
        var (again, less) = GradientsWith(options with { SavesMemory = true });

        Assert.Equal(gradients, again);
        Assert.True(less < 0.9 * length, $"{less} floats against {length}.");

        (float[][] Gradients, int ArenaLength) GradientsWith(TrainingOptions options)
        {
            var training = new TrainingNetwork(Bottlenecks(), Input, pools.Two, options);
            var outputs = training.Forward(RandomTensors.Uniform(Input, seed: 3));
            outputs[0].Span.CopyTo(training.OutputGradients[0].Span);
            training.Backward();
            return ([.. training.Parameters.Select(parameter => parameter.Gradient.Span.ToArray())], training.Current.ArenaLength);
        }
    }

    [Fact]
    public void Steps_OneThreadAndTwo_GiveTheSameBits()
    {
        float[][] one = TrainedWith(pools.One), two = TrainedWith(pools.Two), again = TrainedWith(pools.Two);

        Assert.Equal(one, two);
        Assert.Equal(two, again);

        static float[][] TrainedWith(WorkerPool pool)
        {
            var network = AllOperations();
            var training = new TrainingNetwork(network, Input, pool);
            var optimizer = new Adam(training.Parameters);
            for (int step = 0; step < 3; step++)
            {
                training.ZeroGradients();
                var outputs = training.Forward(RandomTensors.Uniform(Input, seed: 20 + step));
                for (int o = 0; o < outputs.Count; o++) outputs[o].Span.CopyTo(training.OutputGradients[o].Span);
                training.Backward();
                training.Parameters.ClipGradientNorm(1, pool);
                optimizer.Step(pool);
            }

            return [.. network.Parameters.Select(parameter => parameter.Value.Span.ToArray())];
        }
    }

    [Fact]
    public void Backward_WideLayersByWinograd_HasTheGradientsOfPlainOnesWhateverTheThreads()
    {
        var network = TestNetwork.Of(root =>
        {
            var first = new Conv2d(root / "first", 3, 34, kernelSize: 3, padding: 1);
            var second = new Conv2d(root / "second", 34, 40, kernelSize: 3, padding: 1);
            return x => second.Forward(first.Forward(x).Relu());
        });
        Shape shape = [2, 3, 30, 34];
        float[][] one = GradientsOf(pools.One, true), two = GradientsOf(pools.Two, true), plain = GradientsOf(pools.Two, false);

        Assert.Equal(one, two);
        Assert.NotEqual(plain, two);
        for (int p = 0; p < plain.Length; p++) Assert.InRange(RelativeError.Of(two[p], plain[p]), 0, 1e-5);

        float[][] GradientsOf(WorkerPool pool, bool usesWinograd)
        {
            var training = new TrainingNetwork(network, shape, pool, new TrainingOptions { UsesWinograd = usesWinograd });
            Pass(training, RandomTensors.Uniform(shape, seed: 8), [RandomTensors.Uniform(training.OutputShapes[0], seed: 9)]);
            return [.. training.Parameters.Select(parameter => parameter.Gradient.Span.ToArray())];
        }
    }

    [Fact]
    public void Backward_Twice_AccumulatesGradients()
    {
        var training = new TrainingNetwork(AllOperations(), Input, pools.Two, new TrainingOptions { FreezeStatistics = true });
        var input = RandomTensors.Uniform(Input, seed: 3);
        Tensor[] directions = [.. training.OutputShapes.Select((shape, i) => RandomTensors.Uniform(shape, seed: 30 + i))];
        Pass(training, input, directions);
        float[][] once = [.. training.Parameters.Select(parameter => parameter.Gradient.Span.ToArray())];
        Pass(training, input, directions);

        for (int p = 0; p < once.Length; p++)
            Assert.InRange(RelativeError.Of(training.Parameters[p].Gradient.Span, [.. once[p].Select(value => 2 * value)]), 0, 1e-6);

        training.ZeroGradients();
        Assert.All(training.Parameters, parameter => Assert.Equal(0, parameter.Gradient.Span.ToArray().Max(MathF.Abs)));
        Pass(training, input, directions);
        for (int p = 0; p < once.Length; p++) Assert.Equal(once[p], training.Parameters[p].Gradient.Span.ToArray());
    }

    [Fact]
    public void Frozen_Part_HasNoGradientsAndKeepsItsStatistics()
    {
        var network = AllOperations();
        var training = new TrainingNetwork(network, Input, pools.Two, new TrainingOptions { Frozen = ["stem"] });
        float[] mean = network["stem.bn.running_mean"].Value.Span.ToArray(), laterMean = network["bn.running_mean"].Value.Span.ToArray();
        Pass(training, RandomTensors.Uniform(Input, seed: 4), [.. training.OutputShapes.Select(shape => RandomTensors.Uniform(shape, seed: 40))]);

        Assert.DoesNotContain(training.Parameters, parameter => parameter.Name.StartsWith("stem", StringComparison.Ordinal));
        Assert.Contains(training.Parameters, parameter => parameter.Name == "conv.weight");
        Assert.Equal(mean, network["stem.bn.running_mean"].Value.Span.ToArray());
        Assert.NotEqual(laterMean, network["bn.running_mean"].Value.Span.ToArray());
        Assert.Contains("'stm'", Assert.Throws<ArgumentException>(() => new TrainingNetwork(network, Input, pools.Two, new TrainingOptions { Frozen = ["stm"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_AnotherShape_IsTrainedToo()
    {
        var training = new TrainingNetwork(AllOperations(), Input, pools.Two);
        Shape smaller = [1, 3, 8, 8];
        Pass(training, RandomTensors.Uniform(smaller, seed: 5), [.. training.Network.Trace(smaller).Outputs.Select(output => RandomTensors.Uniform(output.Shape, seed: 50))]);

        Assert.Equal(1, training.OutputShapes[0][0]);
        Assert.All(training.Parameters, parameter => Assert.True(parameter.Gradient.Span.ToArray().Any(value => value != 0) || parameter.Name.EndsWith("bias", StringComparison.Ordinal), parameter.Name));
    }

    [Fact]
    public void Backward_WithoutForward_IsRefused()
    {
        var training = new TrainingNetwork(AllOperations(), Input, pools.One);
        Assert.Throws<InvalidOperationException>(training.Backward);
    }

    [Fact]
    public void Create_OneValueAChannel_IsRefusedByBatchStatistics()
    {
        var network = TestNetwork.Of(root => new BatchNorm2d(root / "bn", channels: 3).Forward);

        Assert.Contains("BatchNorm2d bn", Assert.Throws<ArgumentException>(() => new TrainingNetwork(network, [1, 3, 1, 1], pools.One)).Message, StringComparison.Ordinal);
        _ = new TrainingNetwork(network, [1, 3, 1, 1], pools.One, new TrainingOptions { FreezeStatistics = true });
    }

    [Fact]
    public void Steps_TinyNetworkAndFewMaps_LearnsThemByHeart()
    {
        Shape shape = [4, 3, 16, 16];
        var network = TestNetwork.Of(root =>
        {
            var first = new Conv2d(root / "first", 3, 16, kernelSize: 3, padding: 1);
            var bn = new BatchNorm2d(root / "bn", 16);
            var middle = new Conv2d(root / "middle", 16, 16, kernelSize: 3, padding: 1);
            var last = new Conv2d(root / "last", 16, 2, kernelSize: 1);
            return x =>
            {
                var y = bn.Forward(first.Forward(x)).Relu();
                y += middle.Forward(y.MaxPool2d(kernelSize: 2, stride: 2)).Relu().UpsampleNearest(scale: 2);
                return last.Forward(y);
            };
        });
        Tensor input = RandomTensors.Uniform(shape, seed: 6), target = RandomTensors.Uniform([4, 2, 16, 16], seed: 7);
        for (int i = 0; i < target.Span.Length; i++) target.Span[i] = input.Span[i % input.Span.Length] > 0.5f ? 1 : 0;
        var training = new TrainingNetwork(network, shape, pools.Two);
        var optimizer = new Adam(training.Parameters, new AdamOptions { LearningRate = 1e-2 });
        double first = Step();
        for (int step = 0; step < 150; step++) Step();

        Assert.InRange(Step(), 0, first / 4);

        double Step()
        {
            training.ZeroGradients();
            var output = training.Forward(input)[0];
            double loss = 0;
            for (int i = 0; i < output.Span.Length; i++)
            {
                float difference = output.Span[i] - target.Span[i];
                loss += difference * difference;
                training.OutputGradients[0].Span[i] = 2 * difference / output.Span.Length;
            }

            training.Backward();
            optimizer.Step(pools.Two);
            return loss / output.Span.Length;
        }
    }

    private static void Pass(TrainingNetwork training, Tensor input, Tensor[] outputGradients)
    {
        training.Forward(input);
        for (int o = 0; o < outputGradients.Length; o++) outputGradients[o].Span.CopyTo(training.OutputGradients[o].Span);
        training.Backward();
    }

    /// <summary>A network in which values are shared, added, activated and given out in every way, by all operations there are.</summary>
    /// <summary>Two pre-activated bottlenecks, as in hourglasses.</summary>
    private static TestNetwork Bottlenecks() => TestNetwork.Of(root =>
    {
        var stem = new Conv2d(root / "stem", 3, 32, kernelSize: 3, padding: 1);
        var blocks = Enumerable.Range(0, 2).Select(i => Bottleneck(root / "block" / i)).ToArray();
        return x => blocks.Aggregate(stem.Forward(x), (y, block) => block(y).MaxPool2d(kernelSize: 2, stride: 1));

        static Func<Value, Value> Bottleneck(ParameterScope scope)
        {
            BatchNorm2d first = new(scope / "bn1", 32), second = new(scope / "bn2", 16), third = new(scope / "bn3", 16);
            Conv2d down = new(scope / "conv1", 32, 16, kernelSize: 1), middle = new(scope / "conv2", 16, 16, kernelSize: 3, padding: 1), up = new(scope / "conv3", 16, 32, kernelSize: 1);
            return x =>
            {
                Value y = down.Forward(first.Forward(x).Relu());
                y = middle.Forward(second.Forward(y).Relu());
                return x + up.Forward(third.Forward(y).Relu());
            };
        }
    });

    private static TestNetwork AllOperations() => TestNetwork.WithOutputs(root =>
    {
        var stem = new Conv2d(root / "stem" / "conv", 3, 18, kernelSize: 3, stride: 2, padding: 1);
        var stemNorm = new BatchNorm2d(root / "stem" / "bn", 18);
        var depthwise = new Conv2d(root / "depthwise", 18, 18, kernelSize: 3, padding: 1, groups: 18);
        var wide = new Conv2d(root / "conv", 18, 34, kernelSize: 3, padding: 1, bias: false);
        var norm = new BatchNorm2d(root / "bn", 34);
        var skip = new Conv2d(root / "skip", 18, 34, kernelSize: 1);
        var strided = new Conv2d(root / "strided", 34, 34, kernelSize: 3, stride: 2, padding: 1, groups: 34);
        var down = new Conv2d(root / "down", 34, 20, kernelSize: 3, stride: 2, padding: 1);
        var up = new ConvTranspose2d(root / "up", 20, 34, kernelSize: 4, stride: 2, padding: 1);
        var maps = new Conv2d(root / "maps", 34, 5, kernelSize: 1);
        return input =>
        {
            var x = stemNorm.Forward(stem.Forward(input)).Relu();
            x = depthwise.Forward(x).Relu6();
            var y = (norm.Forward(wide.Forward(x)) + skip.Forward(x)).Relu();
            var small = down.Forward(y);
            var pooled = strided.Forward(y) + y.MaxPool2d(kernelSize: 2, stride: 2, padding: 1).MaxPool2d(kernelSize: 2, stride: 1).UpsampleBilinear(small.Shape[2], small.Shape[3]);
            var z = up.Forward(small) + pooled.UpsampleNearest(scale: 2).UpsampleBilinear(2 * small.Shape[2], 2 * small.Shape[3], alignCorners: true);
            var heatmaps = maps.Forward(z.Relu() + z);
            return [heatmaps, heatmaps.SoftArgMax2d(), small];
        };
    });
}
