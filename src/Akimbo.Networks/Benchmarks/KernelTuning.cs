using System.Diagnostics;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Benchmarks;

/// <summary>
/// Finds what kernels are best planned by on this machine: each of the costs is made smaller and larger in turn, again while
/// that helps, and kept where real networks run faster, timed by turns with the plans of before. The costs found are kept on file, where every later
/// process finds them; results may change in their last bits, since other algorithms may be chosen.
/// </summary>
public sealed class KernelTuning
{
    private const int Rounds = 9;
    private const int MostPasses = 3;
    private const double LeastGain = 0.99;

    private static readonly (string Name, Func<KernelCosts, double, KernelCosts> Scale)[] Costs =
    [
        ("reading from the caches", (costs, factor) => costs with { BytesPerMicrosecond = costs.BytesPerMicrosecond * factor }),
        ("reading from memory", (costs, factor) => costs with { ColdBytesPerMicrosecond = costs.ColdBytesPerMicrosecond * factor }),
        ("multiplying", (costs, factor) => costs with { OperationsPerMicrosecond = costs.OperationsPerMicrosecond * factor }),
        ("the size of the cache", (costs, factor) => costs with { CacheBytes = costs.CacheBytes * factor, SmallBytes = costs.SmallBytes * factor }),
        ("transforming", (costs, factor) => costs with { TransformedPoint = costs.TransformedPoint * factor }),
        ("handing out a part", (costs, factor) => costs with { Chunk = costs.Chunk * factor }),
    ];

    private readonly IReadOnlyList<(Network Network, Tensor Input)> _networks;
    private readonly IReadOnlyList<int> _threads;

    /// <summary>Prepares the networks that are timed.</summary>
    /// <param name="networks">Networks with weights, and the shapes of their inputs.</param>
    /// <param name="threads">The numbers of threads they are timed with.</param>
    /// <exception cref="ArgumentException">There is nothing to time.</exception>
    public KernelTuning(IReadOnlyList<(Network Network, Shape Input)> networks, IReadOnlyList<int> threads)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(threads);
        if (networks.Count == 0 || threads.Count == 0) throw new ArgumentException("Tuning needs a network and a number of threads.");
        _networks = [.. networks.Select(entry => (entry.Network, new Tensor(entry.Input)))];
        _threads = threads;
    }

    /// <summary>Tries all costs, and keeps the best on file.</summary>
    /// <param name="progress">Told of every trial.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public TuningResult Run(Action<TuningTrial>? progress = null)
    {
        KernelCosts before = KernelCosts.Current, best = before;
        try
        {
            for (int pass = 0; pass < MostPasses; pass++)
            {
                KernelCosts start = best;
                foreach (var (name, scale) in Costs) best = Better(best, name, scale, progress);
                if (best == start) break;
            }

            double gain = best == before ? 1 : Ratio(before, best);
            return new TuningResult(gain, KernelCostsFile.Save(best));
        }
        finally
        {
            KernelCosts.Current = best;
        }
    }

    private KernelCosts Better(KernelCosts best, string name, Func<KernelCosts, double, KernelCosts> scale, Action<TuningTrial>? progress)
    {
        foreach (double factor in (ReadOnlySpan<double>)[1.7, 0.6])
        {
            KernelCosts candidate = scale(best, factor);
            double ratio = Ratio(best, candidate);
            bool isKept = ratio < LeastGain;
            progress?.Invoke(new TuningTrial(name, factor, ratio, isKept));
            if (isKept) return candidate;
        }

        return best;
    }

    /// <summary>The time with other costs by the time with some, the geometric mean over networks and threads.</summary>
    private double Ratio(KernelCosts some, KernelCosts others)
    {
        double sum = 0;
        foreach (int threads in _threads)
        {
            using var pool = new WorkerPool(threads);
            foreach (var (network, input) in _networks)
            {
                CompiledNetwork first = Compiled(network, input, pool, some), second = Compiled(network, input, pool, others);
                double[] ones = new double[Rounds], twos = new double[Rounds];
                for (int i = 0; i < Rounds; i++) (ones[i], twos[i]) = (Milliseconds(first, input), Milliseconds(second, input));
                Array.Sort(ones);
                Array.Sort(twos);

                // Between the median and the shortest: on a machine that does other work too, the slower half says little.
                sum += Math.Log(twos[Rounds / 4] / ones[Rounds / 4]);
            }
        }

        return Math.Exp(sum / (_threads.Count * _networks.Count));
    }

    private static CompiledNetwork Compiled(Network network, Tensor input, WorkerPool pool, KernelCosts costs)
    {
        KernelCosts.Current = costs;
        var compiled = new CompiledNetwork(network, pool);
        for (int i = 0; i < 2; i++) compiled.Run(input);
        return compiled;
    }

    private static double Milliseconds(CompiledNetwork network, Tensor input)
    {
        network.Run(input);
        long start = Stopwatch.GetTimestamp();
        network.Run(input);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}

/// <summary>One cost made larger or smaller.</summary>
/// <param name="Cost">Which.</param>
/// <param name="Factor">What the number behind it was multiplied by: a speed, a size or a time.</param>
/// <param name="Ratio">The time with it by the time without; below 1 it is faster.</param>
/// <param name="IsKept">Whether it is kept.</param>
public readonly record struct TuningTrial(string Cost, double Factor, double Ratio, bool IsKept);

/// <summary>What tuning found.</summary>
/// <param name="Ratio">The time after by the time before, over all networks.</param>
/// <param name="File">Where the costs are kept.</param>
public sealed record TuningResult(double Ratio, string File);
