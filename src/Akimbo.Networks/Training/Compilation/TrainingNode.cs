using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>An operation with the addition and the activation that one kernel computes with it.</summary>
internal sealed class TrainingNode(Value value)
{
    /// <summary>The operation that reads the inputs.</summary>
    public Operation Operation { get; } = value.Operation;

    /// <summary>What the operation reads.</summary>
    public IReadOnlyList<Value> Inputs { get; } = value.Inputs;

    /// <summary>The value of the graph that the node gives: the last one fused.</summary>
    public Value Output { get; private set; } = value;

    /// <summary>A value added before the activation.</summary>
    public Value? Residual { get; private set; }

    /// <summary>The activation.</summary>
    public ActivationRange Range { get; private set; } = ActivationRange.None;

    /// <summary>Whether there is an activation.</summary>
    public bool IsActivated => Range != ActivationRange.None;

    /// <summary>All values the node reads.</summary>
    public IEnumerable<Value> Reads => Residual is null ? Inputs : Inputs.Append(Residual);

    /// <summary>The nodes that compute a graph's outputs, in order; operations whose result nobody needs are left out.</summary>
    public static IReadOnlyList<TrainingNode> Fuse(Graph graph)
    {
        int[] uses = graph.CountUses();
        var nodes = new List<TrainingNode>();
        var producers = new Dictionary<Value, TrainingNode>();
        foreach (var value in graph.Values)
        {
            if (value == graph.Input || uses[value.Index] == 0) continue;
            var node = value.Operation switch
            {
                Add => Open(value.Inputs[1])?.Added(value, value.Inputs[0]) ?? Open(value.Inputs[0])?.Added(value, value.Inputs[1]),
                Clamp clamp => OpenOrSum(value.Inputs[0])?.Activated(value, clamp),
                _ => null,
            };
            if (node is not null) nodes.Remove(node);
            node ??= new TrainingNode(value);
            nodes.Add(node);
            producers[value] = node;
        }

        return nodes;

        // A node whose value nothing else reads can take in what comes after it.
        TrainingNode? Open(Value read) => uses[read.Index] == 1 && producers.GetValueOrDefault(read) is { IsActivated: false, Residual: null, Operation: Convolve or BatchNormalize } node ? node : null;

        TrainingNode? OpenOrSum(Value read) => uses[read.Index] == 1 && producers.GetValueOrDefault(read) is { IsActivated: false, Operation: Convolve or BatchNormalize or Add } node ? node : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Operation.ToString();

    private TrainingNode Added(Value sum, Value residual)
    {
        Residual = residual;
        Output = sum;
        return this;
    }

    private TrainingNode Activated(Value result, Clamp clamp)
    {
        Range = clamp.Range;
        Output = result;
        return this;
    }
}
