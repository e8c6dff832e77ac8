namespace Akimbo.Datasets.Checks;

/// <summary>How <see cref="DatasetCheck"/> looks.</summary>
public sealed record DatasetCheckOptions
{
    /// <summary>The defaults.</summary>
    public static DatasetCheckOptions Default { get; } = new();

    /// <summary>Whether picture files are opened: their headers for the size, and files of equal length whole to find copies.</summary>
    public bool ReadsFiles { get; init; } = true;

    /// <summary>How many examples of each problem are kept; 0 or more.</summary>
    public int MaxExamples { get; init; } = 3;

    /// <summary>How far a keypoint may lie outside the person's box, in parts of the box's longer side.</summary>
    public double BoxTolerance { get; init; } = 0.1;

    /// <summary>
    /// Two people are one when their common keypoints lie nearer to each other on average than this part of the square root of
    /// the area around them; people without common keypoints when their boxes overlap (intersection over union) by more than 1
    /// minus this.
    /// </summary>
    public double DuplicateTolerance { get; init; } = 0.05;

    /// <summary>How many (robust) standard deviations from the data set's median limbs must cross to be unlikely.</summary>
    public double SwapDeviations { get; init; } = 3.5;
}
