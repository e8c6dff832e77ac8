using Akimbo.Cli.Prediction;
using Akimbo.Evaluation.Runs;

namespace Akimbo.Cli.Evaluation;

/// <summary>Predicts a data set and scores the predictions by its own protocol.</summary>
/// <param name="Weights">The model's file.</param>
/// <param name="Data">The data set.</param>
/// <param name="Options">How the model works.</param>
/// <param name="Output">Where the scores go.</param>
internal sealed record ModelEvaluation(string Weights, string Data, PoseEstimatorOptions Options, ReportOutput Output)
{
    /// <summary>The pictures; null for where the data set has them.</summary>
    public string? Images { get; init; }

    /// <summary>The part of a data set that has parts.</summary>
    public string? Part { get; init; }

    /// <summary>COCO detections for a top-down model; null for the annotated boxes.</summary>
    public string? Boxes { get; init; }

    /// <summary>Where the predictions are kept; null for nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>How many images are taken; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Predicts and scores.</summary>
    /// <param name="output">For the scores.</param>
    /// <param name="error">For warnings and progress.</param>
    /// <param name="isInteractive">Whether somebody looks at <paramref name="error"/>.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, TextWriter error, bool isInteractive)
    {
        Output.Check();
        ReportOutput.CheckFile("--out", Results);
        var dataset = EvaluationDataset.Open(Data, Images, Part, Limit);
        using var estimator = PoseEstimator.Load(Weights, Options);
        if (Boxes is not null && !estimator.IsTopDown)
            throw new UsageException($"The model {estimator.ModelName} is bottom-up: it finds people by itself and takes no --boxes.");
        var score = dataset.ScoringOf(estimator.Skeleton);
        var boxes = Boxes is null ? null : PersonBoxes.Load(Boxes, dataset.Samples);

        using var log = Results is null ? null : PredictionLog.Open(Results, Describe(estimator.ModelName), estimator.Skeleton);
        if (log is { Done.Count: > 0 }) ErrorLine.Write(error, $"{log.Done.Count} of {dataset.Samples.Count} images were predicted by an earlier run.");
        var console = new PredictConsole(Stream.Null, Stream.Null, error, isInteractive);
        var predictions = DatasetPrediction.Run(
            dataset.Samples, estimator.Skeleton,
            sample => estimator.EstimateFile(sample.ImagePath, !estimator.IsTopDown ? null : boxes?.Of(sample) ?? PersonBoxes.Annotated(sample)),
            log, done => console.ReportProgress(done, dataset.Samples.Count));
        console.ReportEnd(dataset.Samples.Count, failed: 0);

        var report = score(predictions);
        log?.Complete();
        string method = estimator.ModelName + (Options.FlipTest ? ", flip test" : "");
        Output.Write(
            report with
            {
                Notes = estimator.IsTopDown ? [.. report.Notes, $"Boxes: {(Boxes is null ? "as annotated" : Boxes)}."] : report.Notes,
                Warnings = [.. dataset.Warnings.Union(report.Warnings)],
            },
            method, output, error);
        return ExitCode.Success;
    }

    // Whatever changes a prediction; a file that was written again since is another one.
    private string Describe(string model)
    {
        string[] files = [.. ((string?[])[Weights, Data, Boxes]).OfType<string>().Select(Identify)];
        return $"{model}{(Options.FlipTest ? " --flip" : "")}{(Part is null ? "" : $" --part {Part}")} {string.Join(' ', files)}";
    }

    private static string Identify(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? FormattableString.Invariant($"{file.FullName} ({file.Length} bytes, {file.LastWriteTimeUtc:O})") : Path.GetFullPath(path);
    }
}
