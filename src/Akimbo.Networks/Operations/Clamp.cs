using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Operations;

/// <summary>ReLU and ReLU6: <c>min(max(x, Low), High)</c>.</summary>
public sealed class Clamp : Operation
{
    private Clamp(string kind, float low, float high) : base("")
    {
        Kind = kind;
        Low = low;
        High = high;
    }

    /// <summary>0 and above.</summary>
    public static Clamp Relu { get; } = new("ReLU", low: 0, high: float.PositiveInfinity);

    /// <summary>0 to 6.</summary>
    public static Clamp Relu6 { get; } = new("ReLU6", low: 0, high: 6);

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <summary>The smallest value of the result.</summary>
    public float Low { get; }

    /// <summary>The largest value of the result.</summary>
    public float High { get; }

    internal ActivationRange Range => new(Low, High);

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        ReadOnlySpan<float> source = inputs[0].Span;
        var target = output.Span;
        for (int i = 0; i < target.Length; i++) target[i] = Range.Apply(source[i]);
    }
}
