namespace Akimbo.Networks.Training;

/// <summary>What of a network is trained, and how its BatchNorms behave meanwhile.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// Parts of the network that stay as they are, by the beginning of their parameters' names up to a dot: <c>pre</c>,
    /// <c>stage2.0</c>. Their parameters get no gradient and their BatchNorms use their running statistics.
    /// </summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>
    /// Whether every BatchNorm uses its running statistics and leaves them as they are (PyTorch's <c>eval()</c>); its weight and
    /// bias are trained all the same.
    /// </summary>
    public bool FreezeStatistics { get; init; }

    /// <summary>The share of a batch's statistics in the new running statistics, from 0 to 1 (PyTorch's <c>momentum</c>).</summary>
    public float BatchNormMomentum { get; init; } = 0.1f;

    /// <summary>
    /// Whether what BatchNorms give is computed again for the backward pass rather than kept: less memory, a little more time, the
    /// same gradients to the bit.
    /// </summary>
    public bool SavesMemory { get; init; }

    /// <summary>Parts of the graph that are not the network's own, such as a teacher: frozen likewise.</summary>
    public IReadOnlyList<string> ForeignParts { get; init; } = [];

    /// <summary>Whether the gradient by the input is kept, for tests.</summary>
    internal bool KeepsInputGradient { get; init; }

    /// <summary>Whether Winograd's algorithm may be used, which is faster and a little less exact.</summary>
    internal bool UsesWinograd { get; init; } = true;

    /// <summary>Whether a parameter or module of the given name belongs to a <see cref="Frozen"/> part.</summary>
    public bool IsFrozen(string name) => Frozen.Concat(ForeignParts).Any(part => name == part || name.StartsWith($"{part}.", StringComparison.Ordinal));

    /// <summary>Refuses what cannot be.</summary>
    /// <param name="network">The network to train.</param>
    /// <exception cref="ArgumentException">The momentum is outside 0 to 1, or a frozen part has no parameter.</exception>
    internal void Validate(Network network)
    {
        if (!(BatchNormMomentum is >= 0 and <= 1))
            throw new ArgumentException($"The momentum of BatchNorms is {BatchNormMomentum}; expected 0 to 1.");
        foreach (string part in Frozen)
            if (!network.Parameters.Any(parameter => parameter.IsIn(part)))
                throw new ArgumentException($"{network.Name} has no parameter in the frozen part '{part}'.");
    }
}
