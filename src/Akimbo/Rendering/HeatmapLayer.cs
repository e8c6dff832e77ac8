using Akimbo.Imaging;

namespace Akimbo.Rendering;

/// <summary>
/// Coloured, partly transparent pixels at the resolution of heatmaps, which are laid over a picture at its own resolution,
/// interpolated bilinearly.
/// </summary>
internal sealed class HeatmapLayer
{
    private const int Channels = 4;
    private readonly float[] _pixels; // [height, width, 4]: red, green and blue times the opacity, and the opacity, all 0 to 1.
    private readonly int _width;
    private readonly int _height;

    /// <summary>A layer that hides nothing.</summary>
    /// <param name="width">Columns of the heatmaps.</param>
    /// <param name="height">Rows of the heatmaps.</param>
    public HeatmapLayer(int width, int height)
    {
        _width = width;
        _height = height;
        _pixels = new float[checked(width * height * Channels)];
    }

    /// <summary>
    /// Heatmaps, each in its colour: a pixel is as opaque as its largest value, and of the colours of its values, weighted by
    /// their squares.
    /// </summary>
    /// <param name="heatmaps">[K, height, width]; 0 and less, or no number, is not seen, 1 and more is opaque.</param>
    /// <param name="width">Columns of the heatmaps.</param>
    /// <param name="height">Rows of the heatmaps.</param>
    /// <param name="colors">K colours.</param>
    /// <param name="opacity">Of a value of 1.</param>
    public static HeatmapLayer OfHeatmaps(ReadOnlySpan<float> heatmaps, int width, int height, IReadOnlyList<Color> colors, float opacity)
    {
        var layer = new HeatmapLayer(width, height);
        int size = width * height;
        Span<float> colour = stackalloc float[Image.Channels];
        for (int i = 0; i < size; i++)
        {
            float largest = 0, sum = 0;
            colour.Clear();
            for (int k = 0; k < colors.Count; k++)
            {
                float value = heatmaps[k * size + i];
                if (!(value > 0)) continue;
                value = Math.Min(value, 1);
                float weight = value * value;
                colour[0] += weight * colors[k].Red;
                colour[1] += weight * colors[k].Green;
                colour[2] += weight * colors[k].Blue;
                sum += weight;
                largest = Math.Max(largest, value);
            }

            if (sum > 0) layer.Set(i, colour[0] / sum, colour[1] / sum, colour[2] / sum, largest * opacity);
        }

        return layer;
    }

    /// <summary>Sets a pixel.</summary>
    /// <param name="index">Row · width + column.</param>
    /// <param name="color">Its colour; its alpha is the opacity.</param>
    public void Set(int index, Color color) => Set(index, color.Red, color.Green, color.Blue, color.Alpha / 255f);

    /// <summary>Lays the pixels over a picture; beyond their outermost ones nothing changes.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="heatmapToImage">Where they lie in it.</param>
    public void Draw(Image image, in AffineTransform heatmapToImage)
    {
        var (left, right, top, bottom) = Bounds(heatmapToImage, image);
        AffineTransform imageToHeatmap = heatmapToImage.Invert();
        for (int y = top; y <= bottom; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = left; x <= right; x++)
            {
                var (u, v) = imageToHeatmap.Apply(x, y);
                if (u >= -0.5 && v >= -0.5 && u <= _width - 0.5 && v <= _height - 0.5) Blend(row.Slice(x * Image.Channels, Image.Channels), (float)u, (float)v);
            }
        }
    }

    private void Set(int index, float red, float green, float blue, float opacity)
    {
        Span<float> pixel = _pixels.AsSpan(index * Channels, Channels);
        float scale = opacity / 255;
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (red * scale, green * scale, blue * scale, opacity);
    }

    private void Blend(Span<byte> below, float u, float v)
    {
        u = Math.Clamp(u, 0, _width - 1);
        v = Math.Clamp(v, 0, _height - 1);
        int x = Math.Min((int)u, Math.Max(0, _width - 2)), y = Math.Min((int)v, Math.Max(0, _height - 2));
        float fx = u - x, fy = v - y;
        ReadOnlySpan<float> p00 = At(x, y), p10 = At(x + 1, y), p01 = At(x, y + 1), p11 = At(x + 1, y + 1);
        float w00 = (1 - fx) * (1 - fy), w10 = fx * (1 - fy), w01 = (1 - fx) * fy, w11 = fx * fy;
        float seen = 1 - (w00 * p00[3] + w10 * p10[3] + w01 * p01[3] + w11 * p11[3]);
        if (seen == 1) return;
        for (int c = 0; c < Image.Channels; c++)
            below[c] = (byte)(below[c] * seen + 255 * (w00 * p00[c] + w10 * p10[c] + w01 * p01[c] + w11 * p11[c]) + 0.5f);
    }

    private ReadOnlySpan<float> At(int x, int y) => _pixels.AsSpan((Math.Min(y, _height - 1) * _width + Math.Min(x, _width - 1)) * Channels, Channels);

    /// <summary>The pixels of the picture that the layer may reach.</summary>
    private (int Left, int Right, int Top, int Bottom) Bounds(in AffineTransform heatmapToImage, Image image)
    {
        double left = double.PositiveInfinity, top = double.PositiveInfinity, right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        foreach (double u in (ReadOnlySpan<double>)[-0.5, _width - 0.5])
        {
            foreach (double v in (ReadOnlySpan<double>)[-0.5, _height - 0.5])
            {
                var (x, y) = heatmapToImage.Apply(u, v);
                (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
            }
        }

        return ((int)Math.Max(0, Math.Floor(left)), (int)Math.Min(image.Width - 1, Math.Ceiling(right)), (int)Math.Max(0, Math.Floor(top)), (int)Math.Min(image.Height - 1, Math.Ceiling(bottom)));
    }
}
