using Akimbo.Networks.Weights;
using Akimbo.Tensors;

namespace Akimbo.Networks;

/// <summary>A whole network: one input, one or more outputs, and the list of all its parameters.</summary>
public abstract class Network
{
    private readonly ParameterScope _root;

    /// <summary>Makes a network of its own parameters.</summary>
    /// <param name="root">The root scope that the network's modules declare their parameters in.</param>
    protected Network(ParameterScope root) => _root = root;

    /// <summary>Makes a network that has the parameters of another and adds operations without any.</summary>
    /// <param name="inner">The other network.</param>
    protected Network(Network inner) : this(inner._root)
    {
    }

    /// <summary>The name the network is known by in messages and in the catalog.</summary>
    public abstract string Name { get; }

    /// <summary>All parameters, in the order of the original's state dict.</summary>
    public IReadOnlyList<Parameter> Parameters => _root.Parameters;

    /// <summary>Other libraries' spellings of the parameter names, which checkpoints may have instead; none by default.</summary>
    public virtual IReadOnlyList<ParameterNaming> Namings => [];

    /// <summary>Adds the network's operations to the graph of <paramref name="input"/>.</summary>
    /// <param name="input">[N, 3, H, W].</param>
    public abstract IReadOnlyList<Value> Forward(Value input);

    /// <summary>The graph for one input shape.</summary>
    /// <param name="inputShape">[N, C, H, W].</param>
    /// <exception cref="ArgumentException">The network cannot take such an input; the message names the operation.</exception>
    public Graph Trace(Shape inputShape) => Graph.Trace(inputShape, Forward);

    /// <summary>Refuses an input that the network's halvings do not divide.</summary>
    /// <param name="input">What <see cref="Forward"/> was given.</param>
    /// <param name="multiple">What H and W must be divisible by.</param>
    /// <exception cref="ArgumentException">The input is not [N, C, H, W] with H and W divisible by <paramref name="multiple"/>.</exception>
    protected void RequireDivisible(Value input, int multiple)
    {
        if (input.Shape.Rank != 4 || input.Shape[2] % multiple != 0 || input.Shape[3] % multiple != 0)
            throw new ArgumentException($"{Name}: the input is {input.Shape}; expected [N, 3, H, W] with H and W divisible by {multiple}.", nameof(input));
    }
}
