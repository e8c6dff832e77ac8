using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>
/// <see cref="BottomUpTask"/>: the first output is enlarged to the size of the second, heatmaps are the mean of both, tags are
/// those of the first (mit-han-lab/litepose <c>lib/core/inference.py</c>, <c>get_multi_stage_outputs</c>). Of a network whose
/// last output has tags of its own, that output is used alone.
/// </summary>
internal sealed class ResizedBottomUpPipeline(PoseModel model, BottomUpTask task, CompiledNetwork network, bool flipTest) : PosePipeline(model, network, flipTest)
{
    private readonly AssociativeEmbeddingCodec _codec = new(model.Skeleton.Keypoints.Count, task.Grouping);
    private readonly PhotoReader _reader = new(task.InputSize);

    public override DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name) => _reader.Decode(encoded, name);

    public override IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox> boxes, StageClock clock, List<PoseHeatmaps>? kept)
    {
        var prepared = _reader.Prepare(photo);
        var outputs = Run([prepared.Image], clock);
        var maps = outputs.Count == 1 || outputs[^1].Shape[1] >= 2 * Model.Skeleton.Keypoints.Count ? Single(outputs[^1]) : Merge(outputs[0], outputs[1]);
        double stride = (double)prepared.Image.Width / outputs[^1].Shape[3];
        var heatmapToImage = CellTransform.HeatmapToInput(stride).Then(prepared.InputToImage);
        kept?.Add(KeptHeatmaps.Of(maps, Model.Skeleton, task.Grouping, heatmapToImage));
        var people = _codec.Decode(maps).ConvertAll(person => person.ToPerson(Model.Skeleton, heatmapToImage));
        clock.Grouped();
        return people;
    }

    private TaggedHeatmaps Single(Tensor output)
    {
        int keypoints = Model.Skeleton.Keypoints.Count, height = output.Shape[2], width = output.Shape[3];
        var maps = new HeatmapAggregation(Model.Skeleton.FlipIndices, height, width);
        maps.AddHeatmaps(Maps(output, 0, 0, keypoints), height, width, Mirrored(output, 0));
        maps.AddTags(Maps(output, 0, keypoints, keypoints), height, width, Mirrored(output, keypoints));
        return maps.Merge();
    }

    private TaggedHeatmaps Merge(Tensor low, Tensor high)
    {
        int keypoints = Model.Skeleton.Keypoints.Count;
        int lowHeight = low.Shape[2], lowWidth = low.Shape[3], height = high.Shape[2], width = high.Shape[3];
        var maps = new HeatmapAggregation(Model.Skeleton.FlipIndices, height, width);
        maps.AddHeatmaps(Maps(low, 0, 0, keypoints), lowHeight, lowWidth, Mirrored(low, 0));
        maps.AddHeatmaps(Maps(high, 0, 0, keypoints), height, width, Mirrored(high, 0));
        maps.AddTags(Maps(low, 0, keypoints, keypoints), lowHeight, lowWidth, Mirrored(low, keypoints));
        return maps.Merge();
    }

    private ReadOnlySpan<float> Mirrored(Tensor output, int firstChannel) => FlipTest ? Maps(output, 1, firstChannel, Model.Skeleton.Keypoints.Count) : [];
}
