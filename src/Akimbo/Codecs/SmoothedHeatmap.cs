namespace Akimbo.Codecs;

/// <summary>
/// A heatmap smoothed by a Gaussian. Its maximum is where most of the answer lies close together, which a single pixel that happens
/// to be the largest need not be.
/// </summary>
internal static class SmoothedHeatmap
{
    /// <summary>Smooths a map; outside it is zero.</summary>
    /// <param name="heatmap">[height, width].</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="kernel">From <see cref="BlurredHeatmap.Kernel"/>.</param>
    /// <param name="smoothed">[height, width].</param>
    public static void Write(ReadOnlySpan<float> heatmap, int width, double[] kernel, Span<float> smoothed)
    {
        float[] rows = new float[heatmap.Length];
        for (int y = 0; y < heatmap.Length; y += width)
            for (int x = 0; x < width; x++) rows[y + x] = Sum(heatmap.Slice(y, width), x, step: 1, kernel);
        for (int x = 0; x < width; x++)
            for (int y = 0; y < heatmap.Length; y += width) smoothed[y + x] = Sum(rows.AsSpan(x), y, width, kernel);
    }

    private static float Sum(ReadOnlySpan<float> line, int centre, int step, double[] kernel)
    {
        double sum = 0;
        for (int i = 0, at = centre - kernel.Length / 2 * step; i < kernel.Length; i++, at += step)
            if ((uint)at < (uint)line.Length) sum += kernel[i] * line[at];
        return (float)sum;
    }
}
