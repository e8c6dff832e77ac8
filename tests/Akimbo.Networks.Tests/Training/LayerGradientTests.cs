using Akimbo.Networks.Tests.Inference;
using Akimbo.Networks.Tests.Operations;
using Akimbo.Networks.Training;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Training;

/// <summary>Every operation's gradients against numbers recorded from PyTorch 1.13, for the loss sum(output · grad_output).</summary>
public sealed class LayerGradientTests(WorkerPools pools) : IClassFixture<WorkerPools>
{
    public static TheoryData<string> Files => [.. LayerFixtures.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Backward_RecordedOutputGradient_GivesRecordedGradients(string file)
    {
        var entry = LayerFixtures.Entry(file);
        var recorded = Safetensors.Load(Repository.Fixture($"layers/{file}"));
        bool isSum = LayerFixtures.Operation(entry) == "add";
        double tolerance = file.Contains("two_values", StringComparison.Ordinal) ? 5e-5 : 1e-5;
        foreach (var path in SimdPaths.Supported)
            foreach (var pool in pools.All)
            {
                var network = LayerFixtures.NetworkOf(entry, recorded);
                var input = isSum ? LayerFixtures.Stacked(recorded) : recorded["input"].ToTensor();
                var options = new TrainingOptions { FreezeStatistics = !LayerFixtures.IsTraining(entry), KeepsInputGradient = true };
                var training = new TrainingNetwork(network, input.Shape, pool, options, path);
                var outputs = training.Forward(input);
                recorded["grad_output"].ToTensor().Span.CopyTo(training.OutputGradients[0].Span);
                training.Backward();

                Check(recorded["output"].ToTensor(), outputs[0], "output");
                Check(isSum ? LayerFixtures.Stacked(recorded, "grad_input", "grad_other") : recorded["grad_input"].ToTensor(), training.Current.InputGradient!, "input");
                foreach (var parameter in training.Parameters.Where(_ => !isSum))
                    Check(recorded[$"grad_{parameter.Name}"].ToTensor(), parameter.Gradient, parameter.Name);
                foreach (string statistic in new[] { "running_mean", "running_var" })
                    if (recorded.Tensors.ContainsKey($"{statistic}_after"))
                        Check(recorded[$"{statistic}_after"].ToTensor(), network[statistic].Value, statistic);

                void Check(Tensor expected, Tensor actual, string what)
                {
                    double error = RelativeError.Of(actual, expected);
                    Assert.True(error <= tolerance, $"{file}: {what} differs by {error:g3} from what is recorded: {path}, {pool.ThreadCount} threads.");
                }
            }
    }
}
