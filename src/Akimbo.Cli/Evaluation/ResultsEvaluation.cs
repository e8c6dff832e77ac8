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
internal sealed record ResultsEvaluation(string Predictions, string GroundTruth, string? Skeleton, OksProtocol? Protocol, ReportOutput Output)
{
    /// <summary>Names for <c>--skeleton</c>.</summary>
    public static string[] SkeletonNames => [.. PublishedSkeletons.All.Select(skeleton => skeleton.Name)];

    /// <summary>Reads both files and writes the scores.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, TextWriter error)
    {
        Output.Check();
        var truth = CocoGroundTruth.Load(GroundTruth);
        var results = CocoResults.Load(Predictions);
        var annotated = SkeletonWith(truth.KeypointsPerPerson);
        var predicted = PublishedSkeletons.All.FirstOrDefault(skeleton => skeleton.Name == Skeleton) ?? annotated;
        var report = new OksScoring(truth, annotated, predicted, Protocol).Score(results.People);
        Output.Write(
            report with { Warnings = [.. results.Warnings, .. report.Warnings] },
            method: Path.GetFileNameWithoutExtension(Predictions), output, error);
        return ExitCode.Success;
    }

    // Nobody is labelled where there are 0 keypoints; every score is then -1.
    private Skeleton SkeletonWith(int keypoints) => keypoints == 0
        ? Coco17.Skeleton
        : PublishedSkeletons.WithCount(keypoints)
            ?? throw new UsageException($"{GroundTruth} has people of {keypoints} keypoints; {string.Join(", ", PublishedSkeletons.All.Select(skeleton => skeleton.ToString()))} are known.");
}
