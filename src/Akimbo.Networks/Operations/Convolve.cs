using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Networks.Operations;

/// <summary>A 2-D convolution (<c>torch.nn.functional.conv2d</c>), or its transpose (<c>conv_transpose2d</c>).</summary>
public sealed class Convolve : Operation
{
    internal Convolve(string name, Parameter weight, Parameter? bias, int stride, int padding, int groups, bool transposed) : base(name)
    {
        Weight = weight;
        Bias = bias;
        Stride = stride;
        Padding = padding;
        Groups = groups;
        IsTransposed = transposed;
    }

    /// <summary>[O, I/groups, k, k]; of a transposed one [I, O, k, k].</summary>
    public Parameter Weight { get; }

    /// <summary>[O], or null for none.</summary>
    public Parameter? Bias { get; }

    /// <summary>Pixels between neighbours.</summary>
    public int Stride { get; }

    /// <summary>Rows and columns of zeros around the input; of a transposed one, cropped from the output.</summary>
    public int Padding { get; }

    /// <summary>Groups of channels that do not see each other.</summary>
    public int Groups { get; }

    /// <summary>Whether it is the transposed one.</summary>
    public bool IsTransposed { get; }

    /// <inheritdoc/>
    public override string Kind => IsTransposed ? "ConvTranspose2d" : "Conv2d";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Bias is null ? [Weight] : [Weight, Bias];

    private int InChannels => IsTransposed ? Weight.Shape[0] : Weight.Shape[1] * Groups;

    private int OutChannels => IsTransposed ? Weight.Shape[1] : Weight.Shape[0];

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        var map = FeatureMap(inputs);
        if (map[1] != InChannels) throw Refuse($"the input {map} has {map[1]} channels; the weight {Weight.Shape} expects {InChannels}.");
        var geometry = GeometryFor(map);
        int k = geometry.KernelSize;
        if (!IsTransposed && Math.Min(map[2], map[3]) + 2 * Padding < k)
            throw Refuse($"the input {map} is smaller than the kernel of {k}×{k} with padding {Padding}.");
        if (geometry.OutHeight < 1 || geometry.OutWidth < 1)
            throw Refuse($"the input {map} gives no output: a kernel of {k}×{k} with stride {Stride} and padding {Padding} leaves {geometry.OutHeight}×{geometry.OutWidth}.");
        return [map[0], OutChannels, geometry.OutHeight, geometry.OutWidth];
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output)
    {
        var geometry = GeometryFor(inputs[0].Shape);
        var bias = Bias is null ? [] : Bias.Value.Span;
        if (IsTransposed) Convolution2d.DefineTransposed(geometry, inputs[0].Span, Weight.Value.Span, bias, output.Span);
        else Convolution2d.Define(geometry, inputs[0].Span, Weight.Value.Span, bias, output.Span);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(IReadOnlyList<Shape> inputs) => GeometryFor(inputs[0]).MultiplyAdds;

    /// <summary>Weights and biases of the same convolution followed by <c>y · scale + shift</c> for each output channel.</summary>
    internal (float[] Weights, float[] Bias) Scaled(ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
    {
        float[] weights = Weight.CopyValues(), bias = shift.ToArray();
        int taps = Weight.Shape[2] * Weight.Shape[3];
        int perOutput = IsTransposed ? taps : taps * Weight.Shape[1];
        for (int filter = 0; filter < weights.Length / perOutput; filter++)
        {
            float factor = scale[filter % OutChannels];
            foreach (ref float weight in weights.AsSpan(filter * perOutput, perOutput)) weight *= factor;
        }

        if (Bias is not null)
            for (int o = 0; o < bias.Length; o++) bias[o] += Bias.Value.Span[o] * scale[o];
        return (weights, bias);
    }

    internal ConvolutionGeometry GeometryFor(Shape map) => new(
        Batch: map[0], InChannels, InHeight: map[2], InWidth: map[3], OutChannels,
        KernelSize: Weight.Shape[2], Stride, Padding, Groups, Transposed: IsTransposed);
}
