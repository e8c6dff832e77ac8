using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Pooling;

namespace Akimbo.Networks.Operations;

/// <summary>The largest of the pixels under a window (<c>torch.nn.functional.max_pool2d</c>).</summary>
/// <param name="kernelSize">Rows and columns of the window.</param>
/// <param name="stride">Pixels between windows.</param>
/// <param name="padding">Rows and columns around the input that never win; at most half the window.</param>
public sealed class MaxPool(int kernelSize, int stride, int padding) : Operation("")
{
    /// <inheritdoc/>
    public override string Kind => "MaxPool2d";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs)
    {
        KernelSizes.Check(Kind, kernelSize, stride, padding);
        var map = FeatureMap(inputs);
        if (padding > kernelSize / 2) throw Refuse($"the padding {padding} is more than half the window of {kernelSize}.");
        if (map[2] + 2 * padding < kernelSize || map[3] + 2 * padding < kernelSize)
            throw Refuse($"the input {map} is smaller than the window of {kernelSize}×{kernelSize} with padding {padding}.");
        var geometry = GeometryFor(map);
        return [map[0], map[1], geometry.OutHeight, geometry.OutWidth];
    }

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output) =>
        MaxPool2d.Define(GeometryFor(inputs[0].Shape), inputs[0].Span, output.Span);

    internal ConvolutionGeometry GeometryFor(Shape map) => new(
        Batch: map[0], InChannels: map[1], InHeight: map[2], InWidth: map[3], OutChannels: map[1], kernelSize, stride, padding, Groups: map[1]);
}
