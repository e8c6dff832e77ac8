namespace Akimbo.Datasets.Labelling;

/// <summary>Whom and what <see cref="ModelLabels"/> believes.</summary>
public sealed record ModelLabelsOptions
{
    /// <summary>A person found with a lower score is not labelled: their region is marked to be ignored; 0 or more.</summary>
    public float PersonScore { get; init; } = 0.3f;

    /// <summary>A keypoint found with a lower score is not labelled; 0 or more.</summary>
    public float KeypointScore { get; init; } = 0.2f;

    /// <summary>A person of whom fewer keypoints are believed is not labelled; at least 1.</summary>
    public int MinKeypoints { get; init; } = 4;

    /// <summary>Found and annotated keypoints agree when they are no farther apart than this share of the annotated person's larger side; positive.</summary>
    public double AgreeingDistance { get; init; } = 0.12;

    /// <summary>The share of the annotated keypoints that a found person must agree with to fill in what is not annotated; 0 to 1.</summary>
    public double AgreeingShare { get; init; } = 0.7;

    internal void Validate()
    {
        if (!(PersonScore >= 0) || !(KeypointScore >= 0)) throw new ArgumentException($"Scores are 0 or more; they are {PersonScore} for people and {KeypointScore} for keypoints.");
        if (MinKeypoints < 1) throw new ArgumentException($"The fewest keypoints of a person are {MinKeypoints}; expected 1 or more.");
        if (!(AgreeingDistance > 0)) throw new ArgumentException($"The agreeing distance is {AgreeingDistance}; expected a positive number.");
        if (AgreeingShare is not (>= 0 and <= 1)) throw new ArgumentException($"The agreeing share is {AgreeingShare}; expected 0 to 1.");
    }
}
