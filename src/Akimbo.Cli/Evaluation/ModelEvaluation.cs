using System.Globalization;
using Akimbo.Cli.Prediction;
using Akimbo.Evaluation;
using Akimbo.Evaluation.Runs;

namespace Akimbo.Cli.Evaluation;

/// <summary>Predicts a data set and scores the predictions by its own protocol.</summary>
/// <param name="Weights">The model's file; null for the network that comes with the library.</param>
/// <param name="Data">The data set.</param>
/// <param name="Options">How the model works.</param>
/// <param name="Output">Where the scores go.</param>
internal sealed record ModelEvaluation(string? Weights, string Data, PoseEstimatorOptions Options, ReportOutput Output)
{
    /// <summary>The pictures; null for where the data set has them.</summary>
    public string? Images { get; init; }

    /// <summary>The part of a data set that has parts.</summary>
    public string? Part { get; init; }

    /// <summary>COCO detections for a top-down model; null for the annotated boxes.</summary>
    public string? Boxes { get; init; }

    /// <summary>Boxes of <see cref="Boxes"/> with a lower score are left out; null for none.</summary>
    public float? MinBoxScore { get; init; }

    /// <summary>How people found twice are reduced; null for HRNet's way: the hard one where OKS decides, else none.</summary>
    public OksSuppressionKind? Suppression { get; init; }

    /// <summary>The rules; null for those of the data set's community.</summary>
    public ScoreProtocol? Protocol { get; init; }

    /// <summary>Where the predictions are kept; null for nowhere.</summary>
    public string? Results { get; init; }

    /// <summary>The first image that is taken, counted from 1.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many images are taken; null for all from <see cref="First"/> on.</summary>
    public int? Limit { get; init; }

    /// <summary>Predicts and scores.</summary>
    /// <param name="output">For the scores.</param>
    /// <param name="error">For warnings and progress.</param>
    /// <param name="isInteractive">Whether somebody looks at <paramref name="error"/>.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, TextWriter error, bool isInteractive)
    {
        EstimatorPlan.CheckModel(Weights, Options);
        Output.Check();
        ReportOutput.CheckFile("--out", Results);
        var dataset = Open();
        var suppression = Suppression ?? (dataset.GoesByOks(Protocol) ? OksSuppressionKind.Hard : OksSuppressionKind.None);
        using var estimator = EstimatorPlan.Open(Weights, Options with { Suppression = suppression });
        CheckBoxes(estimator);
        var scoring = dataset.ScoringOf(estimator.Skeleton, Protocol);
        var boxes = Boxes is null ? null : PersonBoxes.Load(Boxes, dataset.Samples, MinBoxScore ?? float.NegativeInfinity);

        using var log = Results is null ? null : PredictionLog.Open(Results, Settings(estimator, dataset.File, suppression), estimator.Skeleton);
        if (log is { Done.Count: > 0 }) ErrorLine.Write(error, $"{log.Done.Count} of {dataset.Samples.Count} images were predicted by an earlier run.");
        var console = new PredictConsole(Stream.Null, Stream.Null, error, isInteractive);
        var predictions = DatasetPrediction.Run(
            dataset.Samples, estimator.Skeleton,
            sample => estimator.EstimateFile(sample.ImagePath, !estimator.IsTopDown ? null : boxes?.Of(sample) ?? PersonBoxes.Annotated(sample)),
            log, done => console.ReportProgress(done, dataset.Samples.Count));
        console.ReportEnd(dataset.Samples.Count, failed: 0);

        var report = scoring.Score(predictions);
        log?.Complete();
        string method = estimator.ModelName + (Options.FlipTest ? ", flip test" : "") + (estimator.IsRefined ? ", refined" : "");
        Output.Write(
            report with
            {
                Notes = estimator.IsTopDown ? [.. report.Notes, DescribeBoxes(suppression)] : report.Notes,
                Warnings = [.. dataset.Warnings.Union(report.Warnings)],
            },
            method, output, error);
        if (Output.Worst > 0)
            Output.WriteWorst(scoring.Cases(predictions), scoring, dataset.Samples.ToDictionary(sample => sample.ImageId, sample => sample.ImagePath), error);
        return ExitCode.Success;
    }

    private EvaluationDataset Open()
    {
        var all = EvaluationDataset.Open(Data, Images, Part);
        if (First == 1 && Limit is null) return all;
        int count = all.Samples.Count;
        if (First > count) throw new UsageException($"--first is {First}; {all.File} has {count} images.");
        return all.Slice(First, Limit <= count - First ? First + Limit - 1 : null);
    }

    private void CheckBoxes(PoseEstimator estimator)
    {
        if (estimator.IsTopDown) return;
        string? stray = Boxes is not null ? "--boxes" : MinBoxScore is not null ? "--min-box-score" : Suppression is not null ? "--suppress" : null;
        if (stray is not null) throw new UsageException($"The model {estimator.ModelName} is bottom-up: it finds people by itself and takes no {stray}.");
    }

    private string DescribeBoxes(OksSuppressionKind kind)
    {
        string least = MinBoxScore is { } score ? FormattableString.Invariant($" with scores from {score}") : "";
        string suppression = kind switch
        {
            OksSuppressionKind.None => "nobody is suppressed",
            OksSuppressionKind.Soft => "of similar people 20 an image are kept (soft OKS suppression)",
            _ => FormattableString.Invariant($"of people with an OKS above {OksSuppression.DefaultThreshold} the best is kept (OKS suppression)"),
        };
        return $"Boxes: {Boxes ?? "as annotated"}{least}; {suppression}.";
    }

    // Whatever changes a prediction; a file that was written again since is another one.
    private SortedDictionary<string, string> Settings(PoseEstimator estimator, string annotations, OksSuppressionKind suppression)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = estimator.ModelName,
            ["weights"] = Weights is null ? "built in" : Identify(Weights),
            ["--data"] = Identify(annotations),
            ["--flip"] = Options.FlipTest ? "on" : "off",
            ["--suppress"] = suppression.ToString(),
        };
        if (estimator.IsRefined) settings["--refine"] = "on";
        if (Images is not null) settings["--images"] = Path.GetFullPath(Images);
        if (Part is not null) settings["--part"] = Part;
        if (First > 1) settings["--first"] = First.ToString(CultureInfo.InvariantCulture);
        if (Limit is { } limit) settings["--limit"] = limit.ToString(CultureInfo.InvariantCulture);
        if (Boxes is not null) settings["--boxes"] = Identify(Boxes);
        if (MinBoxScore is { } least) settings["--min-box-score"] = least.ToString(CultureInfo.InvariantCulture);
        return settings;
    }

    private static string Identify(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? FormattableString.Invariant($"{file.FullName} ({file.Length} bytes, {file.LastWriteTimeUtc:O})") : Path.GetFullPath(path);
    }
}
