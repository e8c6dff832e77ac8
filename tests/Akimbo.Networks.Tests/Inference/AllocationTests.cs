using Akimbo.Networks.Inference;
using Akimbo.Networks.Layers;
using Akimbo.Tensors;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>Tests that count the allocations of the whole process run while no others do.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Runs = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_AfterTheFirst_AllocatesNothingOnAnyThread(int threads)
    {
        using var pool = new WorkerPool(threads);
        var compiled = new CompiledNetwork(CompiledNetworkTests.Backbone(), pool);
        Tensor[] inputs = [RandomTensors.Uniform([1, 3, 24, 16], seed: 1), RandomTensors.Uniform([2, 3, 16, 32], seed: 2)];
        Repeat(compiled, inputs);

        var (own, total) = Allocations.Fewest(() => Repeat(compiled, inputs));

        Assert.Equal(0, own);
        Assert.True(total < Runs, $"{Runs} runs allocate {total} bytes on all threads.");
    }

    [Fact]
    public void Run_OtherShapesAndInstances_ShareThePackedWeights()
    {
        const int Channels = 1024;
        const long WeightBytes = sizeof(float) * (long)Channels * Channels;
        var network = TestNetwork.Of(scope =>
        {
            var layer = new Conv2d(scope, Channels, Channels, kernelSize: 1);
            return layer.Forward;
        });
        using var pool = new WorkerPool(threadCount: 1);
        var compiled = new CompiledNetwork(network, pool);
        Tensor first = new([1, Channels, 1, 1]), second = new([1, Channels, 1, 2]);

        Assert.InRange(BytesOf(() => compiled.Run(first)), WeightBytes, long.MaxValue);
        Assert.InRange(BytesOf(() => compiled.Run(second)), 0, WeightBytes / 2);
        Assert.InRange(BytesOf(() => compiled.Share().Run(first)), 0, WeightBytes / 2);
    }

    private static long BytesOf(Action work)
    {
        long before = GC.GetTotalAllocatedBytes(precise: true);
        work();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void Repeat(CompiledNetwork compiled, Tensor[] inputs)
    {
        for (int run = 0; run < Runs; run++)
            foreach (var input in inputs) compiled.Run(input);
    }
}
