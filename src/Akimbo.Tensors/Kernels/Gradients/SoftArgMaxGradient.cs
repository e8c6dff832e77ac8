namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of <see cref="Regression.SoftArgMax2d"/> by its map, for gradients gx and gy of the position (x, y):
/// <list type="bullet">
/// <item>soft-max first: <c>p[r, c] · (gx · (c − x) + gy · (r − y)) / T</c>;</item>
/// <item>sums first: <c>(px[c] · gx · (c − x) + py[r] · gy · (r − y)) / T</c>, with px and py the soft-max of the sums.</item>
/// </list>
/// A map lies as there. This is the definition; exponentials of a handful of small maps need no faster path.
/// </summary>
internal static class SoftArgMaxGradient
{
    /// <summary>The gradient where the soft-max comes first.</summary>
    /// <param name="map">The map's first pixel and all that follow; finite values.</param>
    /// <param name="step">Floats between neighbouring pixels of a row, of the gradient too.</param>
    /// <param name="height">H, 1 or more.</param>
    /// <param name="width">W, 1 or more.</param>
    /// <param name="temperature">T, more than 0.</param>
    /// <param name="gradientX">gx.</param>
    /// <param name="gradientY">gy.</param>
    /// <param name="mapGradient">Written at the map's pixels alone.</param>
    public static void SoftmaxFirst(ReadOnlySpan<float> map, int step, int height, int width, float temperature, float gradientX, float gradientY, Span<float> mapGradient)
    {
        float largest = float.NegativeInfinity;
        for (int p = 0; p < height * width; p++) largest = MathF.Max(largest, map[p * step]);

        double total = 0, x = 0, y = 0;
        for (int p = 0; p < height * width; p++)
        {
            double weight = Weight(map[p * step]);
            total += weight;
            x += p % width * weight;
            y += p / width * weight;
        }

        (x, y) = (x / total, y / total);
        for (int p = 0; p < height * width; p++)
            mapGradient[p * step] = (float)(Weight(map[p * step]) / total * (gradientX * (p % width - x) + gradientY * (p / width - y)) / temperature);

        double Weight(float value) => Math.Exp(((double)value - largest) / temperature);
    }

    /// <summary>The gradient where the sums come first.</summary>
    /// <inheritdoc cref="SoftmaxFirst"/>
    public static void SumsFirst(ReadOnlySpan<float> map, int step, int height, int width, float temperature, float gradientX, float gradientY, Span<float> mapGradient)
    {
        Span<double> columns = new double[width], rows = new double[height];
        for (int p = 0; p < height * width; p++)
        {
            columns[p % width] += map[p * step];
            rows[p / width] += map[p * step];
        }

        LineGradients(columns, temperature, gradientX);
        LineGradients(rows, temperature, gradientY);
        for (int p = 0; p < height * width; p++) mapGradient[p * step] = (float)(columns[p % width] + rows[p / width]);
    }

    /// <summary>Replaces the sums of lines by the gradients of the expected line by them.</summary>
    private static void LineGradients(Span<double> sums, float temperature, float gradient)
    {
        double largest = double.NegativeInfinity, total = 0, expected = 0;
        foreach (double sum in sums) largest = Math.Max(largest, sum);
        for (int line = 0; line < sums.Length; line++)
        {
            sums[line] = Math.Exp((sums[line] - largest) / temperature);
            total += sums[line];
            expected += line * sums[line];
        }

        expected /= total;
        for (int line = 0; line < sums.Length; line++) sums[line] *= gradient * (line - expected) / (total * temperature);
    }
}
