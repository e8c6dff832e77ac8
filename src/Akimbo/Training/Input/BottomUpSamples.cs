using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Tensors;

namespace Akimbo.Training.Input;

/// <summary>One sample for every picture with people; crowds and people without keypoints are masked.</summary>
internal sealed class BottomUpSamples : TrainingSamples
{
    // The stride of pose-ae-train's network: 512 to 128.
    private const int Stride = 4;
    private readonly List<PoseSample> _samples;
    private readonly int _side;
    private readonly AssociativeEmbeddingCodec _codec;

    /// <param name="samples">The pictures.</param>
    /// <param name="model">The model that is trained.</param>
    /// <param name="settings">The sizes and targets.</param>
    /// <param name="augmentation">What is done at random.</param>
    /// <param name="seed">The seed of the run.</param>
    public BottomUpSamples(IEnumerable<PoseSample> samples, PoseModel model, BottomUpTargets settings, SampleAugmentation augmentation, ulong seed)
        : base(model, augmentation, seed)
    {
        if (augmentation.MosaicProbability > 0 && settings.Side % (2 * Stride) != 0)
            throw new ArgumentException($"Mosaics have quarters of whole heatmap pixels: a side of {settings.Side} is not divisible by {2 * Stride}.");
        _side = settings.Side;
        _samples = [.. samples.Where(sample => sample.People.Any(PersonBoxes.IsScored))];
        int keypoints = model.Skeleton.Keypoints.Count;
        _codec = new AssociativeEmbeddingCodec(keypoints, settings.Grouping, settings.Sigma);
        Shape = new TargetShape(_side, _side, keypoints, _side / Stride, _side / Stride, settings.Grouping.MaxPeople);
    }

    public override int Count => _samples.Count;

    public override TargetShape Shape { get; }

    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput => CellTransform.HeatmapToInput(Stride);

    public override string NameOf(int index) => Path.GetFileName(_samples[index].ImagePath);

    protected override PoseSample SampleOf(int index) => _samples[index];

    protected override ISampleView Encode(int index, int epoch, Image picture, SpatialDraw draw, TrainingBatch batch, int n)
    {
        List<LabelledPoint<InputPoint>[]> people = [];
        Span<float> mask = Part(batch.Masks!, n);
        CounterRandom random = RandomOf(index, epoch, MosaicStream);
        ISampleView view = Augmentation.MosaicProbability > 0 && random.NextBool(Augmentation.MosaicProbability)
            ? ComposeMosaic(index, epoch, random, picture, draw, people, mask)
            : Compose(_samples[index], picture, _side, draw, people, mask);

        // As in the reference, whoever comes after the last place for tags is left out.
        if (people.Count > Shape.People) people.RemoveRange(Shape.People, people.Count - Shape.People);
        int references = Shape.People * Shape.Keypoints * 2;
        _codec.Encode(people, Stride, Shape.Height, Shape.Width, Part(batch.Heatmaps, n), batch.TagReferences.AsSpan(n * references, references));
        Part(batch.Weights, n).Fill(1);
        Part(batch.Positions, n).Clear();
        return view;
    }

    private AugmentedView Compose(PoseSample sample, Image picture, int side, SpatialDraw draw, List<LabelledPoint<InputPoint>[]> people, Span<float> mask)
    {
        var view = AugmentedView.BottomUp(picture.Width, picture.Height, side, draw);
        foreach (AnnotatedPerson person in sample.People.Where(PersonBoxes.IsScored))
        {
            var keypoints = new LabelledPoint<InputPoint>[Shape.Keypoints];
            view.Move(person.Keypoints, Model.Skeleton.FlipIndices, keypoints);
            people.Add(keypoints);
        }

        view.WarpMask(sample.IgnoredPixels(picture.Width, picture.Height), Stride, mask, side / Stride);
        return view;
    }

    /// <summary>The sample and three others, drawn at random, a quarter each.</summary>
    private Mosaic ComposeMosaic(int index, int epoch, CounterRandom random, Image picture, SpatialDraw draw, List<LabelledPoint<InputPoint>[]> people, Span<float> mask)
    {
        var views = new AugmentedView[Mosaic.Parts];
        var others = new Image[Mosaic.Parts - 1];
        int side = _side / 2, cells = side / Stride;
        float[] quarter = new float[cells * cells];
        for (int part = 0; part < Mosaic.Parts; part++)
        {
            int other = part == 0 ? index : random.NextIndex(Count);
            Image shown = part == 0 ? picture : others[part - 1] = Image.Load(_samples[other].ImagePath);
            SpatialDraw own = part == 0 ? draw : Augmentation.Spatial.Draw(RandomOf(index, epoch, MosaicStream + (uint)part));
            List<LabelledPoint<InputPoint>[]> shownPeople = [];
            views[part] = Compose(_samples[other], shown, side, own, shownPeople, quarter);
            Mosaic.Place(quarter, mask, part, cells, cells);
            people.AddRange(shownPeople.Select(person => Array.ConvertAll(person, keypoint => Shifted(keypoint, part, side))));
        }

        return new Mosaic(views, others);
    }

    /// <summary>Where a keypoint of a part is in the whole; not labelled where the part does not show it.</summary>
    private static LabelledPoint<InputPoint> Shifted(LabelledPoint<InputPoint> keypoint, int part, int side)
    {
        var (x, y) = (keypoint.Position.X, keypoint.Position.Y);
        return keypoint.Visibility > 0 && x >= 0 && y >= 0 && x < side && y < side
            ? keypoint with { Position = new InputPoint(x + part % 2 * side, y + part / 2 * side) }
            : default;
    }
}
