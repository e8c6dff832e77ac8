using Akimbo.Geometry;

namespace Akimbo.Datasets.Checks;

/// <summary>Distances in a picture.</summary>
internal static class Distance
{
    public static double Between(ImagePoint a, ImagePoint b) => Math.Sqrt((a.X - b.X) * (a.X - b.X) + (a.Y - b.Y) * (a.Y - b.Y));
}
