using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.Integral;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;
using Akimbo.Networks.Inference;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

/// <summary>Tests that count the allocations of the whole process run while no others do.</summary>
[CollectionDefinition(nameof(ModelAllocationTests), DisableParallelization = true)]
[Collection(nameof(ModelAllocationTests))]
public sealed class ModelAllocationTests
{
    /// <summary>What the test runner's threads may allocate in the time of two runs; an object a layer would be more.</summary>
    private const int RunnersBytes = 4096;

    /// <summary>Every architecture of the catalog, narrow where it can be.</summary>
    public static TheoryData<string> Architectures =>
        ["lite-pose", "hourglass", "bearpaw-hourglass", "hrnet", "associative-embedding", "pose-resnet", "integral"];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Run_OneImageAndEightAfterTheFirstTime_AllocatesNothing(string architecture)
    {
        var network = Create(architecture);
        network.FillRandomly(seed: 1);
        using var pool = new WorkerPool(threadCount: 2);
        var compiled = new CompiledNetwork(network, pool);
        Tensor one = new([1, 3, 64, 64]), eight = new([8, 3, 64, 64]);
        compiled.Run(one);
        compiled.Run(eight);

        var (own, total) = Allocations.Fewest(() =>
        {
            compiled.Run(one);
            compiled.Run(eight);
        });

        Assert.Equal(0, own);
        Assert.True(total < RunnersBytes, $"{architecture}: {total} bytes on all threads.");
    }

    private static Network Create(string architecture) => architecture switch
    {
        "lite-pose" => new LitePose(),
        "hourglass" => new StackedHourglass(new StackedHourglassOptions { Stacks = 2, Channels = 32 }),
        "bearpaw-hourglass" => new BearpawHourglass(new BearpawHourglassOptions { StemChannels = 8, Features = 16 }),
        "hrnet" => new HighResolutionNet(new HighResolutionOptions { BranchChannels = [8, 16, 32, 64] }),
        "associative-embedding" => new AssociativeEmbeddingNet(new AssociativeEmbeddingNetOptions { Stacks = 2, Channels = 32, Increase = 16 }),
        "pose-resnet" => new PoseResNet(new PoseResNetOptions { Channels = 8, Blocks = [1, 1, 1, 1], DeconvChannels = [32, 32, 32] }),
        "integral" => new IntegralNetwork(Create("pose-resnet")),
        _ => throw new ArgumentException($"There is no architecture {architecture}.", nameof(architecture)),
    };
}
