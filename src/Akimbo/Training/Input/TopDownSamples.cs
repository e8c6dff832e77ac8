using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Prediction;

namespace Akimbo.Training.Input;

/// <summary>One sample for every annotated person.</summary>
internal sealed class TopDownSamples : TrainingSamples
{
    private readonly List<(PoseSample Sample, int Person)> _people = [];
    private readonly TopDownTask _task;
    private readonly HeatmapCodec _codec;
    private readonly Transform<InputPoint, HeatmapPoint> _inputToHeatmap;
    private readonly HashSet<int> _upperBody;
    private readonly int _halfBodyKeypoints;

    /// <param name="samples">The pictures.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="task">Its task.</param>
    /// <param name="codec">Makes its targets.</param>
    /// <param name="augmentation">What is done at random.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="minKeypoints">Who has fewer labelled keypoints is left out.</param>
    public TopDownSamples(
        IEnumerable<PoseSample> samples, PoseModel model, TopDownTask task, HeatmapCodec codec, SampleAugmentation augmentation, ulong seed, int minKeypoints = 1)
        : base(model, augmentation, seed)
    {
        _task = task;
        _codec = codec;
        _inputToHeatmap = codec.HeatmapToInput.Invert();
        _upperBody = [.. UpperBody.Of(model.Skeleton)];
        _halfBodyKeypoints = augmentation.Spatial.HalfBodyKeypoints;
        foreach (PoseSample sample in samples)
            for (int p = 0; p < sample.People.Count; p++)
                if (IsUsable(sample.People[p], minKeypoints)) _people.Add((sample, p));
        Shape = new TargetShape(
            task.InputWidth, task.InputHeight, model.Skeleton.Keypoints.Count,
            (int)(task.InputWidth / task.Stride), (int)(task.InputHeight / task.Stride), People: 0);
    }

    public override int Count => _people.Count;

    public override TargetShape Shape { get; }

    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput => _codec.HeatmapToInput;

    public override string NameOf(int index)
    {
        var (sample, person) = _people[index];
        string file = Path.GetFileName(sample.ImagePath);
        return sample.People.Count > 1 ? $"{file} person {person + 1}" : file;
    }

    protected override PoseSample SampleOf(int index) => _people[index].Sample;

    protected override ISampleView Encode(int index, int epoch, Image picture, SpatialDraw draw, TrainingBatch batch, int n)
    {
        var (sample, number) = _people[index];
        AnnotatedPerson person = sample.People[number];
        var view = AugmentedView.TopDown(RegionOf(person, draw), _task, picture.Width, draw);
        var keypoints = new LabelledPoint<InputPoint>[Shape.Keypoints];
        view.Move(person.Keypoints, Model.Skeleton.FlipIndices, keypoints);
        Span<float> weights = Part(batch.Weights, n), positions = Part(batch.Positions, n);
        _codec.Encode(keypoints, Part(batch.Heatmaps, n), weights, Shape.Height, Shape.Width);
        for (int k = 0; k < keypoints.Length; k++)
        {
            HeatmapPoint position = keypoints[k].Visibility > 0 ? _inputToHeatmap.Apply(keypoints[k].Position) : default;
            (positions[2 * k], positions[2 * k + 1]) = ((float)position.X, (float)position.Y);
        }

        return view;
    }

    private PersonRegion RegionOf(AnnotatedPerson person, SpatialDraw draw)
    {
        if (draw.HalfBody is double half && person.LabelledCount > _halfBodyKeypoints)
        {
            LabelledPoint<ImagePoint>[] keypoints =
                [.. person.Keypoints.Select(keypoint => new LabelledPoint<ImagePoint>(keypoint.Position, keypoint.IsLabelled ? 1 : 0))];
            if (HalfBody.Choose(keypoints, _upperBody, (double)_task.InputWidth / _task.InputHeight, half) is { Width: > 0 } region) return region;
        }

        return AugmentedView.RegionOf(PersonBoxes.BoxOf(person), _task);
    }

    // Boxes of one point have no region.
    private static bool IsUsable(AnnotatedPerson person, int minKeypoints) =>
        PersonBoxes.IsScored(person) && person.LabelledCount >= minKeypoints && PersonBoxes.BoxOf(person) is { Width: > 0, Height: > 0 };
}
