namespace Akimbo.Networks.Benchmarks;

/// <summary>How a network is timed.</summary>
public sealed record NetworkBenchmarkOptions
{
    /// <summary>Timed runs, 1 or more.</summary>
    public int Rounds { get; init; } = 21;

    /// <summary>Runs before them that are not timed: the first compiles the network for the shape.</summary>
    public int WarmUpRounds { get; init; } = 3;

    /// <summary>Whether every layer is timed too.</summary>
    public bool Profile { get; init; }
}
