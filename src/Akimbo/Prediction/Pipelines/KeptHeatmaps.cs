using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Tensors;

namespace Akimbo.Prediction.Pipelines;

/// <summary>Copies of the maps that keypoints are read from, for whoever asked for them.</summary>
internal static class KeptHeatmaps
{
    /// <summary>Keeps the maps of a photo.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="skeleton">What they are of.</param>
    /// <param name="grouping">How people are read from them.</param>
    /// <param name="heatmapToImage">Where they lie in the photo.</param>
    public static PoseHeatmaps Of(TaggedHeatmaps maps, Skeleton skeleton, AssociativeEmbeddingOptions grouping, Transform<HeatmapPoint, ImagePoint> heatmapToImage)
    {
        int keypoints = maps.KeypointCount, size = maps.Height * maps.Width;
        var values = new Tensor([keypoints, maps.Height, maps.Width]);
        var tags = new Tensor([maps.TagLength, keypoints, maps.Height, maps.Width]);
        for (int k = 0; k < keypoints; k++)
        {
            maps.Heatmap(k).CopyTo(values.Span[(k * size)..]);
            for (int t = 0; t < maps.TagLength; t++) maps.TagMap(t, k).CopyTo(tags.Span[((t * keypoints + k) * size)..]);
        }

        return new PoseHeatmaps
        {
            Keypoints = skeleton.Keypoints,
            Values = values,
            Tags = tags,
            DetectionThreshold = grouping.DetectionThreshold,
            HeatmapToImage = heatmapToImage,
        };
    }

    /// <summary>Keeps the maps of a crop.</summary>
    /// <param name="maps">[K, height, width].</param>
    /// <param name="height">Rows of a map.</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="decoding">How keypoints are read from them.</param>
    /// <param name="skeleton">What they are of.</param>
    /// <param name="heatmapToImage">Where they lie in the photo.</param>
    public static PoseHeatmaps Of(
        ReadOnlySpan<float> maps, int height, int width, HeatmapDecoding decoding, Skeleton skeleton, Transform<HeatmapPoint, ImagePoint> heatmapToImage)
    {
        var values = new Tensor([skeleton.Keypoints.Count, height, width]);
        maps.CopyTo(values.Span);
        if (decoding == HeatmapDecoding.Integral) ToProbabilities(values.Span, height * width);
        return new PoseHeatmaps { Keypoints = skeleton.Keypoints, Values = values, HeatmapToImage = heatmapToImage };
    }

    private static void ToProbabilities(Span<float> maps, int size)
    {
        double largest = 0, temperature = new IntegralCodecOptions().Temperature;
        double[] probabilities = new double[size];
        for (int start = 0; start < maps.Length; start += size)
        {
            for (int i = 0; i < size; i++) probabilities[i] = maps[start + i];
            largest = Math.Max(largest, Softmax.Apply(probabilities, temperature));
            for (int i = 0; i < size; i++) maps[start + i] = (float)probabilities[i];
        }

        if (largest == 0) return;
        foreach (ref float value in maps) value = (float)(value / largest);
    }
}
