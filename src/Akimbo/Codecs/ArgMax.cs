namespace Akimbo.Codecs;

/// <summary>Finds the pixel where a heatmap is largest.</summary>
internal static class ArgMax
{
    /// <summary>The largest finite value, the first in row order among equals; null when none is positive.</summary>
    /// <param name="heatmap">[height, width].</param>
    /// <param name="width">Columns of the map.</param>
    public static Peak? Find(ReadOnlySpan<float> heatmap, int width)
    {
        float best = 0;
        int index = -1;
        for (int i = 0; i < heatmap.Length; i++)
            if (heatmap[i] > best && !float.IsPositiveInfinity(heatmap[i])) (best, index) = (heatmap[i], i);
        return index < 0 ? null : new Peak(index % width, index / width, best);
    }
}
