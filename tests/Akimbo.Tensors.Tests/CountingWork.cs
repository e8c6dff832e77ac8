namespace Akimbo.Tensors.Tests;

/// <summary>Counts how often each chunk ran, and notes worker numbers that are out of range or used by two chunks at once.</summary>
/// <param name="maxChunks">The most chunks of a run.</param>
/// <param name="threads">Threads of the pool.</param>
/// <param name="spins">How long a chunk takes.</param>
internal sealed class CountingWork(int maxChunks, int threads, int spins = 0) : IParallelWork
{
    private readonly int[] _runs = new int[maxChunks];
    private readonly int[] _busy = new int[threads];
    private readonly int[] _served = new int[threads];
    private int _misnumbered;

    /// <summary>What a chunk does once it is counted.</summary>
    public Action<int>? Body { get; set; }

    /// <summary>How many workers ran a chunk.</summary>
    public int Workers => _served.Count(chunks => chunks > 0);

    public void Run(int chunk, int worker)
    {
        Interlocked.Increment(ref _runs[chunk]);
        if ((uint)worker >= (uint)threads || Interlocked.Exchange(ref _busy[worker], 1) != 0)
        {
            Interlocked.Increment(ref _misnumbered);
            return;
        }

        try
        {
            _served[worker]++;
            Thread.SpinWait(spins);
            Body?.Invoke(chunk);
        }
        finally
        {
            Volatile.Write(ref _busy[worker], 0);
        }
    }

    public void Clear() => Array.Clear(_runs);

    public void AssertRan(int chunks, int times)
    {
        for (int chunk = 0; chunk < maxChunks; chunk++)
        {
            int expected = chunk < chunks ? times : 0;
            if (_runs[chunk] != expected) Assert.Fail($"Chunk {chunk} of {chunks} ran {_runs[chunk]} times instead of {expected}.");
        }

        Assert.Equal(0, _misnumbered);
    }
}
