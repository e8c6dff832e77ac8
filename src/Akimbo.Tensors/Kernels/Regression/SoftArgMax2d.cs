namespace Akimbo.Tensors.Kernels.Regression;

/// <summary>
/// The expected position on a map h of H × W pixels, in two orders:
/// <list type="bullet">
/// <item>soft-max first: <c>p = softmax(h / T)</c> over all pixels, <c>x = Σ_{r, c} c · p[r, c]</c>, <c>y = Σ_{r, c} r · p[r, c]</c>;</item>
/// <item>sums first: <c>x = Σ_c c · softmax_c(Σ_r h[r, c] / T)</c>, <c>y = Σ_r r · softmax_r(Σ_c h[r, c] / T)</c>.</item>
/// </list>
/// A map is read where it lies: pixels are <c>step</c> floats apart, 1 in [H, W] and 16 in the blocked layout.
/// This is the definition; exponentials of a handful of small maps need no faster path.
/// </summary>
internal static class SoftArgMax2d
{
    /// <summary>Soft-max over the whole map, then the sums.</summary>
    /// <param name="map">The map's first pixel and all that follow; finite values.</param>
    /// <param name="step">Floats between neighbouring pixels of a row.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more.</param>
    /// <param name="temperature">T, more than 0.</param>
    /// <returns>The expected column and row.</returns>
    public static (float X, float Y) SoftmaxFirst(ReadOnlySpan<float> map, int step, int height, int width, float temperature)
    {
        float largest = float.NegativeInfinity;
        for (int p = 0; p < height * width; p++) largest = MathF.Max(largest, map[p * step]);

        double total = 0, x = 0, y = 0;
        for (int row = 0; row < height; row++)
        {
            double rowTotal = 0;
            for (int column = 0; column < width; column++)
            {
                double weight = Math.Exp(((double)map[(row * width + column) * step] - largest) / temperature);
                rowTotal += weight;
                x += column * weight;
            }

            y += row * rowTotal;
            total += rowTotal;
        }

        return ((float)(x / total), (float)(y / total));
    }

    /// <summary>Sums over columns and over rows, then a soft-max of each.</summary>
    /// <inheritdoc cref="SoftmaxFirst"/>
    public static (float X, float Y) SumsFirst(ReadOnlySpan<float> map, int step, int height, int width, float temperature) =>
        (Expectation(map, width, step, height, width * step, temperature), Expectation(map, height, width * step, width, step, temperature));

    /// <summary>The expected line, where a line's score is the sum of its pixels.</summary>
    private static float Expectation(ReadOnlySpan<float> map, int lines, int lineStep, int pixels, int pixelStep, float temperature)
    {
        double largest = double.NegativeInfinity;
        for (int line = 0; line < lines; line++) largest = Math.Max(largest, Sum(map, line * lineStep, pixels, pixelStep));

        double total = 0, expected = 0;
        for (int line = 0; line < lines; line++)
        {
            double weight = Math.Exp((Sum(map, line * lineStep, pixels, pixelStep) - largest) / temperature);
            total += weight;
            expected += line * weight;
        }

        return (float)(expected / total);
    }

    private static double Sum(ReadOnlySpan<float> map, int first, int count, int step)
    {
        double sum = 0;
        for (int i = 0; i < count; i++) sum += map[first + i * step];
        return sum;
    }
}
