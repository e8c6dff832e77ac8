using Akimbo.Networks.Benchmarks;
using Akimbo.Networks.Tests.Inference;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Tests.Benchmarks;

public sealed class NetworkBenchmarkTests
{
    [Fact]
    public void Run_Network_TimesEveryRoundAndEveryLayer()
    {
        var network = CompiledNetworkTests.Backbone();
        using var benchmark = new NetworkBenchmark(threads: 2);

        var timing = benchmark.Run(network, [2, 3, 24, 16], new NetworkBenchmarkOptions { Rounds = 4, WarmUpRounds = 1, Profile = true });

        Assert.Equal([2, 3, 24, 16], timing.Input);
        Assert.Equal((2, SimdPaths.Best), (timing.Threads, timing.Path));
        Assert.Equal(4, timing.Milliseconds.Count);
        Assert.Equal(timing.Milliseconds.Order(), timing.Milliseconds);
        Assert.Equal(network.Trace([2, 3, 24, 16]).MultiplyAdds, timing.MultiplyAdds);
        Assert.Equal(timing.MultiplyAdds, timing.Layers.Sum(layer => layer.MultiplyAdds));
        Assert.True(timing.PeakGigaflops > 0);
    }

    [Fact]
    public void Run_NoRounds_SaysSo()
    {
        using var benchmark = new NetworkBenchmark(threads: 1);

        var error = Assert.Throws<ArgumentException>(() => benchmark.Run(CompiledNetworkTests.Backbone(), [1, 3, 24, 16], new NetworkBenchmarkOptions { Rounds = 0 }));

        Assert.StartsWith("A benchmark of 0 rounds; expected at least one.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Timing_OfKnownTimes_GivesQuartilesAndRates()
    {
        var timing = new NetworkTiming([2, 3, 4, 4], 1, SimdPath.Vector128, MultiplyAdds: 30_000_000, PeakGigaflops: 40, [1, 2, 3, 5], []);

        Assert.Equal((1, 1.75, 2.5, 3.5), (timing.Minimum, timing.LowerQuartile, timing.Median, timing.UpperQuartile));
        Assert.Equal(800, timing.ImagesPerSecond, 1e-9);
        Assert.Equal(24, timing.Gigaflops, 1e-9);
        Assert.Equal(0.6, timing.ShareOfPeak, 1e-9);
    }
}
