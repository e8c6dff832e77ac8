using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>Refines a peak's position from the heatmap's values beside it.</summary>
public static class SubPixel
{
    /// <summary>The refined position, at most half a pixel from the peak in x and in y.</summary>
    /// <param name="heatmap">[height, width]; the height follows from the length.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="x">The peak's column.</param>
    /// <param name="y">The peak's row.</param>
    /// <param name="adjustment">The rule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rule is none of the enumeration.</exception>
    public static HeatmapPoint Locate(ReadOnlySpan<float> heatmap, int width, int x, int y, PeakAdjustment adjustment) =>
        Locate(heatmap, width, x, y, adjustment, lastColumn: width - 1, lastRow: heatmap.Length / width - 1);

    /// <summary>The same with the column right of the peak clamped to <paramref name="lastColumn"/>, and the row below to <paramref name="lastRow"/>.</summary>
    internal static HeatmapPoint Locate(
        ReadOnlySpan<float> heatmap, int width, int x, int y, PeakAdjustment adjustment, int lastColumn, int lastRow)
    {
        float left = heatmap[y * width + Math.Max(x - 1, 0)];
        float right = heatmap[y * width + Math.Min(x + 1, lastColumn)];
        float above = heatmap[Math.Max(y - 1, 0) * width + x];
        float below = heatmap[Math.Min(y + 1, lastRow) * width + x];
        float peak = heatmap[y * width + x];

        return adjustment switch
        {
            PeakAdjustment.None => new HeatmapPoint(x, y),
            PeakAdjustment.QuarterOffset => new HeatmapPoint(
                x + (right > left ? 0.25 : -0.25), y + (below > above ? 0.25 : -0.25)),
            PeakAdjustment.InteriorQuarterOffset => TowardsLarger(x, y, first: 1),
            PeakAdjustment.HighResolutionQuarterOffset => TowardsLarger(x, y, first: 2),
            PeakAdjustment.Parabola => new HeatmapPoint(
                x + (x > 0 && x < lastColumn ? Vertex(left, peak, right) : 0),
                y + (y > 0 && y < lastRow ? Vertex(above, peak, below) : 0)),
            _ => throw new ArgumentOutOfRangeException(nameof(adjustment), adjustment, "There is no such rule."),
        };

        HeatmapPoint TowardsLarger(int x, int y, int first) => x >= first && y >= first && x < lastColumn && y < lastRow
            ? new HeatmapPoint(x + 0.25 * Compare(right, left), y + 0.25 * Compare(below, above))
            : new HeatmapPoint(x, y);
    }

    /// <summary>1, 0 or −1; 0 where one of the numbers is none.</summary>
    private static int Compare(float a, float b) => a > b ? 1 : a < b ? -1 : 0;

    /// <summary>Where the parabola through (−1, before), (0, peak), (1, after) is largest, within half a pixel; 0 where it opens upwards.</summary>
    private static double Vertex(double before, double peak, double after)
    {
        double curvature = before - 2 * peak + after;
        return curvature < 0 ? Math.Clamp((before - after) / (2 * curvature), -0.5, 0.5) : 0;
    }
}
