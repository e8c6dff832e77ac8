using System.Diagnostics;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Benchmarks;

/// <summary>Times networks with one number of threads.</summary>
public sealed class NetworkBenchmark : IDisposable
{
    private const int InputSeed = 1;
    private readonly WorkerPool _pool;

    /// <summary>Starts the threads and measures the peak they reach.</summary>
    /// <param name="threads">Threads, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none.</exception>
    public NetworkBenchmark(int threads)
    {
        _pool = new WorkerPool(threads);
        PeakGigaflops = PeakMeasurement.Gigaflops(_pool);
    }

    /// <summary>What the threads reach in registers, in 10⁹ floating-point operations a second.</summary>
    public double PeakGigaflops { get; }

    /// <summary>Compiles a network and times it on random numbers.</summary>
    /// <param name="network">The network, with weights.</param>
    /// <param name="input">The input's shape, [N, C, H, W].</param>
    /// <param name="options">How often it runs.</param>
    /// <exception cref="ArgumentException">The network cannot take an input of this shape, or there are no rounds.</exception>
    /// <exception cref="InvalidOperationException">The network has no weights.</exception>
    public NetworkTiming Run(Network network, Shape input, NetworkBenchmarkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        options ??= new NetworkBenchmarkOptions();
        if (options.Rounds < 1) throw new ArgumentException($"A benchmark of {options.Rounds} rounds; expected at least one.", nameof(options));
        long multiplyAdds = network.Trace(input).MultiplyAdds;
        var compiled = new CompiledNetwork(network, _pool);
        var tensor = RandomInput(input);
        for (int i = 0; i < options.WarmUpRounds; i++) compiled.Run(tensor);

        double[] times = new double[options.Rounds];
        foreach (ref double time in times.AsSpan())
        {
            long start = Stopwatch.GetTimestamp();
            compiled.Run(tensor);
            time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        var layers = options.Profile ? compiled.Profile(tensor, options.Rounds) : [];
        return new NetworkTiming(input, _pool.ThreadCount, SimdPaths.Best, multiplyAdds, PeakGigaflops, times, layers);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _pool.Dispose();

    private static Tensor RandomInput(Shape shape)
    {
        var random = new Random(InputSeed);
        var input = new Tensor(shape);
        foreach (ref float value in input.Span) value = 2 * random.NextSingle() - 1;
        return input;
    }
}
