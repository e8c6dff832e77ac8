namespace Akimbo.Codecs;

/// <summary>
/// A heatmap smoothed by a Gaussian, evaluated only where it is asked for: the 25 pixels around a peak that a Taylor step
/// needs, instead of the whole map. The references scale the smoothed map back to its old maximum; that adds a constant to
/// the logarithm and leaves its derivatives alone.
/// </summary>
internal readonly ref struct BlurredHeatmap
{
    // The references clamp before the logarithm.
    private const double Floor = 1e-10;

    private readonly ReadOnlySpan<float> _heatmap;
    private readonly double[] _kernel;
    private readonly int _width;
    private readonly int _height;
    private readonly bool _reflect;

    /// <summary>Describes a smoothed map.</summary>
    /// <param name="heatmap">[height, width].</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="kernel">From <see cref="Kernel"/>.</param>
    /// <param name="reflect">Whether the map is continued by reflection at its outermost pixels; else by zeros.</param>
    public BlurredHeatmap(ReadOnlySpan<float> heatmap, int width, double[] kernel, bool reflect)
    {
        _heatmap = heatmap;
        _kernel = kernel;
        _width = width;
        _height = heatmap.Length / width;
        _reflect = reflect;
    }

    /// <summary>The weights of <c>cv2.GaussianBlur</c> for a size and no deviation: σ = 0.3 · ((size − 1) / 2 − 1) + 0.8.</summary>
    /// <exception cref="ArgumentException">The size is even, or not within 1 to 99.</exception>
    public static double[] Kernel(int size)
    {
        if (size is < 1 or > 99 || size % 2 == 0)
            throw new ArgumentException($"The size of the blur is {size}; it must be odd and within 1 to 99.", nameof(size));

        double sigma = 0.3 * ((size - 1) * 0.5 - 1) + 0.8;
        double[] kernel = new double[size];
        for (int i = 0; i < size; i++)
        {
            int distance = i - size / 2;
            kernel[i] = Math.Exp(-distance * distance / (2 * sigma * sigma));
        }

        double sum = kernel.Sum();
        for (int i = 0; i < size; i++) kernel[i] /= sum;
        return kernel;
    }

    /// <summary>The logarithm of the smoothed map at a pixel; pixels outside are those on the border.</summary>
    public double LogAt(int x, int y)
    {
        x = Math.Clamp(x, 0, _width - 1);
        y = Math.Clamp(y, 0, _height - 1);
        int radius = _kernel.Length / 2;
        double sum = 0;
        for (int i = 0; i < _kernel.Length; i++)
        {
            int row = Inside(y + i - radius, _height);
            if (row < 0) continue;
            double rowSum = 0;
            for (int k = 0; k < _kernel.Length; k++)
            {
                int column = Inside(x + k - radius, _width);
                if (column >= 0) rowSum += _kernel[k] * _heatmap[row * _width + column];
            }

            sum += _kernel[i] * rowSum;
        }

        return Math.Log(Math.Max(sum, Floor));
    }

    /// <summary>The pixel that stands for a position; −1 where that is zero.</summary>
    private int Inside(int position, int size)
    {
        if ((uint)position < (uint)size) return position;
        if (!_reflect) return -1;
        if (size == 1) return 0;
        int period = 2 * (size - 1);
        position = Math.Abs(position) % period;
        return position < size ? position : period - position;
    }
}
