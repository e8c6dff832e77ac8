namespace Akimbo.Tensors.Kernels;

/// <summary>The activations that a kernel applies as it stores: <c>min(max(x, Low), High)</c>.</summary>
/// <param name="Low">The smallest value stored.</param>
/// <param name="High">The largest value stored.</param>
internal readonly record struct ActivationRange(float Low, float High)
{
    /// <summary>No activation.</summary>
    public static ActivationRange None { get; } = new(float.NegativeInfinity, float.PositiveInfinity);

    /// <summary>ReLU: 0 and above.</summary>
    public static ActivationRange Relu { get; } = new(0, float.PositiveInfinity);

    /// <summary>ReLU6: 0 to 6.</summary>
    public static ActivationRange Relu6 { get; } = new(0, 6);

    /// <summary>Applies the range to one value.</summary>
    public float Apply(float value) => MathF.Min(MathF.Max(value, Low), High);
}
