using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Elementwise;

namespace Akimbo.Networks.Operations;

/// <summary>
/// BatchNorm with its running statistics: <c>(x − mean) / √(variance + eps) · weight + bias</c> for each channel
/// (<c>torch.nn.functional.batch_norm</c> with <c>training=False</c>).
/// </summary>
public sealed class BatchNormalize : Operation
{
    internal BatchNormalize(string name, Parameter weight, Parameter bias, Parameter runningMean, Parameter runningVar, float eps) : base(name)
    {
        Weight = weight;
        Bias = bias;
        RunningMean = runningMean;
        RunningVar = runningVar;
        Eps = eps;
    }

    /// <summary>[C].</summary>
    public Parameter Weight { get; }

    /// <summary>[C].</summary>
    public Parameter Bias { get; }

    /// <summary>[C].</summary>
    public Parameter RunningMean { get; }

    /// <summary>[C], not negative.</summary>
    public Parameter RunningVar { get; }

    /// <summary>What keeps the root from zero.</summary>
    public float Eps { get; }

    /// <inheritdoc/>
    public override string Kind => "BatchNorm2d";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Weight, Bias, RunningMean, RunningVar];

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        var map = FeatureMap(inputs);
        return map[1] == Weight.Shape[0] ? map : throw Refuse($"the input {map} has {map[1]} channels; the weight has {Weight.Shape[0]}.");
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        var (scale, shift) = Affine();
        var map = inputs[0].Shape;
        ChannelAffine.Define(inputs[0].Span, scale, shift, ActivationRange.None, map[1], map[2] * map[3], output.Span);
    }

    /// <summary>The same as one multiplication and addition for each channel.</summary>
    internal (float[] Scale, float[] Shift) Affine()
    {
        int channels = Weight.Shape[0];
        float[] scale = new float[channels], shift = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            double factor = Weight.Value.Span[c] / Math.Sqrt((double)RunningVar.Value.Span[c] + Eps);
            scale[c] = (float)factor;
            shift[c] = (float)(Bias.Value.Span[c] - RunningMean.Value.Span[c] * factor);
        }

        return (scale, shift);
    }
}
