using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Elementwise;

namespace Akimbo.Networks.Operations;

/// <summary>The sum of two values of the same shape.</summary>
public sealed class Add() : Operation("")
{
    /// <inheritdoc/>
    public override string Kind => "Add";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => inputs is [var left, var right] && left == right
        ? left
        : throw Refuse($"the inputs are {string.Join(" and ", inputs)}; expected two of the same shape.");

    /// <inheritdoc/>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output) =>
        Addition.Define(inputs[0].Span, inputs[1].Span, ActivationRange.None, output.Span);
}
