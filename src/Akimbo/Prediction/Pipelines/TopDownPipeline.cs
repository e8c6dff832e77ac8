using Akimbo.Codecs;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary><see cref="TopDownTask"/>: every box is cropped, several crops run as a batch, the last stack's heatmaps are read.</summary>
internal sealed class TopDownPipeline(PoseModel model, TopDownTask task, CompiledNetwork network, bool flipTest, OksSuppressionKind suppression)
    : PosePipeline(model, network, flipTest)
{
    /// <summary>Keypoints with lower scores say little.</summary>
    public const float SureKeypoint = 0.2f;

    private const int MaxBatch = 4;
    private const double SmallestSide = 1;
    private readonly HeatmapCodec _codec = MakeCodec(task);
    private readonly Oks _oks = new(OksSigmas.Of(model.Skeleton).Values);

    private float FlipCeiling => task.Decoding == HeatmapDecoding.Princeton ? 1 : float.PositiveInfinity;

    /// <summary>The scores of integral regression are shares of a map, of which even sure keypoints have little at their pixel.</summary>
    private float LeastCounted => task.Decoding == HeatmapDecoding.Integral ? 0 : SureKeypoint;

    public override IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox> boxes, StageClock clock, List<PoseHeatmaps>? kept) =>
        [.. Suppressed([.. See(photo, [.. boxes.Select(box => (box, 0.0))], clock).Select(seen => ReadAndKeep(seen, kept))]).OrderByDescending(person => person.Score)];

    /// <summary>What the network sees in each box, in the order of the boxes.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="boxes">The boxes in it as it was decoded, and how many degrees each affine crop is turned clockwise; <see cref="CropKind.CentreScale"/> is never turned.</param>
    /// <param name="clock">Told of every stage.</param>
    public List<SeenPerson> See(DecodedPhoto photo, IReadOnlyList<(PersonBox Box, double Degrees)> boxes, StageClock clock)
    {
        var seen = new List<SeenPerson>(boxes.Count);
        foreach (var part in boxes.Chunk(MaxBatch))
        {
            PersonCrop[] crops = [.. part.Select(view => CropOf(view.Box.Box, view.Degrees))];
            var heatmaps = Run([.. crops.Select(crop => crop.Extract(photo.Image))], clock)[^1];
            for (int i = 0; i < part.Length; i++) seen.Add(Seen(heatmaps, i, part.Length, crops[i], part[i].Box));
            clock.Grouped();
        }

        return seen;
    }

    /// <summary>The person whose maps they are.</summary>
    public Person Read(SeenPerson seen)
    {
        var decoded = _codec.Decode(seen.Heatmaps, seen.Height, seen.Width);
        var person = new DecodedPerson(decoded, seen.Box.Score * MeanScore(decoded)).ToPerson(Model.Skeleton, seen.HeatmapToImage);
        return new Person(person.Keypoints, person.Score, seen.Box.Box);
    }

    /// <summary>The area that scales similarities is that of the crop, as in HRNet (<c>lib/core/function.py</c>, <c>all_boxes</c>).</summary>
    private IEnumerable<Person> Suppressed(List<Person> people)
    {
        if (suppression == OksSuppressionKind.None || people.Count < 2) return people;
        DetectedPerson[] detections = [.. people.Select(person => DetectedPerson.Of(imageId: 0, person) with { Area = RegionOf(AtLeastAPixel(person.Box)).Area })];
        var kept = suppression == OksSuppressionKind.Soft ? OksSuppression.Soft(detections, _oks) : OksSuppression.Hard(detections, _oks);
        return kept.Select(index => people[index]);
    }

    private static Box AtLeastAPixel(Box box) => new(box.X, box.Y, Math.Max(SmallestSide, box.Width), Math.Max(SmallestSide, box.Height));

    private PersonRegion RegionOf(Box box) => PersonRegion.FromBox(box, (double)task.InputWidth / task.InputHeight, task.BoxPadding);

    private PersonCrop CropOf(Box box, double degrees)
    {
        box = AtLeastAPixel(box);
        if (task.Crop == CropKind.CentreScale)
            return new CentreScaleCrop(box.Centre, Math.Max(box.Width, box.Height) * task.BoxPadding / CentreScaleTransform.SideAtScaleOne, task.InputWidth);
        var region = RegionOf(box);
        return task.Crop == CropKind.Unbiased
            ? AffineCrop.Unbiased(region, task.InputWidth, task.InputHeight, degrees)
            : AffineCrop.HighResolution(region, task.InputWidth, task.InputHeight, degrees);
    }

    private SeenPerson Seen(Tensor heatmaps, int n, int count, PersonCrop crop, PersonBox box)
    {
        int keypoints = Model.Skeleton.Keypoints.Count, height = heatmaps.Shape[2], width = heatmaps.Shape[3];
        var maps = Maps(heatmaps, n, 0, keypoints);
        if (FlipTest) FlipAverage.Merge(maps, Maps(heatmaps, count + n, 0, keypoints), Model.Skeleton.FlipIndices, height, width, task.FlipShift, FlipCeiling);
        return new SeenPerson(maps.ToArray(), height, width, _codec.HeatmapToInput.Then(crop.ImageToInput.Invert()), box);
    }

    private Person ReadAndKeep(SeenPerson seen, List<PoseHeatmaps>? kept)
    {
        kept?.Add(KeptHeatmaps.Of(seen.Heatmaps, seen.Height, seen.Width, task.Decoding, Model.Skeleton, seen.HeatmapToImage));
        return Read(seen);
    }

    /// <summary>The mean of the keypoints that are at all sure (HRNet, <c>lib/dataset/coco.py</c>, <c>evaluate</c>).</summary>
    private float MeanScore(IReadOnlyList<DecodedKeypoint> keypoints)
    {
        float sum = 0;
        int count = 0;
        foreach (var keypoint in keypoints)
        {
            if (!(keypoint.Score > LeastCounted)) continue;
            sum += keypoint.Score;
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>The codec that a task names.</summary>
    internal static HeatmapCodec MakeCodec(TopDownTask task) => task.Decoding switch
    {
        HeatmapDecoding.Princeton => new PrincetonCodec(task.Stride),
        HeatmapDecoding.Bearpaw => new BearpawCodec(task.Stride),
        HeatmapDecoding.HighResolution => new HighResolutionCodec(new HighResolutionCodecOptions { Stride = task.Stride }),
        HeatmapDecoding.Dark => new DarkCodec(task.Stride),
        HeatmapDecoding.Unbiased => new UnbiasedCodec(task.InputWidth, task.InputHeight, (int)(task.InputWidth / task.Stride), (int)(task.InputHeight / task.Stride)),
        HeatmapDecoding.Integral => new IntegralCodec(new IntegralCodecOptions { Stride = task.Stride }),
        _ => throw new ArgumentException($"There is no decoding {task.Decoding}.", nameof(task)),
    };
}
