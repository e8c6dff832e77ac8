using Akimbo.Networks;
using Akimbo.Networks.Weights;

namespace Akimbo.Models.Integral;

/// <summary>
/// A heatmap network whose outputs are coordinates: an <see cref="IntegralHead"/> over each of its outputs. It has the network's
/// parameters under the same names, so that the network's checkpoints load.
/// </summary>
public sealed class IntegralNetwork : Network
{
    private readonly Network _heatmaps;
    private readonly IntegralHead _head;

    /// <summary>Puts a head over a network.</summary>
    /// <param name="heatmaps">A network whose outputs are heatmaps.</param>
    /// <param name="head">How heatmaps become coordinates; as published when null.</param>
    public IntegralNetwork(Network heatmaps, IntegralHead? head = null) : base(heatmaps)
    {
        _heatmaps = heatmaps;
        _head = head ?? new IntegralHead();
    }

    /// <inheritdoc/>
    public override string Name => $"Integral {_heatmaps.Name}";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterNaming> Namings => _heatmaps.Namings;

    /// <param name="input">What the heatmap network takes.</param>
    /// <returns>For each of its outputs [N, K, 2]: x and y in pixels of the heatmap.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input) => [.. _heatmaps.Forward(input).Select(_head.Forward)];
}
