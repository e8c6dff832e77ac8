using Akimbo.Tensors;

namespace Akimbo.Networks.Training;

/// <summary>A parameter that a <see cref="TrainingNetwork"/> computes a gradient for.</summary>
public sealed class TrainedParameter
{
    private readonly Tensor _gradient;

    internal TrainedParameter(Parameter parameter)
    {
        Parameter = parameter;
        _gradient = new Tensor(parameter.Shape);
    }

    /// <summary>The parameter.</summary>
    public Parameter Parameter { get; }

    /// <summary>The parameter's full name.</summary>
    public string Name => Parameter.Name;

    /// <summary>The parameter's values, which optimizers change in place.</summary>
    public Tensor Value => Parameter.Value;

    /// <summary>The sum of the gradients of all backward passes since the last <see cref="TrainingNetwork.ZeroGradients"/>; of the parameter's shape.</summary>
    public Tensor Gradient
    {
        get
        {
            ClearStaleGradient();
            return _gradient;
        }
    }

    /// <summary>Whether the gradient counts; else the next backward pass overwrites it.</summary>
    internal bool HoldsGradient { get; set; }

    /// <summary>The gradient's memory, stale or not.</summary>
    internal Span<float> GradientMemory => _gradient.Span;

    /// <summary>Makes a gradient that does not count zero.</summary>
    internal void ClearStaleGradient()
    {
        if (!HoldsGradient) _gradient.Span.Clear();
        HoldsGradient = true;
    }

    /// <inheritdoc/>
    public override string ToString() => Parameter.ToString();
}
