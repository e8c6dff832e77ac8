using Akimbo.Cli.Evaluation;
using Akimbo.Cli.Prediction;
using Akimbo.Datasets;
using Akimbo.Datasets.Labelling;
using Akimbo.Datasets.Writing;
using Akimbo.Evaluation.Runs;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Data;

/// <summary>Annotations extended by what a model finds.</summary>
/// <param name="Weights">The model's file.</param>
/// <param name="Estimator">How it works.</param>
/// <param name="Labels">Whom and what is believed.</param>
/// <param name="Path">The COCO annotation file to write.</param>
internal sealed record DataLabelling(string Weights, PoseEstimatorOptions Estimator, ModelLabelsOptions Labels, string Path)
{
    /// <summary>The first picture that is taken, counted from 1.</summary>
    public int First { get; init; } = 1;

    /// <summary>How many pictures are taken; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The keypoints of the labels; null for those of the data set.</summary>
    public Skeleton? Skeleton { get; init; }

    /// <summary>Finds, adds and writes.</summary>
    /// <param name="dataset">The data set as annotated.</param>
    /// <param name="output">What was done, in a line.</param>
    /// <param name="error">Progress.</param>
    /// <param name="isInteractive">Whether somebody looks at <paramref name="error"/>.</param>
    public void Run(PoseDataset dataset, TextWriter output, TextWriter error, bool isInteractive)
    {
        ReportOutput.CheckFile("--out", Path);
        if (First > dataset.Count) throw new UsageException($"--first {First} is past the last of {dataset.Count} pictures.");
        PoseSample[] samples = [.. dataset.Samples.Skip(First - 1).Take(Limit ?? int.MaxValue)];
        Skeleton target = Skeleton ?? dataset.Skeleton;
        using var estimator = PoseEstimator.Load(Weights, Estimator);
        if (estimator.IsTopDown) throw new UsageException($"The model {estimator.ModelName} sees one person at a time; labels need a model that finds everyone.");
        var labels = new ModelLabels(dataset.Skeleton, estimator.Skeleton, target, Labels);
        var console = new PredictConsole(Stream.Null, Stream.Null, error, isInteractive);
        var found = DatasetPrediction.Run(
            samples, estimator.Skeleton, sample => estimator.EstimateFile(sample.ImagePath), log: null, done => console.ReportProgress(done, samples.Length));
        PoseSample[] labelled = [.. samples.Zip(found, (sample, prediction) => labels.Label(sample, prediction.People))];
        console.ReportEnd(samples.Length, failed: 0);
        CocoWriter.Save(Path, new PoseDataset(dataset.Name, target, labelled));
        output.WriteLine(FormattableString.Invariant(
            $"{Path}: {samples.Length:N0} pictures, {Count(samples):N0} people annotated, {Count(labelled):N0} with those found, {labelled.Sum(Ignored):N0} regions to be ignored"));

        static int Count(PoseSample[] samples) => samples.Sum(sample => sample.People.Count(person => person.LabelledCount > 0));
        static int Ignored(PoseSample sample) => sample.People.Count(person => person.LabelledCount == 0);
    }
}
