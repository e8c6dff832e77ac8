namespace Akimbo.Training;

/// <summary>How a <see cref="Trainer"/> works. Nothing here changes what is learnt.</summary>
public sealed record TrainerOptions
{
    /// <summary>The folder of the run; null for <c>runs/</c> and the recipe's name.</summary>
    public string? RunFolder { get; init; }

    /// <summary>Weights to start from, in any format of <see cref="Models.ModelLoader"/>; null for random ones.</summary>
    public string? Weights { get; init; }

    /// <summary>Threads that run the network; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>Threads that make samples; 0 for one a core, two at most.</summary>
    public int DataThreads { get; init; }

    /// <summary>Whether some of what the forward pass gives is computed again for the backward pass rather than kept: less memory, a little more time.</summary>
    public bool SavesMemory { get; init; }

    /// <summary>After how long a checkpoint is written within an epoch; one is written after every epoch anyway.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(5);

    internal void Validate()
    {
        if (Threads is < 0 or > 1024 || DataThreads is < 0 or > 1024)
            throw new ArgumentException($"The numbers of threads are {Threads} and {DataThreads}; expected 0 (by the cores) to 1024.");
    }
}
