using System.Numerics;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>The settings of <see cref="Adam"/>.</summary>
public sealed record AdamOptions
{
    /// <summary>The learning rate; 0 or more.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>What is kept of the mean of gradients, from 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>What is kept of the mean of squared gradients, from 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps the divisor from zero.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>The weight decay; 0 or more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Whether values shrink by the learning rate times the weight decay (AdamW, whose own default for the decay is 0.01), rather than
    /// the decay being added to their gradients (Adam).
    /// </summary>
    public bool DecouplesWeightDecay { get; init; }
}

/// <summary>
/// Adam (<c>torch.optim.Adam</c>) and AdamW (<c>torch.optim.AdamW</c>): <c>m = β₁ · m + (1 − β₁) · g</c>, <c>v = β₂ · v + (1 − β₂) · g²</c>,
/// <c>p −= rate / (1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + eps)</c> in step t.
/// </summary>
public sealed class Adam : Optimizer
{
    private readonly AdamOptions _options;
    private double _correction1;
    private double _correction2;

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Adam(IReadOnlyList<TrainedParameter> parameters, AdamOptions? options = null) : this([new ParameterGroup(parameters)], options)
    {
    }

    /// <summary>Makes an optimizer of groups of parameters.</summary>
    /// <inheritdoc cref="Adam(IReadOnlyList{TrainedParameter}, AdamOptions?)"/>
    /// <param name="groups">The groups; no parameter is in two.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    public Adam(IReadOnlyList<ParameterGroup> groups, AdamOptions? options = null)
        : base(groups, (options ?? new()).LearningRate, ["exp_avg", "exp_avg_sq"])
    {
        _options = options ?? new();
        CheckShare(_options.Beta1, "beta1");
        CheckShare(_options.Beta2, "beta2");
        CheckNumber(_options.Eps, "eps");
        CheckNumber(_options.WeightDecay, "weight decay");
    }

    private protected override double DefaultWeightDecay => _options.WeightDecay;

    private protected override void BeginStep(long step)
    {
        _correction1 = 1 - Math.Pow(_options.Beta1, step);
        _correction2 = Math.Sqrt(1 - Math.Pow(_options.Beta2, step));
    }

    private protected override void UpdateVectors(in UpdateRange range)
    {
        Vector<float> beta1 = new((float)_options.Beta1), rest1 = new((float)(1 - _options.Beta1));
        Vector<float> beta2 = new((float)_options.Beta2), rest2 = new((float)(1 - _options.Beta2)), eps = new((float)_options.Eps);
        Vector<float> size = new((float)(range.Rate / _correction1)), correction = new((float)_correction2);
        Vector<float> kept = new((float)(_options.DecouplesWeightDecay ? 1 - range.Rate * range.WeightDecay : 1));
        Vector<float> decay = new((float)(_options.DecouplesWeightDecay ? 0 : range.WeightDecay));
        for (int i = 0; i < range.Values.Length; i += Vector<float>.Count)
        {
            var p = kept * new Vector<float>(range.Values[i..]);
            var g = new Vector<float>(range.Gradient[i..]) + decay * p;
            var mean = beta1 * new Vector<float>(range.First[i..]) + rest1 * g;
            var square = beta2 * new Vector<float>(range.Second[i..]) + rest2 * g * g;
            mean.CopyTo(range.First[i..]);
            square.CopyTo(range.Second[i..]);
            (p - size * mean / (Vector.SquareRoot(square) / correction + eps)).CopyTo(range.Values[i..]);
        }
    }
}
