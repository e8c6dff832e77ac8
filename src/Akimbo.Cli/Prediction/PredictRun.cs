using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Results;

namespace Akimbo.Cli.Prediction;

/// <summary>
/// Takes the images of a plan through an estimator and writes what was asked for. An image that cannot be done is
/// reported and skipped; results and overlays appear only when they are complete.
/// </summary>
internal sealed class PredictRun(PredictPlan plan, IPersonEstimator estimator, PredictConsole console)
{
    /// <summary>Does every image, in order, until the end or until told to stop.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="IOException">The results cannot be written.</exception>
    public int Execute(CancellationToken stop = default)
    {
        foreach (string problem in plan.Problems) console.ReportProblem(problem);
        int failed = plan.Problems.Count;

        using var results = OpenResults();
        for (int i = 0; i < plan.Images.Count; i++)
        {
            if (stop.IsCancellationRequested)
            {
                console.ReportProblem($"stopped after {i} of {plan.Images.Count} images.");
                return ExitCode.Interrupted;
            }

            console.ReportProgress(i, plan.Images.Count);
            var image = plan.Images[i];
            if (TryEstimate(image) is not { } people)
            {
                failed++;
                continue;
            }

            results?.Write(image.Id, image.Source.FileName, people);
            if (plan.PrintsTables) console.PrintTable(image.Source.Name, people);
        }

        results?.Complete();
        console.ReportEnd(plan.Images.Count + plan.Problems.Count, failed);
        return failed == 0 ? ExitCode.Success : ExitCode.SomeFailed;
    }

    private CocoResultsWriter? OpenResults() => plan.JsonOutput switch
    {
        null => null,
        PredictPlan.StandardOutput => CocoResultsWriter.ToLines(console.Output),
        var path => CocoResultsWriter.ToFile(path),
    };

    // Whatever is wrong with one image, the others are finished.
    private IReadOnlyList<Person>? TryEstimate(PlannedImage image)
    {
        try
        {
            return image.Source.IsStandardInput ? EstimateInput(image) : EstimateFile(image);
        }
        catch (Exception exception)
        {
            console.ReportProblem(exception, subject: image.Source.Path);
            return null;
        }
    }

    // The picture is decoded in full only to draw on it, and only after the estimate has let go of its memory.
    private IReadOnlyList<Person> EstimateFile(PlannedImage image)
    {
        var estimate = estimator.EstimateFile(image.Source.Path, image.Boxes, keepsHeatmaps: image.HeatmapPath is not null);
        if (image.OverlayPath is not null || image.HeatmapPath is not null) SaveDrawings(Image.Load(image.Source.Path), estimate, image);
        return estimate.People;
    }

    private IReadOnlyList<Person> EstimateInput(PlannedImage image)
    {
        var picture = Image.Decode(console.ReadInput(), "standard input");
        var estimate = estimator.Estimate(picture, image.Boxes, keepsHeatmaps: image.HeatmapPath is not null);
        SaveDrawings(picture, estimate, image);
        return estimate.People;
    }

    // The overlay last, as it is drawn onto the picture itself.
    private void SaveDrawings(Image picture, PoseEstimate estimate, PlannedImage image)
    {
        if (image.HeatmapPath is not null) Save(HeatmapOverlay.Draw(picture, estimate.Heatmaps, estimator.Skeleton), image.HeatmapPath);
        if (image.OverlayPath is null) return;
        PoseOverlay.Draw(picture, estimate.People, estimator.Skeleton);
        Save(picture, image.OverlayPath);
    }

    private static void Save(Image drawing, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        drawing.Save(path);
    }
}
