using System.Numerics;

namespace Akimbo.Networks.Training.Optimizers;

/// <summary>The settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>The learning rate; 0 or more.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>What is kept of the steps before, from 0 to below 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the gradient is looked up where the momentum will have led; needs momentum.</summary>
    public bool Nesterov { get; init; }

    /// <summary>The share of every value that is added to its gradient; 0 or more.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>
/// Stochastic gradient descent (<c>torch.optim.SGD</c>, no dampening): <c>d = g + weightDecay · p</c>, <c>b = momentum · b + d</c>,
/// <c>p −= rate · b</c>; with Nesterov's momentum <c>p −= rate · (d + momentum · b)</c>.
/// </summary>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions _options;

    /// <summary>Makes an optimizer of some parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Sgd(IReadOnlyList<TrainedParameter> parameters, SgdOptions? options = null) : this([new ParameterGroup(parameters)], options)
    {
    }

    /// <summary>Makes an optimizer of groups of parameters.</summary>
    /// <inheritdoc cref="Sgd(IReadOnlyList{TrainedParameter}, SgdOptions?)"/>
    /// <param name="groups">The groups; no parameter is in two.</param>
    /// <param name="options">The settings; PyTorch's defaults when null.</param>
    public Sgd(IReadOnlyList<ParameterGroup> groups, SgdOptions? options = null)
        : base(groups, (options ?? new()).LearningRate, (options ?? new()).Momentum > 0 ? ["momentum_buffer"] : [])
    {
        _options = options ?? new();
        CheckShare(_options.Momentum, "momentum");
        CheckNumber(_options.WeightDecay, "weight decay");
        if (_options is { Nesterov: true, Momentum: 0 }) throw new ArgumentException("Nesterov's momentum is asked for, but the momentum is 0.", nameof(options));
    }

    private protected override double DefaultWeightDecay => _options.WeightDecay;

    private protected override void UpdateVectors(in UpdateRange range)
    {
        Vector<float> rate = new((float)range.Rate), decay = new((float)range.WeightDecay), momentum = new((float)_options.Momentum);
        for (int i = 0; i < range.Values.Length; i += Vector<float>.Count)
        {
            Vector<float> p = new(range.Values[i..]), d = new Vector<float>(range.Gradient[i..]) + decay * p;
            if (!range.First.IsEmpty)
            {
                var buffer = momentum * new Vector<float>(range.First[i..]) + d;
                buffer.CopyTo(range.First[i..]);
                d = _options.Nesterov ? d + momentum * buffer : buffer;
            }

            (p - rate * d).CopyTo(range.Values[i..]);
        }
    }
}
