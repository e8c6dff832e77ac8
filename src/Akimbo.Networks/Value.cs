using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>A tensor of a graph: what an operation will give, known by its shape.</summary>
public sealed class Value
{
    private readonly List<Value> _graph;

    internal Value(List<Value> graph, Operation operation, IReadOnlyList<Value> inputs, Shape shape)
    {
        _graph = graph;
        Index = graph.Count;
        Operation = operation;
        Inputs = inputs;
        Shape = shape;
        graph.Add(this);
    }

    /// <summary>The position in the graph; every input's is smaller.</summary>
    public int Index { get; }

    /// <summary>The operation that gives the value.</summary>
    public Operation Operation { get; }

    /// <summary>What the operation is applied to.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>The shape, [N, C, H, W] for feature maps.</summary>
    public Shape Shape { get; }

    /// <summary>Adds an operation of this value to the graph.</summary>
    /// <exception cref="ArgumentException">The operation cannot take such shapes.</exception>
    public Value Apply(Operation operation) => Apply(operation, [this]);

    /// <summary>Element by element sum of two values of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ, or the values belong to different graphs.</exception>
    public static Value operator +(Value left, Value right) => left.Apply(new Add(), [left, right]);

    /// <inheritdoc/>
    public override string ToString() => $"{Operation} {Shape}";

    private Value Apply(Operation operation, IReadOnlyList<Value> inputs)
    {
        foreach (var input in inputs)
            if (!ReferenceEquals(input._graph, _graph)) throw new ArgumentException($"{operation}: the values belong to different graphs.", nameof(inputs));
        return new Value(_graph, operation, inputs, operation.InferShape([.. inputs.Select(input => input.Shape)]));
    }
}
