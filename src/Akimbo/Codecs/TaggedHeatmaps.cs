namespace Akimbo.Codecs;

/// <summary>
/// What an associative-embedding network says about one picture: for every keypoint a map of how likely it is at each
/// pixel, and tag maps whose values are alike for the keypoints of one person and differ between people
/// (Newell, Huang, Deng, "Associative Embedding", 2017).
/// </summary>
public readonly ref struct TaggedHeatmaps
{
    private readonly ReadOnlySpan<float> _heatmaps;
    private readonly ReadOnlySpan<float> _tags;

    /// <summary>Describes maps without copying them.</summary>
    /// <param name="heatmaps">[K, height, width], about 0 to 1.</param>
    /// <param name="tags">[T, K, height, width] for tags of T values, T at least 1; a mirrored pass adds a second value.</param>
    /// <param name="keypointCount">K, at least 1.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <exception cref="ArgumentException">A dimension is not positive, or a span does not hold a whole number of maps.</exception>
    public TaggedHeatmaps(ReadOnlySpan<float> heatmaps, ReadOnlySpan<float> tags, int keypointCount, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keypointCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);

        long count = (long)keypointCount * height * width;
        if (heatmaps.Length != count)
            throw new ArgumentException($"Heatmaps [{keypointCount}, {height}, {width}] have {count} values; {heatmaps.Length} came.", nameof(heatmaps));
        if (tags.Length == 0 || tags.Length % count != 0)
            throw new ArgumentException($"Tags [T, {keypointCount}, {height}, {width}] have T × {count} values; {tags.Length} came.", nameof(tags));

        _heatmaps = heatmaps;
        _tags = tags;
        KeypointCount = keypointCount;
        Height = height;
        Width = width;
        TagLength = (int)(tags.Length / count);
    }

    /// <summary>The number of keypoints, K.</summary>
    public int KeypointCount { get; }

    /// <summary>The rows of each map.</summary>
    public int Height { get; }

    /// <summary>The columns of each map.</summary>
    public int Width { get; }

    /// <summary>The number of values a tag has, T.</summary>
    public int TagLength { get; }

    /// <summary>The heatmap of one keypoint, [height, width].</summary>
    public ReadOnlySpan<float> Heatmap(int keypoint) => Map(_heatmaps, keypoint);

    /// <summary>One value of the tags of one keypoint, [height, width].</summary>
    public ReadOnlySpan<float> TagMap(int value, int keypoint) => Map(_tags, value * KeypointCount + keypoint);

    /// <summary>The tag of a keypoint at a pixel: <see cref="TagLength"/> values.</summary>
    public float[] TagAt(int keypoint, int x, int y)
    {
        float[] tag = new float[TagLength];
        for (int i = 0; i < tag.Length; i++) tag[i] = TagMap(i, keypoint)[y * Width + x];
        return tag;
    }

    private ReadOnlySpan<float> Map(ReadOnlySpan<float> maps, int index)
    {
        int size = Height * Width;
        return maps.Slice(index * size, size);
    }
}
