using System.Runtime.ExceptionServices;

namespace Akimbo.Tensors;

/// <summary>Work that a <see cref="WorkerPool"/> shares out in parts.</summary>
public interface IParallelWork
{
    /// <summary>Does one part; parts run in any order and at the same time.</summary>
    /// <param name="chunk">Which part, from 0.</param>
    /// <param name="worker">Which thread runs it, from 0 to <see cref="WorkerPool.ThreadCount"/> − 1; no two parts of one run have the same number at once.</param>
    void Run(int chunk, int worker);
}

/// <summary>
/// Threads that stay alive between calls and share out the parts of one piece of work at a time. Every thread has a range of
/// neighbouring parts, the same share of each work, so that it finds in its cache what it wrote before; one that has finished its
/// own takes parts from the ends of the others' ranges, so that a thread the system takes away delays only its own part.
/// Threads without work spin briefly, then sleep. Running work allocates nothing.
/// </summary>
public sealed class WorkerPool : IDisposable
{
    private const int SpinsBeforeSleep = 2000;
    private readonly Thread[] _threads;
    private readonly PartRanges _ranges;
    private readonly object _gate = new();
    private IParallelWork? _work;
    private ExceptionDispatchInfo? _failure;
    private int _running;
    private int _remaining;
    private int _sleeping;
    private int _generation;
    private volatile bool _disposed;

    /// <summary>Starts a pool; the thread that calls <see cref="Run"/> is one of its threads.</summary>
    /// <param name="threadCount">Threads that share the work, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public WorkerPool(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        _threads = new Thread[threadCount - 1];
        _ranges = new PartRanges(threadCount);
        for (int i = 0; i < _threads.Length; i++)
        {
            int worker = i + 1;
            _threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"Akimbo worker {worker}" };
            _threads[i].Start();
        }
    }

    /// <summary>Threads that share the work, the caller's included.</summary>
    public int ThreadCount => _threads.Length + 1;

    /// <summary>Threads that sleep until there is work.</summary>
    internal int SleepingThreads => Volatile.Read(ref _sleeping);

    /// <summary>
    /// Runs every part of <paramref name="work"/> and returns when all are done. While other work is running, another
    /// caller's or the one this call comes from, the parts run on the calling thread alone, as worker 0.
    /// </summary>
    /// <param name="work">The work.</param>
    /// <param name="chunkCount">How many parts it has, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    /// <exception cref="Exception">The first exception that a part threw, after all parts have ended.</exception>
    public void Run(IParallelWork work, int chunkCount)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(chunkCount);
        if (chunkCount <= 1 || _threads.Length == 0 || Interlocked.Exchange(ref _running, 1) != 0)
        {
            RunAlone(work, chunkCount);
            return;
        }

        try
        {
            _failure = null;
            for (int first = 0; first < chunkCount; first += PartRanges.MaxParts)
                RunShared(work, first, Math.Min(PartRanges.MaxParts, chunkCount - first));
            _failure?.Throw();
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        WakeAll();
        foreach (var thread in _threads) thread.Join();
    }

    private static void RunAlone(IParallelWork work, int chunkCount)
    {
        ExceptionDispatchInfo? failure = null;
        for (int chunk = 0; chunk < chunkCount; chunk++)
        {
            try
            {
                work.Run(chunk, worker: 0);
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private void RunShared(IParallelWork work, int first, int count)
    {
        _work = work;
        Volatile.Write(ref _remaining, count);
        _ranges.Fill(first, count);
        Interlocked.Increment(ref _generation);
        if (SleepingThreads > 0) WakeAll();

        while (TryRunOne(worker: 0))
        {
        }

        var spin = new SpinWait();
        while (Volatile.Read(ref _remaining) > 0) spin.SpinOnce(sleep1Threshold: -1);
        _work = null;
    }

    private void Serve(int worker)
    {
        while (!_disposed)
        {
            int seen = Volatile.Read(ref _generation);
            while (TryRunOne(worker))
            {
            }

            for (int spin = 0; spin < SpinsBeforeSleep && !HasNews(seen); spin++) Thread.SpinWait(8);
            if (!HasNews(seen)) Sleep(seen);
        }
    }

    /// <summary>Sleeps until there is news. The caller sees the sleeper, or the sleeper sees the news: both write first, then read.</summary>
    private void Sleep(int seen)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _sleeping);
            while (!HasNews(seen)) Monitor.Wait(_gate);
            _sleeping--;
        }
    }

    private void WakeAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private bool HasNews(int seen) => Volatile.Read(ref _generation) != seen || _disposed;

    /// <summary>
    /// Claims a part of the current work and runs it. The claim succeeds only if the range has not changed since the work was
    /// read, and work of which parts are left cannot have ended: the part is of that work.
    /// </summary>
    private bool TryRunOne(int worker)
    {
        for (int i = 0; i < ThreadCount; i++)
        {
            int owner = (worker + i) % ThreadCount;
            while (_ranges.Read(owner) is var range && !PartRanges.IsEmpty(range))
            {
                var work = Volatile.Read(ref _work);
                if (!_ranges.TryClaim(owner, range, fromEnd: i > 0, out int part)) continue;

                try
                {
                    work!.Run(part, worker);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(exception), null);
                }

                Interlocked.Decrement(ref _remaining);
                return true;
            }
        }

        return false;
    }
}
