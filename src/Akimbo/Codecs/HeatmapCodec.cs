using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// Between the keypoints of one person and the heatmaps of a top-down network, one map a keypoint: makes the target the
/// network is trained on, and reads the keypoints from what it answers. A codec has no state; threads may share it.
/// </summary>
public abstract class HeatmapCodec
{
    /// <summary>From a heatmap to the network's input.</summary>
    public abstract Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>Writes the heatmaps a network should answer with.</summary>
    /// <param name="keypoints">K keypoints; one whose position is not finite is not drawn and has weight 0.</param>
    /// <param name="heatmaps">[K, height, width]; every value is written.</param>
    /// <param name="weights">[K], the weight of each map in the loss; 0 where nothing should be learnt.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Encode(ReadOnlySpan<LabelledPoint<InputPoint>> keypoints, Span<float> heatmaps, Span<float> weights, int height, int width)
    {
        int count = CountMaps(heatmaps.Length, height, width);
        if (keypoints.Length != count || weights.Length != count)
        {
            throw new ArgumentException(
                $"Heatmaps [{count}, {height}, {width}] need {count} keypoints and weights; {keypoints.Length} and {weights.Length} came.",
                nameof(keypoints));
        }

        int size = height * width;
        heatmaps.Clear();
        for (int i = 0; i < count; i++)
            weights[i] = IsFinite(keypoints[i].Position) ? EncodeKeypoint(keypoints[i], i, heatmaps.Slice(i * size, size), width) : 0;
    }

    /// <summary>Reads the keypoints, in the order of the maps.</summary>
    /// <param name="heatmaps">[K, height, width]; K follows from the length.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <exception cref="ArgumentException">The span holds no whole number of maps.</exception>
    public IReadOnlyList<DecodedKeypoint> Decode(ReadOnlySpan<float> heatmaps, int height, int width)
    {
        int size = height * width;
        var keypoints = new DecodedKeypoint[CountMaps(heatmaps.Length, height, width)];
        for (int i = 0; i < keypoints.Length; i++)
            keypoints[i] = DecodeKeypoint(heatmaps.Slice(i * size, size), width);
        return keypoints;
    }

    /// <summary>Draws one keypoint.</summary>
    /// <param name="keypoint">The keypoint.</param>
    /// <param name="index">Which of the K it is.</param>
    /// <param name="heatmap">[height, width], all zero.</param>
    /// <param name="width">Columns of the map.</param>
    /// <returns>The map's weight in the loss.</returns>
    protected abstract float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width);

    /// <summary>Reads one keypoint.</summary>
    /// <param name="heatmap">[height, width]; values may be anything, also not finite.</param>
    /// <param name="width">Columns of the map.</param>
    protected abstract DecodedKeypoint DecodeKeypoint(ReadOnlySpan<float> heatmap, int width);

    private static bool IsFinite(InputPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);

    private static int CountMaps(int length, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long size = (long)height * width;
        if (length == 0 || length % size != 0)
            throw new ArgumentException($"Heatmaps [K, {height}, {width}] have K × {size} values; {length} came.");
        return (int)(length / size);
    }
}
