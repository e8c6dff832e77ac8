namespace Akimbo.Training.Input;

/// <summary>How <see cref="InputPipeline"/> works.</summary>
internal sealed record InputPipelineOptions
{
    /// <summary>N: samples of a batch, at least 1.</summary>
    public required int BatchSize { get; init; }

    /// <summary>An epoch has a multiple of so many batches, at least 1.</summary>
    public int BatchesPerStep { get; init; } = 1;

    /// <summary>The seed of the run, which decides the order of the samples.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Threads that make samples, at least 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>How many batches are made ahead of the one in use, at least 1.</summary>
    public int BatchesAhead { get; init; } = 3;
}
