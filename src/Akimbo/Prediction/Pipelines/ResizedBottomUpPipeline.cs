using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Models;
using Akimbo.Networks.Inference;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>
/// <see cref="BottomUpTask"/>: the first output is enlarged to the size of the second, heatmaps are the mean of both, tags are
/// those of the first (mit-han-lab/litepose <c>lib/core/inference.py</c>, <c>get_multi_stage_outputs</c>).
/// </summary>
internal sealed class ResizedBottomUpPipeline(PoseModel model, BottomUpTask task, CompiledNetwork network, bool flipTest) : PosePipeline(model, network, flipTest)
{
    private static readonly Transform<HeatmapPoint, InputPoint> HeatmapToInput = CellTransform.HeatmapToInput(stride: 2);
    private readonly AssociativeEmbeddingCodec _codec = new(model.Skeleton.Keypoints.Count, task.Grouping);
    private readonly PhotoReader _reader = new(task.InputSize);

    public override DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name) => _reader.Decode(encoded, name);

    public override IReadOnlyList<Person> Estimate(DecodedPhoto photo, IReadOnlyList<PersonBox> boxes, StageClock clock, List<PoseHeatmaps>? kept)
    {
        var prepared = _reader.Prepare(photo);
        var outputs = Run([prepared.Image], clock);
        var heatmapToImage = HeatmapToInput.Then(prepared.InputToImage);
        TaggedHeatmaps maps = Merge(outputs[0], outputs[1]);
        kept?.Add(KeptHeatmaps.Of(maps, Model.Skeleton, task.Grouping, heatmapToImage));
        var people = _codec.Decode(maps).ConvertAll(person => person.ToPerson(Model.Skeleton, heatmapToImage));
        clock.Grouped();
        return people;
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

        ReadOnlySpan<float> Mirrored(Tensor output, int firstChannel) => FlipTest ? Maps(output, 1, firstChannel, keypoints) : [];
    }
}
