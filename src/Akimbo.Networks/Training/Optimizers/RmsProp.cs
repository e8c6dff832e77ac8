using System.Numerics;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>The settings of <see cref="RmsProp"/>.</summary>
public sealed record RmsPropOptions
{
    /// <summary>The learning rate; 0 or more.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>What is kept of the mean square, from 0 to below 1 (<c>alpha</c>).</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>What keeps the divisor from zero.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>What is kept of the steps before, from 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the variance of the gradients is the divisor rather than their mean square.</summary>
    public bool Centered { get; init; }

    /// <summary>The share of every value that is added to its gradient; 0 or more.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>
/// RMSprop (<c>torch.optim.RMSprop</c>): <c>g += weightDecay · p</c>, <c>s = alpha · s + (1 − alpha) · g²</c>,
/// <c>p −= rate · g / (√s + eps)</c>; centred, the mean's square is taken from s; with momentum, steps add up in a buffer.
/// </summary>
public sealed class RmsProp : Optimizer
{
    private readonly RmsPropOptions _options;

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public RmsProp(IReadOnlyList<TrainedParameter> parameters, RmsPropOptions? options = null) : this([new ParameterGroup(parameters)], options)
    {
    }

    /// <summary>Makes an optimizer of groups of parameters.</summary>
    /// <inheritdoc cref="RmsProp(IReadOnlyList{TrainedParameter}, RmsPropOptions?)"/>
    /// <param name="groups">The groups; no parameter is in two.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    public RmsProp(IReadOnlyList<ParameterGroup> groups, RmsPropOptions? options = null)
        : base(groups, (options ?? new()).LearningRate, Slots(options ?? new()))
    {
        _options = options ?? new();
        CheckShare(_options.Alpha, "alpha");
        CheckShare(_options.Momentum, "momentum");
        CheckNumber(_options.Eps, "eps");
        CheckNumber(_options.WeightDecay, "weight decay");
    }

    private protected override double DefaultWeightDecay => _options.WeightDecay;

    private protected override void UpdateVectors(in UpdateRange range)
    {
        Vector<float> rate = new((float)range.Rate), decay = new((float)range.WeightDecay), eps = new((float)_options.Eps);
        Vector<float> alpha = new((float)_options.Alpha), rest = new((float)(1 - _options.Alpha)), momentum = new((float)_options.Momentum);
        Span<float> means = _options.Centered ? range.Second : [], buffers = _options.Centered ? range.Third : range.Second;
        for (int i = 0; i < range.Values.Length; i += Vector<float>.Count)
        {
            Vector<float> p = new(range.Values[i..]), g = new Vector<float>(range.Gradient[i..]) + decay * p;
            var square = alpha * new Vector<float>(range.First[i..]) + rest * g * g;
            square.CopyTo(range.First[i..]);
            if (!means.IsEmpty)
            {
                var mean = alpha * new Vector<float>(means[i..]) + rest * g;
                mean.CopyTo(means[i..]);
                square -= mean * mean;
            }

            var step = g / (Vector.SquareRoot(square) + eps);
            if (!buffers.IsEmpty)
            {
                step += momentum * new Vector<float>(buffers[i..]);
                step.CopyTo(buffers[i..]);
            }

            (p - rate * step).CopyTo(range.Values[i..]);
        }
    }

    private static IReadOnlyList<string> Slots(RmsPropOptions options) =>
        [.. new[] { "square_avg" }, .. options.Centered ? new[] { "grad_avg" } : [], .. options.Momentum > 0 ? new[] { "momentum_buffer" } : []];
}
