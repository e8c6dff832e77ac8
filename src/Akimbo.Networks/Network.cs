using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>A whole network: one input, one or more outputs, and the list of all its parameters.</summary>
/// <param name="root">The root scope that the network's modules declare their parameters in.</param>
public abstract class Network(ParameterScope root)
{
    /// <summary>The name the network is known by in messages and in the catalog.</summary>
    public abstract string Name { get; }

    /// <summary>All parameters, in the order of the original's state dict.</summary>
    public IReadOnlyList<Parameter> Parameters => root.Parameters;

    /// <summary>Adds the network's operations to the graph of <paramref name="input"/>.</summary>
    /// <param name="input">[N, 3, H, W].</param>
    public abstract IReadOnlyList<Value> Forward(Value input);

    /// <summary>The graph for one input shape.</summary>
    /// <param name="inputShape">[N, C, H, W].</param>
    /// <exception cref="ArgumentException">The network cannot take such an input; the message names the operation.</exception>
    public Graph Trace(Shape inputShape) => Graph.Trace(inputShape, Forward);
}
