using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors;

namespace Akimbo.Models.LitePose;

/// <summary>
/// Reads people from LitePose's two outputs: the first is enlarged to the size of the second, heatmaps are the mean of both,
/// tags are those of the first (mit-han-lab/litepose <c>lib/core/inference.py</c>, <c>get_multi_stage_outputs</c>).
/// </summary>
/// <param name="skeleton">The K keypoints.</param>
/// <param name="options">How people are grouped.</param>
public sealed class LitePoseDecoder(Skeleton skeleton, AssociativeEmbeddingOptions options) : IBottomUpDecoder
{
    private readonly AssociativeEmbeddingCodec _codec = new(skeleton.Keypoints.Count, options);

    /// <inheritdoc/>
    public Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; } = CellTransform.HeatmapToInput(stride: 2);

    /// <param name="outputs">[N, 2K, H/4, W/4] and [N, K, H/2, W/2].</param>
    /// <inheritdoc/>
    public IReadOnlyList<DecodedPerson> Decode(IReadOnlyList<Tensor> outputs)
    {
        Tensor low = outputs[0], high = outputs[1];
        int batch = low.Shape[0];
        var maps = new HeatmapAggregation(skeleton.FlipIndices, high.Shape[2], high.Shape[3]);
        maps.AddHeatmaps(Half(low, 0, tags: false), low.Shape[2], low.Shape[3], batch > 1 ? Half(low, 1, tags: false) : []);
        maps.AddHeatmaps(Entry(high, 0), high.Shape[2], high.Shape[3], batch > 1 ? Entry(high, 1) : []);
        maps.AddTags(Half(low, 0, tags: true), low.Shape[2], low.Shape[3], batch > 1 ? Half(low, 1, tags: true) : []);
        return _codec.Decode(maps.Merge());
    }

    private static ReadOnlySpan<float> Half(Tensor output, int n, bool tags)
    {
        var entry = Entry(output, n);
        return tags ? entry[(entry.Length / 2)..] : entry[..(entry.Length / 2)];
    }

    private static ReadOnlySpan<float> Entry(Tensor output, int n)
    {
        int length = (int)(output.Shape.ElementCount / output.Shape[0]);
        return output.Span.Slice(n * length, length);
    }
}
