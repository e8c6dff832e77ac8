using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>Pools of one and of two threads for the tests of a class.</summary>
public sealed class WorkerPools : IDisposable
{
    public WorkerPool One { get; } = new(threadCount: 1);

    public WorkerPool Two { get; } = new(threadCount: 2);

    public IReadOnlyList<WorkerPool> All => [One, Two];

    public void Dispose()
    {
        One.Dispose();
        Two.Dispose();
    }
}
