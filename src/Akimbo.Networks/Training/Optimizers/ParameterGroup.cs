namespace Akimbo.Networks.Training.Optimizers;

/// <summary>Parameters that share settings which differ from an optimizer's.</summary>
/// <param name="Parameters">The parameters.</param>
public sealed record ParameterGroup(IReadOnlyList<TrainedParameter> Parameters)
{
    /// <summary>What the optimizer's learning rate is multiplied by; 0 or more.</summary>
    public double LearningRateFactor { get; init; } = 1;

    /// <summary>The weight decay of these parameters; the optimizer's own when null.</summary>
    public double? WeightDecay { get; init; }
}
