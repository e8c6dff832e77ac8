namespace Akimbo.Training;

/// <summary>What a run does at the moment.</summary>
public enum TrainingStage
{
    /// <summary>It learns.</summary>
    Training,

    /// <summary>It scores the validation data.</summary>
    Validating,

    /// <summary>An epoch is done, scored and saved.</summary>
    EpochDone,
}

/// <summary>How far a run is.</summary>
public sealed record TrainingProgress
{
    /// <summary>What it does.</summary>
    public required TrainingStage Stage { get; init; }

    /// <summary>The epoch in progress, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many epochs there will be.</summary>
    public required int Epochs { get; init; }

    /// <summary>What of the stage is done: batches, or pictures validated.</summary>
    public required int Done { get; init; }

    /// <summary>What of the stage there is.</summary>
    public required int Total { get; init; }

    /// <summary>Steps of the optimizer since the run began.</summary>
    public required long Step { get; init; }

    /// <summary>The mean of the loss over the epoch so far.</summary>
    public required double Loss { get; init; }

    /// <summary>The mean of each of its terms, weighted as they add up.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Terms { get; init; }

    /// <summary>The learning rate of the next step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Pictures learnt from each second, of this process.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>How long the rest will take at this speed; null while that is unknown.</summary>
    public TimeSpan? TimeLeft { get; init; }

    /// <summary>What the score is called; null without validation data.</summary>
    public string? ScoreName { get; init; }

    /// <summary>The last validation score; null before the first.</summary>
    public double? Score { get; init; }

    /// <summary>The best validation score; null before the first.</summary>
    public double? BestScore { get; init; }
}

/// <summary>What came of a run.</summary>
/// <param name="RunFolder">Its folder.</param>
/// <param name="IsFinished">Whether all epochs are done; else it was cancelled and can be resumed.</param>
/// <param name="Epochs">Whole epochs done.</param>
/// <param name="Steps">Steps of the optimizer done.</param>
/// <param name="ScoreName">What the score is called; null without validation data.</param>
/// <param name="BestScore">The best validation score; null where there was none.</param>
/// <param name="BestEpoch">After how many epochs it was reached.</param>
/// <param name="Weights">The model file of the best weights; of the last ones without validation data.</param>
public sealed record TrainingResult(
    string RunFolder, bool IsFinished, int Epochs, long Steps, string? ScoreName, double? BestScore, int BestEpoch, string Weights);
