namespace Akimbo.Evaluation;

/// <summary>
/// The ten numbers of COCO's keypoint evaluation, 0 to 1, or −1 where nobody was to be found
/// (https://cocodataset.org/#keypoints-eval, <c>COCOeval.summarize</c>).
/// </summary>
public sealed record CocoKeypointScores
{
    /// <summary>How the scores were measured.</summary>
    public required string Protocol { get; init; }

    /// <summary>Mean precision over OKS 0.50, 0.55, … 0.95: the headline.</summary>
    public required double AP { get; init; }

    /// <summary>Mean precision at OKS 0.50.</summary>
    public required double AP50 { get; init; }

    /// <summary>Mean precision at OKS 0.75.</summary>
    public required double AP75 { get; init; }

    /// <summary>AP of medium people.</summary>
    public required double APMedium { get; init; }

    /// <summary>AP of large people.</summary>
    public required double APLarge { get; init; }

    /// <summary>Mean recall over OKS 0.50, 0.55, … 0.95.</summary>
    public required double AR { get; init; }

    /// <summary>Recall at OKS 0.50.</summary>
    public required double AR50 { get; init; }

    /// <summary>Recall at OKS 0.75.</summary>
    public required double AR75 { get; init; }

    /// <summary>AR of medium people.</summary>
    public required double ARMedium { get; init; }

    /// <summary>AR of large people.</summary>
    public required double ARLarge { get; init; }

    /// <summary>The settings.</summary>
    public required CocoKeypointOptions Options { get; init; }

    /// <summary>What was left out or looks wrong, one sentence a kind with its count.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The row of a paper's table.</summary>
    public ScoreTable ToTable()
    {
        string nobody = $"nobody with labelled keypoints has an area {Options.All}";
        string noMedium = $"nobody with labelled keypoints has an area {Options.Medium}";
        string noLarge = $"nobody with labelled keypoints has an area {Options.Large}";
        return new ScoreTable(
            Protocol,
            [
                new("AP", AP, nobody), new("AP50", AP50, nobody), new("AP75", AP75, nobody), new("AP_M", APMedium, noMedium), new("AP_L", APLarge, noLarge),
                new("AR", AR, nobody), new("AR50", AR50, nobody), new("AR75", AR75, nobody), new("AR_M", ARMedium, noMedium), new("AR_L", ARLarge, noLarge),
            ],
            format: "0.000");
    }
}
