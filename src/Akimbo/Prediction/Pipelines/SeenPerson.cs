using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Imaging;

namespace Akimbo.Prediction.Pipelines;

/// <summary>What a top-down network saw of one person.</summary>
/// <param name="Heatmaps">[K, height, width].</param>
/// <param name="Height">Rows of a map.</param>
/// <param name="Width">Columns of a map.</param>
/// <param name="HeatmapToImage">Where the maps lie in the photo as it was decoded.</param>
/// <param name="Box">The box that was looked at.</param>
internal sealed record SeenPerson(float[] Heatmaps, int Height, int Width, Transform<HeatmapPoint, ImagePoint> HeatmapToImage, PersonBox Box)
{
    /// <summary>The mean of several views of one person, which may be turned differently, as the first sees it.</summary>
    public static SeenPerson Average(IReadOnlyList<SeenPerson> views)
    {
        SeenPerson first = views[0];
        int size = first.Height * first.Width;
        float[] sums = [.. first.Heatmaps], moved = new float[size];
        foreach (SeenPerson other in views.Skip(1))
        {
            AffineTransform toFirst = AffineTransform.Compose(first: other.HeatmapToImage.Matrix, second: first.HeatmapToImage.Invert().Matrix);
            for (int map = 0; map < sums.Length; map += size)
            {
                AffineWarp.WarpAffine(other.Heatmaps.AsSpan(map, size), other.Width, other.Height, moved, first.Width, first.Height, channels: 1, toFirst);
                for (int i = 0; i < size; i++) sums[map + i] += moved[i];
            }
        }

        for (int i = 0; i < sums.Length; i++) sums[i] /= views.Count;
        return first with { Heatmaps = sums };
    }

    /// <summary>The maps smoothed, and for each the largest value that it had before.</summary>
    /// <param name="kernel">From <see cref="BlurredHeatmap.Kernel"/>.</param>
    public (SeenPerson Smoothed, float[] Maxima) Smooth(double[] kernel)
    {
        int size = Height * Width;
        float[] smoothed = new float[Heatmaps.Length], maxima = new float[Heatmaps.Length / size];
        for (int map = 0; map < Heatmaps.Length; map += size)
        {
            SmoothedHeatmap.Write(Heatmaps.AsSpan(map, size), Width, kernel, smoothed.AsSpan(map, size));
            maxima[map / size] = ArgMax.Find(Heatmaps.AsSpan(map, size), Width)?.Score ?? 0;
        }

        return (this with { Heatmaps = smoothed }, maxima);
    }
}
