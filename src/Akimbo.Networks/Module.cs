namespace Akimbo.Networks;

/// <summary>
/// A part of a network, written like its PyTorch twin: the constructor declares parameters in a <see cref="ParameterScope"/>,
/// <see cref="Forward"/> composes operations. Nothing is computed: the result is a <see cref="Graph"/>.
/// </summary>
public abstract class Module
{
    /// <summary>Adds this part's operations to the graph of <paramref name="x"/>.</summary>
    public abstract Value Forward(Value x);
}
