using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels;

/// <summary>The fastest that this machine multiplies and adds in registers: what kernels are measured against.</summary>
public static class PeakMeasurement
{
    private const int Repeats = 1 << 18;
    private const int FlopsOfABlock = 2 * BlockedLayout.Lanes;
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(300);

    /// <summary>The best of many bursts of a millisecond, so that other work on the machine hardly lowers it. It takes 0.3 s.</summary>
    /// <param name="pool">The threads that compute at once.</param>
    /// <param name="path">The vector width; the one that kernels use when null.</param>
    /// <returns>10⁹ floating-point operations a second, a multiply-add being two.</returns>
    public static double Gigaflops(WorkerPool pool, SimdPath? path = null)
    {
        ArgumentNullException.ThrowIfNull(pool);
        var burst = new Burst(path ?? SimdPaths.Best, pool.ThreadCount);
        double best = 0;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < Duration)
        {
            long start = Stopwatch.GetTimestamp();
            pool.Run(burst, pool.ThreadCount);
            double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            best = Math.Max(best, burst.Flops * (double)pool.ThreadCount / nanoseconds);
        }

        return best;
    }

    private sealed class Burst(SimdPath path, int threads) : IParallelWork
    {
        private readonly float[] _results = new float[threads * BlockedLayout.Lanes];

        /// <summary>Operations of a part.</summary>
        public long Flops => (long)Repeats * FlopsOfABlock * path switch
        {
            SimdPath.Vector512 => Chains<Block512>(),
            SimdPath.Vector256 => Chains<Block256>(),
            _ => Chains<Block128>(),
        };

        public void Run(int chunk, int worker)
        {
            ref float result = ref _results[chunk * BlockedLayout.Lanes];
            switch (path)
            {
                case SimdPath.Vector512:
                    Multiply<Block512>(ref result);
                    break;
                case SimdPath.Vector256:
                    Multiply<Block256>(ref result);
                    break;
                default:
                    Multiply<Block128>(ref result);
                    break;
            }
        }
    }

    /// <summary>Chains of twelve vectors: more than two units of latency four need, and no more than sixteen registers hold.</summary>
    private static int Chains<TBlock>() where TBlock : struct, IBlock<TBlock> =>
        typeof(TBlock) == typeof(Block512) ? 12 : typeof(TBlock) == typeof(Block256) ? 6 : 3;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<TBlock>(ref float result) where TBlock : struct, IBlock<TBlock>
    {
        TBlock factor = TBlock.Broadcast(1e-9f), one = TBlock.Broadcast(1);
        TBlock c0 = one, c1 = one, c2 = one, c3 = one, c4 = one, c5 = one, c6 = one, c7 = one, c8 = one, c9 = one, c10 = one, c11 = one;
        for (int i = 0; i < Repeats; i++)
        {
            c0 = TBlock.MultiplyAdd(c0, factor, c0);
            c1 = TBlock.MultiplyAdd(c1, factor, c1);
            c2 = TBlock.MultiplyAdd(c2, factor, c2);
            if (typeof(TBlock) == typeof(Block128)) continue;
            c3 = TBlock.MultiplyAdd(c3, factor, c3);
            c4 = TBlock.MultiplyAdd(c4, factor, c4);
            c5 = TBlock.MultiplyAdd(c5, factor, c5);
            if (typeof(TBlock) == typeof(Block256)) continue;
            c6 = TBlock.MultiplyAdd(c6, factor, c6);
            c7 = TBlock.MultiplyAdd(c7, factor, c7);
            c8 = TBlock.MultiplyAdd(c8, factor, c8);
            c9 = TBlock.MultiplyAdd(c9, factor, c9);
            c10 = TBlock.MultiplyAdd(c10, factor, c10);
            c11 = TBlock.MultiplyAdd(c11, factor, c11);
        }

        var low = TBlock.Add(TBlock.Add(TBlock.Add(c0, c1), TBlock.Add(c2, c3)), TBlock.Add(c4, c5));
        var high = TBlock.Add(TBlock.Add(TBlock.Add(c6, c7), TBlock.Add(c8, c9)), TBlock.Add(c10, c11));
        TBlock.Store(TBlock.Add(low, high), ref result);
    }
}
