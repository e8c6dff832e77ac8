using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>What is learnt from, and what is scored on.</summary>
public sealed record DataRecipe
{
    /// <summary>The folder that the paths are relative to; empty for the working folder. <c>--data</c> stands in for it.</summary>
    public string Root { get; init; } = "";

    /// <summary>What is learnt from.</summary>
    public required DataPartRecipe Training { get; init; }

    /// <summary>More to learn from, of the same skeleton.</summary>
    public IReadOnlyList<DataPartRecipe> Additional { get; init; } = [];

    /// <summary>What is scored on by its own metric; null to keep the last weights unscored.</summary>
    public DataPartRecipe? Validation { get; init; }

    /// <summary>Top-down: people with fewer labelled keypoints are not learnt from; at least 1.</summary>
    public int MinKeypoints { get; init; } = 1;

    /// <summary>Bottom-up models that keep a photo's proportions: the side of the squares they are trained on, in pixels; null for the model's short side.</summary>
    public int? Side { get; init; }

    internal void Validate()
    {
        Ranges.Require(Side is null or > 0, "data.side", Side, "positive");
        for (int i = 0; i < Additional.Count; i++) Additional[i].Validate($"data.additional.{i}");
        Ranges.Require(MinKeypoints >= 1, "data.minKeypoints", MinKeypoints, "1 or more");
        Training.Validate("data.training");
        Validation?.Validate("data.validation");
    }
}

/// <summary>A data set, or some of its pictures.</summary>
public sealed record DataPartRecipe
{
    /// <summary>The annotation file or folder, as <see cref="Datasets.PoseDatasets.Open"/> takes it.</summary>
    public required string Path { get; init; }

    /// <summary>The folder of the pictures; null for where the data set has them.</summary>
    public string? Images { get; init; }

    /// <summary>The part of a data set that has parts; null for <c>train</c>.</summary>
    public string? Part { get; init; }

    /// <summary>The first picture that is taken, counted from 1.</summary>
    public int First { get; init; } = 1;

    /// <summary>The last picture that is taken; null for the end.</summary>
    public int? Last { get; init; }

    /// <summary>How often each picture comes in an epoch; at least 1. Validation takes each once.</summary>
    public int Repeat { get; init; } = 1;

    internal void Validate(string name)
    {
        Ranges.Require(Repeat >= 1, $"{name}.repeat", Repeat, "1 or more");
        Ranges.Require(!string.IsNullOrWhiteSpace(Path), $"{name}.path", $"'{Path}'", "not empty");
        Ranges.Require(First >= 1, $"{name}.first", First, "1 or more");
        Ranges.Require(Last is null || Last >= First, $"{name}.last", Last, $"{name}.first, {First}, or more");
    }
}
