using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Prediction;

namespace Akimbo.Training.Input;

/// <summary>One sample for every picture with people; crowds and people without keypoints are masked.</summary>
internal sealed class BottomUpSamples : TrainingSamples
{
    // The stride of pose-ae-train's network: 512 to 128.
    private const int Stride = 4;
    private readonly List<PoseSample> _samples;
    private readonly SquareBottomUpTask _task;
    private readonly AssociativeEmbeddingCodec _codec;

    /// <param name="samples">The pictures.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="task">Its task.</param>
    /// <param name="augmentation">What is done at random.</param>
    /// <param name="seed">The seed of the run.</param>
    public BottomUpSamples(IEnumerable<PoseSample> samples, PoseModel model, SquareBottomUpTask task, SampleAugmentation augmentation, ulong seed)
        : base(model, augmentation, seed)
    {
        _task = task;
        _samples = [.. samples.Where(sample => sample.People.Any(PersonBoxes.IsScored))];
        _codec = new AssociativeEmbeddingCodec(model.Skeleton.Keypoints.Count, task.Grouping);
        Shape = new TargetShape(
            task.BaseSize, task.BaseSize, model.Skeleton.Keypoints.Count, task.BaseSize / Stride, task.BaseSize / Stride, task.Grouping.MaxPeople);
    }

    public override int Count => _samples.Count;

    public override TargetShape Shape { get; }

    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput => CellTransform.HeatmapToInput(Stride);

    public override string NameOf(int index) => Path.GetFileName(_samples[index].ImagePath);

    protected override PoseSample SampleOf(int index) => _samples[index];

    protected override AugmentedView Encode(int index, Image picture, SpatialDraw draw, TrainingBatch batch, int n)
    {
        PoseSample sample = _samples[index];
        var view = AugmentedView.BottomUp(picture.Width, picture.Height, _task.BaseSize, draw);
        List<LabelledPoint<InputPoint>[]> people = [];
        // As in the reference, whoever comes after the last place for tags is left out.
        foreach (AnnotatedPerson person in sample.People.Where(PersonBoxes.IsScored).Take(Shape.People))
        {
            var keypoints = new LabelledPoint<InputPoint>[Shape.Keypoints];
            view.Move(person.Keypoints, Model.Skeleton.FlipIndices, keypoints);
            people.Add(keypoints);
        }

        int references = Shape.People * Shape.Keypoints * 2;
        _codec.Encode(people, Stride, Shape.Height, Shape.Width, Part(batch.Heatmaps, n), batch.TagReferences.AsSpan(n * references, references));
        view.WarpMask(sample.IgnoredPixels(picture.Width, picture.Height), Stride, Part(batch.Masks!, n), Shape.Width);
        Part(batch.Weights, n).Fill(1);
        Part(batch.Positions, n).Clear();
        return view;
    }
}
