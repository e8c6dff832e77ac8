namespace Akimbo.Geometry;

/// <summary>A position in the picture the user gave.</summary>
public readonly record struct ImagePoint(double X, double Y) : IPoint<ImagePoint>
{
    /// <summary>How far another position is, in image pixels.</summary>
    public double DistanceTo(ImagePoint other) => Math.Sqrt((X - other.X) * (X - other.X) + (Y - other.Y) * (Y - other.Y));

    /// <inheritdoc/>
    public static ImagePoint At(double x, double y) => new(x, y);
}

/// <summary>A position in a network's input.</summary>
public readonly record struct InputPoint(double X, double Y) : IPoint<InputPoint>
{
    /// <inheritdoc/>
    public static InputPoint At(double x, double y) => new(x, y);
}

/// <summary>A position in a heatmap.</summary>
public readonly record struct HeatmapPoint(double X, double Y) : IPoint<HeatmapPoint>
{
    /// <inheritdoc/>
    public static HeatmapPoint At(double x, double y) => new(x, y);
}
