using Akimbo.Tensors;

namespace Akimbo.Networks.Operations;

/// <summary>The value that the caller gives.</summary>
/// <param name="shape">Its shape.</param>
public sealed class Input(Shape shape) : Operation("")
{
    /// <inheritdoc/>
    public override string Kind => "Input";

    /// <inheritdoc/>
    public override Shape InferShape(IReadOnlyList<Shape> inputs) => shape;

    /// <summary>Copies nothing: the caller's tensor is the value.</summary>
    /// <exception cref="InvalidOperationException">Always: an input is given, not computed.</exception>
    public override void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output) => throw new InvalidOperationException("An input is given, not computed.");
}
