using Akimbo.Networks.Layers;
using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Training;

public sealed class OptimizerTests : IDisposable
{
    private static readonly SafetensorsFile Recorded = Safetensors.Load(Repository.Fixture("training/optimisers_given_gradients.safetensors"));
    private readonly WorkerPool _pool = new(threadCount: 2);

    public static TheoryData<string> Names { get; } = ["adam", "adamw", "adam_wd", "rmsprop", "rmsprop_momentum_centered_wd", "sgd", "sgd_nesterov"];

    public void Dispose() => _pool.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_RecordedGradients_GivesRecordedWeights(string name)
    {
        var parameter = RecordedWeight();
        var optimizer = Create(name, [new ParameterGroup([parameter])]);
        float[] after = Recorded[$"after_{name}"].ToArray<float>();
        int length = parameter.Value.Span.Length;
        for (int step = 0; step < 6; step++)
        {
            SetGradient(parameter, step);
            optimizer.Step(_pool);
            Assert.InRange(RelativeError.Of(parameter.Value.Span, after.AsSpan(step * length, length)), 0, 1e-6);
        }

        Assert.Equal(6, optimizer.StepCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Restore_StateOfAnotherOptimizer_GoesOnToTheBit(string name)
    {
        TrainedParameter whole = RecordedWeight(), halves = RecordedWeight();
        Optimizer unbroken = Create(name, [new ParameterGroup([whole])]), first = Create(name, [new ParameterGroup([halves])]);
        for (int step = 0; step < 6; step++)
        {
            SetGradient(whole, step);
            unbroken.Step(_pool);
        }

        for (int step = 0; step < 3; step++)
        {
            SetGradient(halves, step);
            first.Step(_pool);
        }

        var second = Create(name, [new ParameterGroup([halves])]);
        second.Restore(first.State.ToDictionary(entry => entry.Key, entry => new Tensor(entry.Value.Shape, entry.Value.Span.ToArray())));
        for (int step = 3; step < 6; step++)
        {
            SetGradient(halves, step);
            second.Step(_pool);
        }

        Assert.Equal(whole.Value.Span.ToArray(), halves.Value.Span.ToArray());
        Assert.Equal(6, second.StepCount);
    }

    [Fact]
    public void Restore_StateThatDoesNotFit_IsRefusedAndChangesNothing()
    {
        var optimizer = new Adam([RecordedWeight()]);
        var state = optimizer.State.ToDictionary(entry => entry.Key, entry => new Tensor(entry.Value.Shape));
        state["step"].Span[0] = 5;
        state["weight.exp_avg"] = new Tensor([3]);

        Assert.Contains("weight.exp_avg has shape [3]", Assert.Throws<ArgumentException>(() => optimizer.Restore(state)).Message, StringComparison.Ordinal);
        Assert.Equal(0, optimizer.StepCount);
        state.Remove("weight.exp_avg");
        Assert.Throws<ArgumentException>(() => optimizer.Restore(state));
        state["weight.exp_avg"] = state["unknown"] = new Tensor([7, 5]);
        Assert.Throws<ArgumentException>(() => optimizer.Restore(state));
    }

    [Fact]
    public void Step_GroupsOfOtherRatesAndDecay_MoveByTheirOwn()
    {
        TrainedParameter fast = RecordedWeight(), slow = RecordedWeight();
        float[] before = fast.Value.Span.ToArray();
        SetGradient(fast, 0);
        SetGradient(slow, 0);
        new Sgd([new ParameterGroup([fast])], new SgdOptions { LearningRate = 0.5 }).Step(_pool);
        new Sgd([new ParameterGroup([slow]) { LearningRateFactor = 0.5, WeightDecay = 0.1 }], new SgdOptions { LearningRate = 0.5 }).Step(_pool);

        for (int i = 0; i < before.Length; i++)
        {
            Assert.Equal(before[i] - 0.5f * fast.Gradient.Span[i], fast.Value.Span[i], 1e-6f);
            Assert.Equal(before[i] - 0.25f * (slow.Gradient.Span[i] + 0.1f * before[i]), slow.Value.Span[i], 1e-6f);
        }
    }

    [Fact]
    public void Create_SettingsOutOfRange_AreRefused()
    {
        var parameter = RecordedWeight();

        Assert.Throws<ArgumentException>(() => new Adam([parameter], new AdamOptions { LearningRate = double.NaN }));
        Assert.Throws<ArgumentException>(() => new Adam([parameter], new AdamOptions { Beta1 = 1 }));
        Assert.Throws<ArgumentException>(() => new Sgd([parameter], new SgdOptions { Nesterov = true }));
        Assert.Throws<ArgumentException>(() => new RmsProp([parameter], new RmsPropOptions { WeightDecay = -1 }));
        Assert.Throws<ArgumentException>(() => new Sgd([parameter, parameter]));
    }

    [Fact]
    public void ClipGradientNorm_NormAboveTheLimit_ScalesToIt()
    {
        var parameter = RecordedWeight();
        SetGradient(parameter, 0);
        double norm = ((IReadOnlyList<TrainedParameter>)[parameter]).GradientNorm(_pool);

        Assert.Equal(norm, ((IReadOnlyList<TrainedParameter>)[parameter]).ClipGradientNorm(2 * norm, _pool));
        Assert.Equal(norm, ((IReadOnlyList<TrainedParameter>)[parameter]).GradientNorm(_pool));
        ((IReadOnlyList<TrainedParameter>)[parameter]).ClipGradientNorm(norm / 3, _pool);
        Assert.Equal(norm / 3, ((IReadOnlyList<TrainedParameter>)[parameter]).GradientNorm(_pool), 1e-5);
    }

    [Fact]
    public void WeightAverage_TwoUpdates_AveragesParametersAndCopiesBuffers()
    {
        var network = TestNetwork.Of(root => new BatchNorm2d(root, channels: 1).Forward);
        network["weight"].Value.Span[0] = 1;
        var average = new WeightAverage(network, decay: 0.75);
        network["weight"].Value.Span[0] = 5;
        network["running_mean"].Value.Span[0] = 9;
        average.Update();

        Assert.Equal(2, average.Values["weight"].Span[0]);
        Assert.Equal(9, average.Values["running_mean"].Span[0]);
        average.Swap();
        Assert.Equal((2f, 5f), (network["weight"].Value.Span[0], average.Values["weight"].Span[0]));
    }

    private static TrainedParameter RecordedWeight()
    {
        var parameter = new ParameterScope().Parameter("weight", [7, 5]);
        parameter.Value = Recorded["weight_initial"].ToTensor();
        return new TrainedParameter(parameter);
    }

    private static void SetGradient(TrainedParameter parameter, int step)
    {
        int length = parameter.Value.Span.Length;
        Recorded["gradients"].ToArray<float>().AsSpan(step * length, length).CopyTo(parameter.Gradient.Span);
    }

    private static Optimizer Create(string name, IReadOnlyList<ParameterGroup> groups) => name switch
    {
        "adam" => new Adam(groups),
        "adamw" => new Adam(groups, new AdamOptions { WeightDecay = 1e-2, DecouplesWeightDecay = true }),
        "adam_wd" => new Adam(groups, new AdamOptions { WeightDecay = 1e-2 }),
        "rmsprop" => new RmsProp(groups, new RmsPropOptions { LearningRate = 2.5e-4 }),
        "rmsprop_momentum_centered_wd" => new RmsProp(groups, new RmsPropOptions { LearningRate = 2.5e-4, Momentum = 0.9, Centered = true, WeightDecay = 1e-3 }),
        "sgd" => new Sgd(groups, new SgdOptions { Momentum = 0.9, WeightDecay = 1e-4 }),
        "sgd_nesterov" => new Sgd(groups, new SgdOptions { Momentum = 0.9, Nesterov = true }),
        _ => throw new ArgumentException($"No optimizer is called {name}."),
    };
}
