using Akimbo.Datasets;
using Akimbo.Datasets.Coco;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>A data set that a model is scored on, with the rules that its community scores by.</summary>
public sealed class EvaluationDataset
{
    private readonly IPoseDataset _dataset;
    private readonly PoseDatasetKind _kind;

    private EvaluationDataset(string file, PoseDatasetKind kind, IPoseDataset dataset, IReadOnlyList<PoseSample> samples)
    {
        File = file;
        _kind = kind;
        _dataset = dataset;
        Samples = samples;
    }

    /// <summary>The file of its annotations.</summary>
    public string File { get; }

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
    /// <exception cref="DatasetFormatException">It is no data set, or is damaged.</exception>
    /// <exception cref="ArgumentException">The layout has no such part.</exception>
    /// <exception cref="CocoFormatException">The annotations are damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static EvaluationDataset Open(string path, string? imageFolder = null, string? part = null)
    {
        string file = PoseDatasets.FileOf(path);
        var kind = PoseDatasetKindOf.File(file);
        var dataset = PoseDatasets.Open(file, imageFolder, kind, part);
        return new EvaluationDataset(file, kind, dataset, dataset.Samples);
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
        return new EvaluationDataset(File, _kind, _dataset, samples);
    }

    /// <summary>What scores the predictions of a model for all <see cref="Samples"/>.</summary>
    /// <param name="predicted">The model's skeleton.</param>
    /// <param name="protocol">
    /// Null for the rules of the data set's community: PCKh or PCK for MPII and LSP (<see cref="PckScoring"/>), AP and AR of COCO or
    /// CrowdPose for all others (<see cref="OksScoring"/>).
    /// </param>
    /// <exception cref="ArgumentException">The model cannot be scored on this data set, or not by this protocol.</exception>
    /// <exception cref="CocoFormatException">A COCO file's annotations cannot be scored.</exception>
    public IPredictionScoring ScoringOf(Skeleton predicted, ScoreProtocol? protocol = null) =>
        GoesByOks(protocol)
            ? new OksScoring(_kind == PoseDatasetKind.Coco ? CocoTruth() : SampleGroundTruth.Of(Samples), Skeleton, predicted, protocol)
            : new PckScoring(Samples, Skeleton, predicted, protocol);

    /// <summary>Whether object keypoint similarity decides; only then people found twice are suppressed by it.</summary>
    /// <param name="protocol">As for <see cref="ScoringOf"/>.</param>
    public bool GoesByOks(ScoreProtocol? protocol = null) =>
        protocol is null ? _kind is not (PoseDatasetKind.Mpii or PoseDatasetKind.Lsp) : protocol is ScoreProtocol.Coco or ScoreProtocol.CrowdPose;

    // The samples have neither CrowdPose's crowd index nor COCO's own count of keypoints.
    private CocoGroundTruth CocoTruth()
    {
        var all = CocoGroundTruth.Load(File);
        if (Samples.Count == all.Images.Count) return all;
        var ids = Samples.Select(sample => sample.ImageId).ToHashSet();
        return new CocoGroundTruth(all.Images.Where(image => ids.Contains(image.Id)), all.People.Where(person => ids.Contains(person.ImageId)));
    }
}
