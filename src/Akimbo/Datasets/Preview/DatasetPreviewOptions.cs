namespace Akimbo.Datasets.Preview;

/// <summary>Which pictures <see cref="DatasetPreview"/> shows.</summary>
public sealed record DatasetPreviewOptions
{
    /// <summary>The defaults.</summary>
    public static DatasetPreviewOptions Default { get; } = new();

    /// <summary>How many pictures are shown, 1 to 500; fewer where the data set has fewer.</summary>
    public int Count { get; init; } = 20;

    /// <summary>Chooses the pictures: the same number, the same pictures.</summary>
    public int Seed { get; init; }
}
