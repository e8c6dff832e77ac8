using System.Numerics;

namespace Akimbo.Codecs;

/// <summary>
/// Looks for a keypoint that a person misses: the pixel where the heatmap, less the rounded distance of its tag from
/// the person's, is largest (pose-ae-train, <c>test.py</c>, <c>refine</c>).
/// </summary>
public static class TagSearch
{
    /// <summary>The best pixel, the first in row order among equals; null when none is finite.</summary>
    /// <param name="maps">The network's maps.</param>
    /// <param name="keypoint">Which keypoint to look for.</param>
    /// <param name="tag">The person's tag, as many values as tags have.</param>
    /// <exception cref="ArgumentException">The tag's length is not that of the maps.</exception>
    public static Peak? Find(TaggedHeatmaps maps, int keypoint, ReadOnlySpan<float> tag)
    {
        if (tag.Length != maps.TagLength)
            throw new ArgumentException($"The tag has {tag.Length} values; those of the maps have {maps.TagLength}.", nameof(tag));

        ReadOnlySpan<float> heatmap = maps.Heatmap(keypoint);
        float best = float.NegativeInfinity;
        int bestIndex = -1;
        int i = 0;
        for (; i <= heatmap.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> fit = Fit(maps, keypoint, tag, heatmap, i);
            if (!Vector.GreaterThanAny(fit, new Vector<float>(best))) continue;
            for (int lane = 0; lane < Vector<float>.Count; lane++)
                if (fit[lane] > best && float.IsFinite(fit[lane])) (best, bestIndex) = (fit[lane], i + lane);
        }

        for (; i < heatmap.Length; i++)
        {
            float sum = 0;
            for (int value = 0; value < tag.Length; value++)
            {
                float difference = maps.TagMap(value, keypoint)[i] - tag[value];
                sum += difference * difference;
            }

            float fit = heatmap[i] - MathF.Round(MathF.Sqrt(sum));
            if (fit > best && float.IsFinite(fit)) (best, bestIndex) = (fit, i);
        }

        return bestIndex < 0 ? null : new Peak(bestIndex % maps.Width, bestIndex / maps.Width, heatmap[bestIndex]);
    }

    private static Vector<float> Fit(TaggedHeatmaps maps, int keypoint, ReadOnlySpan<float> tag, ReadOnlySpan<float> heatmap, int i)
    {
        Vector<float> sum = Vector<float>.Zero;
        for (int value = 0; value < tag.Length; value++)
        {
            Vector<float> difference = new Vector<float>(maps.TagMap(value, keypoint)[i..]) - new Vector<float>(tag[value]);
            sum += difference * difference;
        }

        return new Vector<float>(heatmap[i..]) - Vector.Round(Vector.SquareRoot(sum));
    }
}
