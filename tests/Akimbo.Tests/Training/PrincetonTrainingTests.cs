using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Training;

public sealed class PrincetonTrainingTests : IDisposable
{
    private readonly WorkerPool _pool = new(threadCount: 2);

    public static TheoryData<SimdPath> Paths { get; } = [.. SimdPaths.Supported];

    public void Dispose() => _pool.Dispose();

    [Theory]
    [MemberData(nameof(Paths))]
    public void Pass_FirstStep_GivesRecordedOutputLossAndGradients(SimdPath path)
    {
        var training = new PrincetonTraining(_pool, freezesStatistics: false, path);
        var (outputs, losses) = training.Pass();

        var recorded = PrincetonTraining.ForwardOutput;
        int stacks = recorded.Shape[1], length = outputs[0].Span.Length / recorded.Shape[0];
        for (int n = 0; n < recorded.Shape[0]; n++)
            for (int s = 0; s < stacks; s++)
            {
                Assert.InRange(RelativeError.Of(outputs[s].Span.Slice(n * length, length), recorded.Span.Slice((n * stacks + s) * length, length)), 0, 2e-4);
            }

        float[] actual = [.. losses.Cast<double>().Select(loss => (float)loss)];
        Assert.InRange(RelativeError.Of(actual, PrincetonTraining.LossPerImageAndStack), 0, 1e-5);

        var gradients = Safetensors.Load(Repository.Fixture("training/princeton_step0_gradients.safetensors"));
        Assert.Equal(gradients.Tensors.Keys.Order(), training.Training.Parameters.Select(parameter => parameter.Name).Order());
        var noise = PrincetonTraining.Figures.GetProperty("gradient_error_float32_against_float64");
        double[] errors = [.. training.Training.Parameters.Where(parameter => noise.GetProperty(parameter.Name).GetDouble() < 1) // the others: biases before a BatchNorm
            .Select(parameter => RelativeError.Of(parameter.Gradient, gradients[parameter.Name].ToTensor()))];
        AssertMostWithin(1e-3, errors);
        Assert.InRange(errors.Max(), 0, 1e-2);
    }

    [Theory]
    [InlineData("frozen_bn", "sgd")]
    [InlineData("frozen_bn", "rmsprop")]
    [InlineData("frozen_bn", "adam")]
    [InlineData("frozen_bn", "adamw")]
    [InlineData("train_bn", "sgd")]
    [InlineData("train_bn", "rmsprop")]
    [InlineData("train_bn", "adam")]
    [InlineData("train_bn", "adamw")]
    public void Step_ThreeTimes_GivesRecordedLossesAndMovements(string statistics, string optimizerName)
    {
        bool isFrozen = statistics == "frozen_bn", isSgd = optimizerName == "sgd";
        var training = new PrincetonTraining(_pool, isFrozen);
        var optimizer = training.OptimizerNamed(optimizerName, isFrozen);
        var recorded = Safetensors.Load(Repository.Fixture($"training/princeton_{statistics}_{optimizerName}.safetensors"));
        var figures = PrincetonTraining.Figures.GetProperty("result").GetProperty(statistics).GetProperty(optimizerName);

        float[] losses = recorded["losses"].ToArray<float>();
        for (int step = 0; step < losses.Length; step++)
            Assert.InRange(training.Step(optimizer) / losses[step] - 1, -LossTolerance(step, isFrozen), LossTolerance(step, isFrozen));

        var errors = new List<double>();
        var unchanged = Names("unchanged_tensors");
        var illConditioned = Names("ill_conditioned");
        foreach (var parameter in training.Network.Parameters)
        {
            var (initial, value) = (PrincetonTraining.Initial(parameter.Name), parameter.Value);
            if (unchanged.Contains(parameter.Name)) Assert.Equal(initial.Span.ToArray(), value.Span.ToArray());
            if (parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal) || unchanged.Contains(parameter.Name)) continue;
            if (illConditioned.Contains(parameter.Name) && !(isSgd && isFrozen)) continue;
            float[] final = recorded.TryGetTensor($"final.{parameter.Name}", out var whole) ? whole.ToArray<float>() : recorded[$"first16.{parameter.Name}"].ToArray<float>();
            float[] wanted = Difference(final, initial.Span), moved = Difference(value.Span[..Math.Min(final.Length, value.Span.Length)], initial.Span);
            if (wanted.All(movement => movement == 0) && moved.All(movement => movement == 0)) continue;
            double error = RelativeError.Of(moved, wanted.AsSpan(0, moved.Length));
            errors.Add(error);
            if (isFrozen) Assert.True(error <= (illConditioned.Contains(parameter.Name) ? 3e-2 : 1e-3), $"{parameter.Name} moved otherwise than recorded by {error:g3}.");
        }

        if (!isFrozen) AssertMostWithin(isSgd ? 2e-2 : 5e-2, errors, isSgd ? 0.95 : 0.8);

        HashSet<string> Names(string list) => figures.TryGetProperty(list, out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
    }

    /// <summary>
    /// With the statistics of two images, what the optimizers divide by tiny numbers grows with every step: PyTorch itself, its
    /// convolutions computed another way, misses its own recorded third loss by 7e-3.
    /// </summary>
    private static double LossTolerance(int step, bool isFrozen) => isFrozen ? 1e-4 : step < 2 ? 1e-3 : 2e-2;

    private static void AssertMostWithin(double tolerance, IReadOnlyCollection<double> errors, double share = 0.95) =>
        Assert.True(errors.Count(error => error <= tolerance) >= share * errors.Count, $"{errors.Count(error => error > tolerance)} of {errors.Count} errors are above {tolerance}.");

    private static float[] Difference(ReadOnlySpan<float> values, ReadOnlySpan<float> initial)
    {
        float[] difference = new float[values.Length];
        for (int i = 0; i < values.Length; i++) difference[i] = values[i] - initial[i];
        return difference;
    }
}
