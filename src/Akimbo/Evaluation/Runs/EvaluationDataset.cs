using Akimbo.Datasets;
using Akimbo.Datasets.Coco;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>A data set that a model is scored on, with the rules that its community scores by.</summary>
public sealed class EvaluationDataset
{
    private readonly IPoseDataset _dataset;
    private readonly CocoGroundTruth? _truth;

    private EvaluationDataset(IPoseDataset dataset, IReadOnlyList<PoseSample> samples, CocoGroundTruth? truth)
    {
        _dataset = dataset;
        _truth = truth;
        Samples = samples;
    }

    /// <summary>What reports call the data set.</summary>
    public string Name => _dataset.Name;

    /// <summary>What the annotated keypoints are.</summary>
    public Skeleton Skeleton => _dataset.Skeleton;

    /// <summary>The images to predict, in order.</summary>
    public IReadOnlyList<PoseSample> Samples { get; }

    /// <summary>What was left out on reading.</summary>
    public IReadOnlyList<string> Warnings => _dataset.Warnings;

    /// <summary>Opens a data set of any layout.</summary>
    /// <param name="path">As in <see cref="PoseDatasets.Open"/>.</param>
    /// <param name="imageFolder">As there.</param>
    /// <param name="part">As there.</param>
    /// <param name="limit">How many images are taken, from the first; null for all.</param>
    /// <exception cref="DatasetFormatException">It is no data set, or is damaged.</exception>
    /// <exception cref="ArgumentException">The layout has no such part.</exception>
    /// <exception cref="CocoFormatException">The annotations are damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EvaluationDataset Open(string path, string? imageFolder = null, string? part = null, int? limit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        path = FileOf(path);
        var dataset = PoseDatasets.Open(path, imageFolder, part: part);
        bool isCoco = File.Exists(path) && PoseDatasetKindOf.File(path) == PoseDatasetKind.Coco;
        IReadOnlyList<PoseSample> samples = limit < dataset.Count ? [.. dataset.Samples.Take(limit.Value)] : dataset.Samples;
        return new EvaluationDataset(dataset, samples, isCoco ? GroundTruthOf(path, samples) : null);
    }

    /// <summary>Some of the images.</summary>
    /// <param name="first">The first that is taken, counted from 1.</param>
    /// <param name="last">The last that is taken; null for the end.</param>
    /// <exception cref="ArgumentException">There are none in that range.</exception>
    public EvaluationDataset Slice(int first, int? last = null)
    {
        if (first < 1 || first > Samples.Count || last < first)
            throw new ArgumentException($"{Name} has the images 1 to {Samples.Count}; there are none from {first} to {last ?? Samples.Count}.", nameof(first));
        if (first == 1 && (last ?? Samples.Count) >= Samples.Count) return this;
        PoseSample[] samples = [.. Samples.Skip(first - 1).Take((last ?? int.MaxValue) - first + 1)];
        return new EvaluationDataset(_dataset, samples, _truth is null ? null : Of(_truth, samples));
    }

    /// <summary>
    /// The rules for a model: those of COCO or CrowdPose for their annotations, else PCKh or PCK; see <see cref="PckScoring"/>.
    /// </summary>
    /// <param name="predicted">The model's skeleton.</param>
    /// <returns>What scores the predictions of all <see cref="Samples"/>.</returns>
    /// <exception cref="ArgumentException">The model cannot be scored on this data set.</exception>
    public Func<IReadOnlyList<ImagePrediction>, ScoreReport> ScoringOf(Skeleton predicted)
    {
        if (_truth is null) return new PckScoring(Samples, Skeleton, predicted).Score;
        var scoring = new OksScoring(_truth, Skeleton, predicted);
        return images => scoring.Score([.. images.SelectMany(image => image.People.Select(person => DetectedPerson.Of(image.ImageId, person)))]);
    }

    // A folder may hold one file of COCO's.
    private static string FileOf(string path)
    {
        if (!Directory.Exists(path) || File.Exists(Path.Combine(path, LspDataset.FileName)) || File.Exists(Path.Combine(path, YoloPoseDataset.FileName))) return path;
        return Directory.GetFiles(path, "*.json") is [var single] ? single : path;
    }

    private static CocoGroundTruth GroundTruthOf(string path, IReadOnlyList<PoseSample> samples)
    {
        var all = CocoGroundTruth.Load(path);
        return samples.Count == all.Images.Count ? all : Of(all, samples);
    }

    private static CocoGroundTruth Of(CocoGroundTruth all, IReadOnlyList<PoseSample> samples)
    {
        var ids = samples.Select(sample => sample.ImageId).ToHashSet();
        return new CocoGroundTruth(all.Images.Where(image => ids.Contains(image.Id)), all.People.Where(person => ids.Contains(person.ImageId)));
    }
}
