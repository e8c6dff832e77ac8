using System.Numerics;

namespace Akimbo.Codecs;

/// <summary>
/// Finds where a heatmap is largest: pixels that no neighbour exceeds, the highest first. The same as suppression by
/// max pooling followed by top-k (pose-ae-train, <c>utils/group.py</c>, <c>nms</c> and <c>calc</c>): on a plateau every
/// pixel is a peak. Peaks of equal height come in row order. Only finite values are peaks, and NaN exceeds nothing.
/// </summary>
public static class PeakFinder
{
    /// <summary>The peaks of one heatmap, in descending order.</summary>
    /// <param name="heatmap">[height, width]; the height follows from the length.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="threshold">Only values above it are peaks.</param>
    /// <param name="kernelSize">The side of the neighbourhood, odd: 3 compares with the eight pixels around.</param>
    /// <param name="limit">The most peaks to return.</param>
    /// <exception cref="ArgumentException">The map is no whole number of rows, or the kernel size is even.</exception>
    public static List<Peak> Find(ReadOnlySpan<float> heatmap, int width, double threshold, int kernelSize, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        if (heatmap.Length % width != 0)
            throw new ArgumentException($"{heatmap.Length} values are no whole number of rows of {width}.", nameof(heatmap));
        if (kernelSize % 2 == 0)
            throw new ArgumentException($"The kernel size is {kernelSize}; it must be odd.", nameof(kernelSize));

        var peaks = new List<Peak>();
        // Rounded to float the threshold lets at most its own neighbour through, which the exact comparison then refuses.
        var floor = new Vector<float>((float)threshold);
        int i = 0;
        for (; i <= heatmap.Length - Vector<float>.Count; i += Vector<float>.Count)
            if (Vector.GreaterThanOrEqualAny(new Vector<float>(heatmap[i..]), floor))
                Examine(i, i + Vector<float>.Count, heatmap, width, threshold, kernelSize / 2, limit, peaks);
        Examine(i, heatmap.Length, heatmap, width, threshold, kernelSize / 2, limit, peaks);
        return peaks;
    }

    private static void Examine(
        int start, int end, ReadOnlySpan<float> heatmap, int width, double threshold, int radius, int limit, List<Peak> peaks)
    {
        for (int i = start; i < end; i++)
        {
            float value = heatmap[i];
            if (!(value > threshold) || float.IsPositiveInfinity(value)) continue;
            if (peaks.Count == limit && value <= peaks[^1].Score) continue;

            (int y, int x) = Math.DivRem(i, width);
            if (IsPeak(heatmap, width, x, y, radius)) Insert(peaks, new Peak(x, y, value), limit);
        }
    }

    private static bool IsPeak(ReadOnlySpan<float> heatmap, int width, int x, int y, int radius)
    {
        float value = heatmap[y * width + x];
        int top = Math.Max(y - radius, 0);
        int bottom = Math.Min(y + radius, heatmap.Length / width - 1);
        int left = Math.Max(x - radius, 0);
        int right = Math.Min(x + radius, width - 1);
        for (int row = top; row <= bottom; row++)
            foreach (float neighbour in heatmap[(row * width + left)..(row * width + right + 1)])
                if (neighbour > value) return false;
        return true;
    }

    private static void Insert(List<Peak> peaks, Peak peak, int limit)
    {
        int place = peaks.Count;
        while (place > 0 && peaks[place - 1].Score < peak.Score) place--;
        if (peaks.Count == limit) peaks.RemoveAt(limit - 1);
        peaks.Insert(place, peak);
    }
}
