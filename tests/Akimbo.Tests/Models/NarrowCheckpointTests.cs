using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class NarrowCheckpointTests
{
    [Theory]
    [InlineData("princeton_hg.pt", "princeton_hg_eval", "princeton_hg_eval")]
    [InlineData("princeton_hg_legacy.pt", "princeton_hg_eval", "princeton_hg_eval")]
    [InlineData("princeton_hg_checkpoint.pt", "princeton_hg_eval", "princeton_hg_checkpoint_eval")]
    [InlineData("bearpaw_hg_narrow.pth.tar", "bearpaw_hg_narrow_eval", "bearpaw_hg_narrow_eval")]
    [InlineData("hrnet_narrow.pth", "hrnet_narrow_eval", "hrnet_narrow_eval")]
    [InlineData("pose_ae.pth.tar", "pose_ae_eval", "pose_ae_eval")]
    public void Run_LoadedCheckpoint_GivesTheOriginalsOutputOfEveryStack(string checkpoint, string inputFile, string outputFile)
    {
        var input = Safetensors.Load(Repository.Fixture($"models/{inputFile}.safetensors"))["input_nchw"].ToTensor();
        var expected = Stacks(Safetensors.Load(Repository.Fixture($"models/{outputFile}.safetensors")));
        var network = PublishedNetworks.CreateNarrow(checkpoint);
        network.Load(Repository.Fixture($"models/{checkpoint}"));
        using var pool = new WorkerPool(threadCount: 2);

        foreach (var path in SimdPaths.Supported)
        {
            var outputs = new CompiledNetwork(network, pool, path).Run(input);

            Assert.Equal(expected.Count, outputs.Count);
            for (int stack = 0; stack < outputs.Count; stack++)
                Assert.InRange(RelativeError.Of(outputs[stack], expected[stack]), 0, 1e-5);
        }
    }

    /// <summary>The outputs of each stack, which files hold one by one, or together as [1, S, K, H, W], or alone.</summary>
    private static List<Tensor> Stacks(SafetensorsFile file)
    {
        if (!file.Tensors.ContainsKey("output")) return [file["stack0"].ToTensor(), file["stack1"].ToTensor()];
        var output = file["output"].ToTensor();
        if (output.Shape.Rank == 4) return [output];

        var (stacks, one) = (output.Shape[1], new Shape(1, output.Shape[2], output.Shape[3], output.Shape[4]));
        int length = (int)one.ElementCount;
        return [.. Enumerable.Range(0, stacks).Select(stack => new Tensor(one, output.Memory.Slice(stack * length, length)))];
    }
}
