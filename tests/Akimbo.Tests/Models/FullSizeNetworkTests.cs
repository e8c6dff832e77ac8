using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class FullSizeNetworkTests
{
    [Theory]
    [InlineData("princeton_hg_2", 0.6, 64, 64)]
    [InlineData("princeton_hg_8", 0.6, 64, 64)]
    [InlineData("bearpaw_hg_s2_b1", 0.6, 64, 64)]
    [InlineData("bearpaw_hg_s8_b1", 0.6, 64, 64)]
    [InlineData("hrnet_w32", 0.6, 128, 96)]
    [InlineData("hrnet_w48", 0.6, 128, 96)]
    [InlineData("pose_ae_4", 1.35, 64, 64)]
    [InlineData("pose_resnet_50", 1.0, 128, 96)]
    [InlineData("pose_resnet_101", 1.0, 128, 96)]
    [InlineData("pose_resnet_152", 1.0, 128, 96)]
    public void Run_FormulaWeights_GivesTheOriginalsOutputs(string name, double gain, int height, int width)
    {
        var recorded = Safetensors.Load(Repository.Fixture($"models/full_{name}.safetensors"));
        var network = PublishedNetworks.Create(name);
        FormulaWeights.Fill(network, gain);
        var input = FormulaWeights.Input([1, 3, height, width]);
        Assert.Equal(recorded["check_first_weight_values"].ToArray<float>(), network.Parameters[0].Value.Span[..8]);
        Assert.Equal(recorded["check_input_values"].ToArray<float>(), input.Span[..8]);

        using var pool = new WorkerPool(threadCount: 2);
        foreach (var path in SimdPaths.Supported)
        {
            var outputs = new CompiledNetwork(network, pool, path).Run(input);

            Assert.InRange(RelativeError.Of(outputs[^1], recorded["last"].ToTensor()), 0, 1e-5);
            if (recorded.Tensors.TryGetValue("first", out var first))
                Assert.InRange(RelativeError.Of(outputs[0], first.ToTensor()), 0, 1e-5);
        }
    }
}
