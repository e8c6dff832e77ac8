using Akimbo.Networks;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.Integral;

/// <summary>
/// Integral regression (Sun, Xiao, Wei, Liang and Wei, ECCV 2018): coordinates as the expectation over a heatmap, which, unlike
/// its maximum, lie between pixels and have a gradient.
/// </summary>
/// <param name="order">What is normalised: the map, as published, or its sums.</param>
/// <param name="temperature">What the scores are divided by before the soft-max; more than 0, sharper the smaller.</param>
/// <exception cref="ArgumentOutOfRangeException">The temperature is not a finite number above 0.</exception>
public sealed class IntegralHead(SoftArgMaxOrder order = SoftArgMaxOrder.SoftmaxFirst, float temperature = 1) : Module
{
    private readonly SoftArgMax _locate = new(order, temperature);

    /// <summary>Adds the expectation to the graph of <paramref name="x"/>.</summary>
    /// <param name="x">[N, K, H, W]: heatmaps of any range.</param>
    /// <returns>[N, K, 2]: x from 0 to W − 1 and y from 0 to H − 1, in pixels of the heatmap.</returns>
    public override Value Forward(Value x) => x.Apply(_locate);
}
