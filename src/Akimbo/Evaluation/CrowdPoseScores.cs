namespace Akimbo.Evaluation;

/// <summary>
/// The nine numbers of CrowdPose's evaluation, 0 to 1, or −1 where nobody was to be found (<c>crowdposetools</c>,
/// <c>COCOeval.summarize</c>).
/// </summary>
public sealed record CrowdPoseScores
{
    /// <summary>How the scores were measured.</summary>
    public required string Protocol { get; init; }

    /// <summary>Mean precision over OKS 0.50, 0.55, … 0.95: the headline.</summary>
    public required double AP { get; init; }

    /// <summary>Mean precision at OKS 0.50.</summary>
    public required double AP50 { get; init; }

    /// <summary>Mean precision at OKS 0.75.</summary>
    public required double AP75 { get; init; }

    /// <summary>Mean recall over OKS 0.50, 0.55, … 0.95.</summary>
    public required double AR { get; init; }

    /// <summary>Recall at OKS 0.50.</summary>
    public required double AR50 { get; init; }

    /// <summary>Recall at OKS 0.75.</summary>
    public required double AR75 { get; init; }

    /// <summary>AP of the images with a crowd index below 0.2, rounded to four decimals as in the original.</summary>
    public required double APEasy { get; init; }

    /// <summary>AP of the images with a crowd index from 0.2 to below 0.8, rounded to four decimals as in the original.</summary>
    public required double APMedium { get; init; }

    /// <summary>AP of the images with a crowd index from 0.8, rounded to four decimals as in the original.</summary>
    public required double APHard { get; init; }

    /// <summary>What was left out or looks wrong, one sentence a kind with its count.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The row of a paper's table.</summary>
    public ScoreTable ToTable()
    {
        const string Nobody = "nobody has labelled keypoints";
        return new ScoreTable(
            Protocol,
            [
                new("AP", AP, Nobody), new("AP50", AP50, Nobody), new("AP75", AP75, Nobody),
                new("AR", AR, Nobody), new("AR50", AR50, Nobody), new("AR75", AR75, Nobody),
                new("AP_easy", APEasy, "nobody with labelled keypoints is in an image with a crowd index below 0.2"),
                new("AP_medium", APMedium, "nobody with labelled keypoints is in an image with a crowd index from 0.2 to 0.8"),
                new("AP_hard", APHard, "nobody with labelled keypoints is in an image with a crowd index from 0.8"),
            ],
            format: "0.000");
    }
}
