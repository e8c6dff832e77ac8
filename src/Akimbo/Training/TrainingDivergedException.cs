namespace Akimbo.Training;

/// <summary>The loss, or the weights, are no numbers any more; the message names the step, the samples and the last good checkpoint.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(long step, int epoch, string what, IReadOnlyList<string> samples, string? checkpoint)
        : base($"Step {step} (epoch {epoch}): {what} The samples were {string.Join(", ", samples)}. "
            + (checkpoint is null ? "There is no checkpoint yet." : $"The last good checkpoint is {checkpoint}."))
    {
        Step = step;
        Samples = samples;
    }

    /// <summary>The step of the optimizer, from 1.</summary>
    public long Step { get; }

    /// <summary>What the samples of the batch are called.</summary>
    public IReadOnlyList<string> Samples { get; }
}
