namespace Akimbo.Datasets.Masks;

/// <summary>The pixels of something as COCO files give them: polygons, which together are one mask, or run lengths.</summary>
public sealed class Segmentation
{
    /// <summary>Of polygons.</summary>
    /// <param name="polygons">Each x, y, x, y, … in image pixels.</param>
    public Segmentation(IReadOnlyList<double[]> polygons)
    {
        ArgumentNullException.ThrowIfNull(polygons);
        Polygons = polygons;
    }

    /// <summary>Of run lengths.</summary>
    public Segmentation(RunLengthMask runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Polygons = [];
        Runs = runs;
    }

    /// <summary>The polygons; empty for run lengths.</summary>
    public IReadOnlyList<double[]> Polygons { get; }

    /// <summary>The run lengths; null for polygons.</summary>
    public RunLengthMask? Runs { get; }

    /// <summary>Adds its pixels to a bitmap of the whole picture.</summary>
    /// <exception cref="ArgumentException">The runs are of another size, or a polygon has fewer than three corners.</exception>
    public void AddTo(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Runs?.AddTo(mask);
        foreach (double[] polygon in Polygons) RunLengthMask.FromPolygon(mask.Width, mask.Height, polygon).AddTo(mask);
    }
}
