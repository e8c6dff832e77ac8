using Akimbo.Imaging;

namespace Akimbo.Augmentation;

/// <summary>
/// Four views in one square, a quarter each: more people, and smaller ones, than a picture has (Bochkovskiy et al., "YOLOv4",
/// 2020, section 3.4, here with equal quarters).
/// </summary>
/// <param name="views">The views, each of half the side: top left, top right, bottom left, bottom right.</param>
/// <param name="others">The pictures of all but the first.</param>
internal sealed class Mosaic(IReadOnlyList<AugmentedView> views, IReadOnlyList<Image> others) : ISampleView
{
    /// <summary>Views in a mosaic.</summary>
    public const int Parts = 4;

    /// <inheritdoc/>
    public int Width => 2 * views[0].Width;

    /// <inheritdoc/>
    public int Height => 2 * views[0].Height;

    /// <inheritdoc/>
    public bool IsMirrored => false;

    /// <inheritdoc/>
    public void Extract(Image picture, Span<float> planes)
    {
        float[] quarter = new float[3 * views[0].Width * views[0].Height];
        for (int part = 0; part < Parts; part++)
        {
            views[part].Extract(part == 0 ? picture : others[part - 1], quarter);
            Place(quarter, planes, part, views[0].Width, views[0].Height);
        }
    }

    /// <summary>Copies one part's planes to their quarter of the whole.</summary>
    /// <param name="quarter">[C, height, width].</param>
    /// <param name="whole">[C, 2 · height, 2 · width].</param>
    /// <param name="part">Which quarter.</param>
    /// <param name="width">Columns of the part.</param>
    /// <param name="height">Rows of the part.</param>
    public static void Place(ReadOnlySpan<float> quarter, Span<float> whole, int part, int width, int height)
    {
        var (bottom, right) = Math.DivRem(part, 2);
        int rows = quarter.Length / width;
        for (int row = 0; row < rows; row++)
        {
            var (plane, y) = Math.DivRem(row, height);
            quarter.Slice(row * width, width).CopyTo(whole[(((2 * plane + bottom) * height + y) * 2 * width + right * width)..]);
        }
    }
}
