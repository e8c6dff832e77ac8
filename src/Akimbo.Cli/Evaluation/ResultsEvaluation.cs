using Akimbo.Datasets;
using Akimbo.Evaluation;
using Akimbo.Evaluation.Runs;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Evaluation;

/// <summary>Scores a results file against an annotation file.</summary>
/// <param name="Predictions">COCO keypoint results.</param>
/// <param name="GroundTruth">COCO or CrowdPose annotations.</param>
/// <param name="Skeleton">The name of the predictions' skeleton; null for that of the annotations.</param>
/// <param name="Protocol">Null to go by the annotations.</param>
/// <param name="Output">Where the scores go.</param>
internal sealed record ResultsEvaluation(string Predictions, string GroundTruth, string? Skeleton, ScoreProtocol? Protocol, ReportOutput Output)
{
    /// <summary>Names for <c>--skeleton</c>.</summary>
    public static string[] SkeletonNames => [.. PublishedSkeletons.All.Select(skeleton => skeleton.Name)];

    /// <summary>The pictures; null for where the annotations have them.</summary>
    public string? Images { get; init; }

    /// <summary>Reads both files and writes the scores.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, TextWriter error)
    {
        Output.Check();
        var truth = CocoGroundTruth.Load(GroundTruth);
        var results = CocoResults.Load(Predictions);
        var annotated = SkeletonOf(truth);
        var predicted = PublishedSkeletons.All.FirstOrDefault(skeleton => skeleton.Name == Skeleton) ?? annotated;
        var scoring = new OksScoring(truth, annotated, predicted, Protocol);
        var report = scoring.Score(results.People);
        if (Output.Worst > 0) Output.WriteWorst(scoring.Cases(results.People), scoring, CocoDataset.ImagePaths(GroundTruth, truth.Images, Images), error);
        Output.Write(
            report with { Warnings = [.. results.Warnings, .. report.Warnings] },
            method: Path.GetFileNameWithoutExtension(Predictions), output, error);
        return ExitCode.Success;
    }

    // Nobody is labelled where there are 0 keypoints; every score is then -1.
    private Skeleton SkeletonOf(CocoGroundTruth truth) => truth.Skeleton ?? (truth.KeypointsPerPerson == 0
        ? Coco17.Skeleton
        : throw new UsageException(
            $"{GroundTruth} has people of {truth.KeypointsPerPerson} keypoints without names; the category must name them, as they are none of "
            + $"{string.Join(", ", PublishedSkeletons.All)}."));
}
