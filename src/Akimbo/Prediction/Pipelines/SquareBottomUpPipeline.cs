using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Inference;

namespace Akimbo.Prediction.Pipelines;

/// <summary><see cref="SquareBottomUpTask"/>: pose-ae-train <c>test.py</c>, <c>multiperson</c>; the last stack's output is used.</summary>
internal sealed class SquareBottomUpPipeline(PoseModel model, SquareBottomUpTask task, IReadOnlyList<double> scales, CompiledNetwork network, bool flipTest)
    : PosePipeline(model, network, flipTest)
{
    private const int SideMultiple = 64;
    private const int Stride = 4;
    private const float HeatmapCeiling = 1;
    private readonly AssociativeEmbeddingCodec _codec = new(model.Skeleton.Keypoints.Count, task.Grouping);

    public override IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox> boxes, StageClock clock, List<PoseHeatmaps>? kept)
    {
        var skeleton = Model.Skeleton;
        int keypoints = skeleton.Keypoints.Count, side = SideAt(scales[0]) / Stride;
        var maps = new HeatmapAggregation(skeleton.FlipIndices, side, side);
        foreach (double scale in scales)
        {
            var input = new Image(SideAt(scale), SideAt(scale));
            AffineWarp.WarpAffine(photo.Image, input, CentreScaleTransform.FitSquare(photo.Width, photo.Height, input.Width).Matrix);
            var output = Run([input], clock)[^1];
            int size = output.Shape[2];
            maps.AddHeatmaps(Maps(output, 0, 0, keypoints), size, size, FlipTest ? Maps(output, 1, 0, keypoints) : []);
            if (HoldsTags(scale)) maps.AddTags(Maps(output, 0, keypoints, keypoints), size, size, FlipTest ? Maps(output, 1, keypoints, keypoints) : []);
            clock.Grouped();
        }

        var inputToImage = CentreScaleTransform.FitSquare(photo.Width, photo.Height, SideAt(scales[0])).Invert();
        var heatmapToImage = CellTransform.HeatmapToInput(Stride).Then(inputToImage);
        TaggedHeatmaps merged = maps.Merge(HeatmapCeiling);
        kept?.Add(KeptHeatmaps.Of(merged, skeleton, task.Grouping, heatmapToImage));
        var people = _codec.Decode(merged).ConvertAll(person => person.ToPerson(skeleton, heatmapToImage));
        clock.Grouped();
        return people;
    }

    /// <summary>Whether tags are taken at a scale: those at others say little about the same people.</summary>
    public static bool HoldsTags(double scale) => Math.Abs(scale - 1) < 0.5;

    private int SideAt(double scale) => (int)(scale * task.BaseSize + SideMultiple - 1) / SideMultiple * SideMultiple;
}
