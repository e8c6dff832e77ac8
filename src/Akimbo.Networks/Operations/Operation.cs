using Akimbo.Tensors;

namespace Akimbo.Networks.Operations;

/// <summary>One step of a graph: its rule of shapes, its definition and its cost.</summary>
/// <param name="name">The path of the module that added it; empty for operations without parameters.</param>
public abstract class Operation(string name)
{
    /// <summary>The path of the module that added it, or empty.</summary>
    public string Name { get; } = name;

    /// <summary>What it does, in PyTorch's word: <c>Conv2d</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The parameters it uses.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The shape of the result.</summary>
    /// <exception cref="ArgumentException">The operation cannot take such inputs; the message says what came and what was expected.</exception>
    public abstract Shape InferShape(IReadOnlyList<Shape> inputs);

    /// <summary>Computes the result by the definition.</summary>
    /// <param name="inputs">Tensors of shapes that <see cref="InferShape"/> takes.</param>
    /// <param name="output">A tensor of the shape that it gives.</param>
    public abstract void Evaluate(IReadOnlyList<Tensor> inputs, Tensor output);

    /// <summary>Multiply-adds of convolutions, 0 for the rest: what the field reports as MACs.</summary>
    public virtual long MultiplyAdds(IReadOnlyList<Shape> inputs) => 0;

    /// <inheritdoc/>
    public sealed override string ToString() => Name.Length == 0 ? Kind : $"{Kind} {Name}";

    /// <summary>The error of an operation that cannot take its input.</summary>
    protected ArgumentException Refuse(string why) => new($"{this}: {why}");

    /// <summary>The only input, which must be [N, C, H, W] with at least one channel and pixel.</summary>
    protected Shape FeatureMap(IReadOnlyList<Shape> inputs)
    {
        if (inputs is not [{ Rank: 4 } map]) throw Refuse($"the input is {string.Join(" and ", inputs)}; expected one [N, C, H, W].");
        return map[1] > 0 && map[2] > 0 && map[3] > 0 ? map : throw Refuse($"the input {map} is empty.");
    }
}
