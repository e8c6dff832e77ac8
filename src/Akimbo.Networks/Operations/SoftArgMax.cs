using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Regression;

namespace Akimbo.Networks.Operations;

/// <summary>Whether a soft-arg-max normalises the map or its sums.</summary>
public enum SoftArgMaxOrder
{
    /// <summary>Soft-max over the whole map, then sums over rows and columns: integral regression as published.</summary>
    SoftmaxFirst,

    /// <summary>Sums over rows and columns, then a soft-max of each.</summary>
    SumsFirst,
}

/// <summary>
/// The expected position on every map, in pixels of the map: integral regression (Sun, Xiao, Wei, Liang and Wei, ECCV 2018;
/// JimmySuen/integral-human-pose <c>common_loss/integral.py</c>).
/// </summary>
public sealed class SoftArgMax : Operation
{
    /// <summary>Makes the operation.</summary>
    /// <param name="order">What is normalised.</param>
    /// <param name="temperature">What the maps, or their sums, are divided by before the soft-max; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not a finite number above 0.</exception>
    public SoftArgMax(SoftArgMaxOrder order, float temperature) : base("")
    {
        if (!(temperature > 0 && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "SoftArgMax: the temperature must be a finite number above 0.");
        Order = order;
        Temperature = temperature;
    }

    /// <summary>What is normalised.</summary>
    public SoftArgMaxOrder Order { get; }

    /// <summary>What the scores are divided by before the soft-max.</summary>
    public float Temperature { get; }

    /// <inheritdoc/>
    public override string Kind => "SoftArgMax";

    /// <summary>[N, K, H, W] to [N, K, 2]: x from 0 to W − 1, then y from 0 to H − 1.</summary>
    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        var map = FeatureMap(inputs);
        return [map[0], map[1], 2];
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        var map = inputs[0].Shape;
        int pixels = map[2] * map[3];
        for (int k = 0; k < map[0] * map[1]; k++)
            (output.Span[2 * k], output.Span[2 * k + 1]) = Locate(inputs[0].Span.Slice(k * pixels, pixels), step: 1, map[2], map[3]);
    }

    /// <summary>The expected position on one map, whose pixels are some floats apart.</summary>
    internal (float X, float Y) Locate(ReadOnlySpan<float> map, int step, int height, int width) => Order == SoftArgMaxOrder.SoftmaxFirst
        ? SoftArgMax2d.SoftmaxFirst(map, step, height, width, Temperature)
        : SoftArgMax2d.SumsFirst(map, step, height, width, Temperature);

    /// <summary>The gradient by one map, for gradients by its position; both maps' pixels are some floats apart.</summary>
    internal void LocateGradient(ReadOnlySpan<float> map, int step, int height, int width, float gradientX, float gradientY, Span<float> mapGradient)
    {
        if (Order == SoftArgMaxOrder.SoftmaxFirst) SoftArgMaxGradient.SoftmaxFirst(map, step, height, width, Temperature, gradientX, gradientY, mapGradient);
        else SoftArgMaxGradient.SumsFirst(map, step, height, width, Temperature, gradientX, gradientY, mapGradient);
    }
}
