using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Benchmarks;

/// <summary>How long a network takes for one shape of input.</summary>
/// <param name="Input">[N, C, H, W].</param>
/// <param name="Threads">Threads that ran it.</param>
/// <param name="Path">The vector width.</param>
/// <param name="MultiplyAdds">Multiply-adds of one run by the operations' definitions.</param>
/// <param name="PeakGigaflops">What as many threads reach in registers, in 10⁹ floating-point operations a second.</param>
/// <param name="Milliseconds">The time of each run, shortest first.</param>
/// <param name="Layers">The time of each kernel call in order; empty where it was not asked for.</param>
public sealed record NetworkTiming(
    Shape Input, int Threads, SimdPath Path, long MultiplyAdds, double PeakGigaflops, IReadOnlyList<double> Milliseconds, IReadOnlyList<LayerTiming> Layers)
{
    /// <summary>The median time of a run.</summary>
    public double Median => Quantile(0.5);

    /// <summary>A quarter of the runs are shorter.</summary>
    public double LowerQuartile => Quantile(0.25);

    /// <summary>A quarter of the runs are longer.</summary>
    public double UpperQuartile => Quantile(0.75);

    /// <summary>The shortest run.</summary>
    public double Minimum => Milliseconds[0];

    /// <summary>Images a second at the median time.</summary>
    public double ImagesPerSecond => 1e3 * Input[0] / Median;

    /// <summary>10⁹ floating-point operations a second at the median time, a multiply-add being two.</summary>
    public double Gigaflops => 2e-6 * MultiplyAdds / Median;

    /// <summary>
    /// <see cref="Gigaflops"/> as a share of the peak. Winograd's algorithm does a 3×3 convolution with fewer operations than are
    /// counted, so that the share may exceed 1.
    /// </summary>
    public double ShareOfPeak => Gigaflops / PeakGigaflops;

    /// <summary>The time that a share of the runs do not exceed, between neighbours in proportion.</summary>
    private double Quantile(double share)
    {
        double at = share * (Milliseconds.Count - 1);
        int below = (int)at, above = Math.Min(below + 1, Milliseconds.Count - 1);
        return double.Lerp(Milliseconds[below], Milliseconds[above], at - below);
    }
}
