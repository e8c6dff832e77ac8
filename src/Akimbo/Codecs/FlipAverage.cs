namespace Akimbo.Codecs;

/// <summary>
/// The flip test: heatmaps of a picture and of its mirror image are averaged, after the mirrored ones are turned back
/// and their left and right keypoints exchanged.
/// </summary>
public static class FlipAverage
{
    /// <summary>
    /// Replaces heatmaps by the average (HRNet, <c>lib/core/function.py</c>, <c>validate</c>; pytorch_stacked_hourglass,
    /// <c>test.py</c>, <c>inference</c>).
    /// </summary>
    /// <param name="heatmaps">[K, height, width] of the picture; becomes the average.</param>
    /// <param name="mirrored">[K, height, width] of the mirrored picture, as the network gave them.</param>
    /// <param name="flipIndices">For each of the K keypoints the one it becomes when mirrored, as in a skeleton.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <param name="shift">
    /// Whether the mirrored maps are moved a pixel to the right once turned back, the first column staying (HRNet's
    /// SHIFT_HEATMAP): where pixel x of a map stands for x · stride, the mirror image of x is not quite width − 1 − x.
    /// </param>
    /// <param name="ceiling">Larger averages are lowered to it; pytorch_stacked_hourglass uses 1.</param>
    /// <exception cref="ArgumentException">The spans do not have K maps, or an index is not one of the K.</exception>
    public static void Merge(
        Span<float> heatmaps, ReadOnlySpan<float> mirrored, IReadOnlyList<int> flipIndices, int height, int width, bool shift,
        float ceiling = float.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(flipIndices);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long count = (long)flipIndices.Count * height * width;
        if (heatmaps.Length != count || mirrored.Length != count)
        {
            throw new ArgumentException(
                $"Maps [{flipIndices.Count}, {height}, {width}] have {count} values; "
                + $"{heatmaps.Length} and mirrored {mirrored.Length} came.",
                nameof(heatmaps));
        }

        float[] turned = new float[height * width];
        for (int i = 0; i < flipIndices.Count; i++)
        {
            TurnBack(mirrored, flipIndices, i, turned, width, shift);
            Span<float> map = heatmaps.Slice(i * turned.Length, turned.Length);
            for (int k = 0; k < map.Length; k++) map[k] = MathF.Min((map[k] + turned[k]) * 0.5f, ceiling);
        }
    }

    /// <summary>One keypoint's map of the mirrored picture as if the picture had not been mirrored.</summary>
    /// <param name="mirrored">[K, height, width].</param>
    /// <param name="flipIndices">For each of the K keypoints the one it becomes when mirrored.</param>
    /// <param name="keypoint">Which map to turn back.</param>
    /// <param name="target">[height, width].</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="shift">See <see cref="Merge"/>.</param>
    internal static void TurnBack(
        ReadOnlySpan<float> mirrored, IReadOnlyList<int> flipIndices, int keypoint, Span<float> target, int width, bool shift = false)
    {
        int from = flipIndices[keypoint];
        if ((uint)from >= (uint)flipIndices.Count)
        {
            throw new ArgumentException(
                $"Keypoint {keypoint} becomes {from} when mirrored; there are {flipIndices.Count}.", nameof(flipIndices));
        }

        mirrored.Slice(from * target.Length, target.Length).CopyTo(target);
        for (int start = 0; start < target.Length; start += width)
        {
            Span<float> row = target.Slice(start, width);
            row.Reverse();
            if (shift) row[..^1].CopyTo(row[1..]);
        }
    }
}
