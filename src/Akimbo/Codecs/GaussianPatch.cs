namespace Akimbo.Codecs;

/// <summary>A Gaussian of height 1 around a pixel, cut off at the sides of a square.</summary>
/// <param name="Sigma">Its standard deviation in pixels.</param>
/// <param name="Radius">Pixels from the middle of the square to its sides.</param>
internal readonly record struct GaussianPatch(double Sigma, int Radius)
{
    /// <summary>Raises a heatmap to the Gaussian where that is larger.</summary>
    /// <param name="heatmap">[height, width].</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="x">The column of the square's middle; it may lie outside.</param>
    /// <param name="y">The row of the square's middle; it may lie outside.</param>
    /// <param name="offsetX">How far right of that column the Gaussian is largest.</param>
    /// <param name="offsetY">How far below that row the Gaussian is largest.</param>
    public void Draw(Span<float> heatmap, int width, long x, long y, double offsetX = 0, double offsetY = 0)
    {
        long height = heatmap.Length / width;
        double scale = -1 / (2 * Sigma * Sigma);
        for (long row = Math.Max(y - Radius, 0); row <= Math.Min(y + Radius, height - 1); row++)
        {
            for (long column = Math.Max(x - Radius, 0); column <= Math.Min(x + Radius, width - 1); column++)
            {
                double dx = column - x - offsetX, dy = row - y - offsetY;
                ref float value = ref heatmap[(int)(row * width + column)];
                value = MathF.Max(value, (float)Math.Exp((dx * dx + dy * dy) * scale));
            }
        }
    }

    /// <summary>Whether the square, made so many pixels larger at its right and lower side, overlaps a map.</summary>
    /// <param name="width">Columns of the map.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="x">The column of the square's middle.</param>
    /// <param name="y">The row of the square's middle.</param>
    /// <param name="margin">HRNet's and bearpaw's bound is 1, so that the weight of a map may be positive though nothing is drawn.</param>
    public bool IsNear(int width, int height, long x, long y, int margin) =>
        x - Radius < width && y - Radius < height && x + Radius + margin >= 0 && y + Radius + margin >= 0;

    /// <summary>The patch that reaches three standard deviations.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is not positive, or larger than any heatmap.</exception>
    public static GaussianPatch ThreeSigma(double sigma) => sigma is > 0 and < 10_000
        ? new GaussianPatch(sigma, (int)(3 * sigma))
        : throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "The deviation of a target must be positive, in heatmap pixels.");
}
