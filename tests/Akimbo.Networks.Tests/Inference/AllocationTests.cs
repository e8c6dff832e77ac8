using Akimbo.Networks.Inference;
using Akimbo.Tensors;

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

        long own = long.MaxValue, total = long.MaxValue;
        for (int attempt = 0; attempt < 10 && (own > 0 || total > 0); attempt++)
        {
            long ownBefore = GC.GetAllocatedBytesForCurrentThread(), totalBefore = GC.GetTotalAllocatedBytes(precise: true);
            Repeat(compiled, inputs);
            own = Math.Min(own, GC.GetAllocatedBytesForCurrentThread() - ownBefore);
            total = Math.Min(total, GC.GetTotalAllocatedBytes(precise: true) - totalBefore);
        }

        Assert.Equal(0, own);
        Assert.True(total < Runs, $"{Runs} runs allocate {total} bytes on all threads.");
    }

    private static void Repeat(CompiledNetwork compiled, Tensor[] inputs)
    {
        for (int run = 0; run < Runs; run++)
            foreach (var input in inputs) compiled.Run(input);
    }
}
