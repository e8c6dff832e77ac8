using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>The trace of a network for one input shape: its values in an order in which they can be computed.</summary>
public sealed class Graph
{
    private Graph(IReadOnlyList<Value> values, Value input, IReadOnlyList<Value> outputs)
    {
        Values = values;
        Input = input;
        Outputs = outputs;
    }

    /// <summary>All values, inputs of an operation before its result.</summary>
    public IReadOnlyList<Value> Values { get; }

    /// <summary>The value the caller gives.</summary>
    public Value Input { get; }

    /// <summary>The values the caller gets.</summary>
    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>Multiply-adds of all operations.</summary>
    public long MultiplyAdds => Values.Sum(value => value.Operation.MultiplyAdds([.. value.Inputs.Select(input => input.Shape)]));

    /// <summary>Records what <paramref name="forward"/> does to an input of the given shape.</summary>
    /// <exception cref="ArgumentException">An operation cannot take the shapes it is given, there is no output, or one is of another graph.</exception>
    public static Graph Trace(Shape inputShape, Func<Value, IReadOnlyList<Value>> forward)
    {
        var values = new List<Value>();
        var input = new Value(values, new Input(inputShape), [], inputShape);
        var outputs = forward(input);
        if (outputs.Count == 0) throw new ArgumentException("The network gives no output.", nameof(forward));
        for (int i = 0; i < outputs.Count; i++)
            if (outputs[i].Index >= values.Count || values[outputs[i].Index] != outputs[i])
                throw new ArgumentException($"Output {i}, {outputs[i]}, belongs to another graph.", nameof(forward));
        return new Graph(values, input, outputs);
    }

    /// <summary>
    /// How often each value, by its index, is read by values that the outputs need; each time it is an output counts too.
    /// A value of 0 uses need not be computed.
    /// </summary>
    internal int[] CountUses()
    {
        int[] uses = new int[Values.Count];
        foreach (var output in Outputs) uses[output.Index]++;
        for (int i = Values.Count - 1; i >= 0; i--)
        {
            if (uses[i] == 0) continue;
            foreach (var input in Values[i].Inputs) uses[input.Index]++;
        }

        return uses;
    }

    /// <summary>Computes the outputs by the operations' definitions: slow, and the measure of everything faster.</summary>
    /// <param name="input">A tensor of the input's shape.</param>
    /// <exception cref="ArgumentException">The tensor has another shape.</exception>
    public IReadOnlyList<Tensor> Evaluate(Tensor input)
    {
        if (input.Shape != Input.Shape) throw new ArgumentException($"The graph was traced for {Input.Shape}; the input is {input.Shape}.", nameof(input));
        var tensors = new Tensor[Values.Count];
        tensors[Input.Index] = input;
        foreach (var value in Values)
        {
            if (value == Input) continue;
            tensors[value.Index] = new Tensor(value.Shape);
            value.Operation.Evaluate([.. value.Inputs.Select(from => tensors[from.Index])], tensors[value.Index]);
        }

        return [.. Outputs.Select(output => tensors[output.Index])];
    }
}
