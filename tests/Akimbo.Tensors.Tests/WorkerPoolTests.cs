using System.Diagnostics;

namespace Akimbo.Tensors.Tests;

public class WorkerPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Run_ManyChunkCounts_RunsEveryChunkOnce(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new CountingWork(64, threads);
        for (int repeat = 0; repeat < 40; repeat++)
            for (int chunks = 0; chunks <= 64; chunks++)
            {
                work.Clear();
                pool.Run(work, chunks);
                work.AssertRan(chunks, times: 1);
            }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_TwentyThousandShortWorks_LosesAndRepeatsNothing(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new CountingWork(7, threads, spins: 10);
        for (int run = 1; run <= 20_000; run++)
        {
            pool.Run(work, 7);
            work.AssertRan(7, times: run);
        }

        Assert.InRange(work.Workers, 2, threads);
    }

    [Fact]
    public void Run_PausesAsLongAsThreadsStayAwake_LosesNothingAndLetsAllSleepAfterwards()
    {
        using var pool = new WorkerPool(3);
        var work = new CountingWork(5, 3, spins: 10);
        var random = new Random(1);
        for (int run = 1; run <= 10_000; run++)
        {
            pool.Run(work, 5);
            work.AssertRan(5, times: run);
            Thread.SpinWait(random.Next(4_000));
        }

        AssertComesTrue(() => pool.SleepingThreads == 2, "The threads do not fall asleep.");
        Thread.Sleep(20);
        Assert.Equal(2, pool.SleepingThreads);
    }

    [Fact]
    public void Run_ThreadsThatSlept_WakeAndShareTheWork()
    {
        using var pool = new WorkerPool(3);
        for (int run = 0; run < 20; run++)
        {
            Thread.Sleep(5);
            using var meeting = new MeetingWork(3);
            pool.Run(meeting, 3);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_ChunksThatThrow_ThrowsOneOfThemAfterAllEnded(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new CountingWork(16, threads);
        for (int repeat = 0; repeat < 50; repeat++)
        {
            work.Clear();
            work.Body = chunk =>
            {
                if (chunk % 5 == 3) throw new InvalidDataException($"chunk {chunk}");
            };
            var exception = Assert.Throws<InvalidDataException>(() => pool.Run(work, 16));
            Assert.Contains(exception.Message, new[] { "chunk 3", "chunk 8", "chunk 13" });
            work.AssertRan(16, times: 1);

            work.Clear();
            work.Body = null;
            pool.Run(work, 16);
            work.AssertRan(16, times: 1);
        }
    }

    [Fact]
    public void Run_OneChunkThatThrows_Throws()
    {
        using var pool = new WorkerPool(2);
        var work = new CountingWork(1, 2) { Body = _ => throw new InvalidDataException() };

        Assert.Throws<InvalidDataException>(() => pool.Run(work, 1));
    }

    [Fact]
    public void Run_SeveralCallers_EachGetsEveryChunkOfItsOwnWork()
    {
        using var pool = new WorkerPool(3);
        var failures = new List<Exception>();
        var callers = new Thread[4];
        for (int i = 0; i < callers.Length; i++)
        {
            int chunks = 3 + i * 4;
            callers[i] = new Thread(() =>
            {
                try
                {
                    var work = new CountingWork(chunks, pool.ThreadCount);
                    for (int run = 1; run <= 2_000; run++)
                    {
                        pool.Run(work, chunks);
                        work.AssertRan(chunks, times: run);
                    }
                }
                catch (Exception exception)
                {
                    lock (failures) failures.Add(exception);
                }
            });
        }

        foreach (var caller in callers) caller.Start();
        foreach (var caller in callers) Assert.True(caller.Join(Patience), "A caller waits for ever.");
        Assert.Empty(failures);
    }

    [Fact]
    public void Run_FromInsideAChunk_RunsTheInnerWorkToo()
    {
        using var pool = new WorkerPool(3);
        var inner = new CountingWork[6];
        var outer = new CountingWork(6, 3)
        {
            Body = chunk =>
            {
                inner[chunk] = new CountingWork(9, 3);
                pool.Run(inner[chunk], 9);
            },
        };
        pool.Run(outer, 6);

        outer.AssertRan(6, times: 1);
        foreach (var work in inner) work.AssertRan(9, times: 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_AfterTheFirst_AllocatesNothing(int threads)
    {
        using var pool = new WorkerPool(threads);
        var work = new CountingWork(7, threads);
        for (int run = 0; run < 100; run++) pool.Run(work, 7);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int run = 0; run < 1_000; run++) pool.Run(work, 7);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Run_EveryThread_HasItsOwnWorkerNumber()
    {
        using var pool = new WorkerPool(4);
        using var work = new MeetingWork(4);
        pool.Run(work, 4);

        Assert.Equal([0, 1, 2, 3], work.Threads.Keys.Order());
        Assert.Equal(4, work.Threads.Values.Distinct().Count());
        Assert.Same(Thread.CurrentThread, work.Threads[0]);
    }

    [Fact]
    public void Run_AfterDispose_Throws()
    {
        var pool = new WorkerPool(2);
        pool.Dispose();

        Assert.Throws<ObjectDisposedException>(() => pool.Run(new CountingWork(1, 2), 1));
        pool.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Dispose_ThreadsAwakeOrAsleep_EndsThem(bool asleep)
    {
        for (int repeat = 0; repeat < 20; repeat++)
        {
            var pool = new WorkerPool(3);
            using var meeting = new MeetingWork(3);
            pool.Run(meeting, 3);
            if (asleep) Thread.Sleep(5);
            pool.Dispose();

            foreach (var (worker, thread) in meeting.Threads) Assert.Equal(worker == 0, thread.IsAlive);
        }
    }

    [Fact]
    public void Dispose_NeverRun_Ends() => new WorkerPool(4).Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_NoThreads_Throws(int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => new WorkerPool(threads));

    [Fact]
    public void Run_NegativeChunks_Throws()
    {
        using var pool = new WorkerPool(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Run(new CountingWork(1, 2), -1));
    }

    private static void AssertComesTrue(Func<bool> condition, string failure)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Patience, failure);
            Thread.Sleep(1);
        }
    }
}
