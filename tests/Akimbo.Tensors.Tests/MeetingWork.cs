using System.Collections.Concurrent;

namespace Akimbo.Tensors.Tests;

/// <summary>Chunks that end only when all of them run at the same time, each on a thread of its own.</summary>
internal sealed class MeetingWork(int threads) : IParallelWork, IDisposable
{
    private readonly CountdownEvent _absent = new(threads);

    /// <summary>The thread of every worker number.</summary>
    public ConcurrentDictionary<int, Thread> Threads { get; } = new();

    public void Run(int chunk, int worker)
    {
        Threads[worker] = Thread.CurrentThread;
        _absent.Signal();
        if (!_absent.Wait(TimeSpan.FromSeconds(30))) throw new TimeoutException($"{_absent.CurrentCount} threads did not come.");
    }

    public void Dispose() => _absent.Dispose();
}
