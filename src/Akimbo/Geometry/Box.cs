namespace Akimbo.Geometry;

/// <summary>An upright rectangle in image pixels: its least coordinates and its extent.</summary>
public readonly record struct Box(double X, double Y, double Width, double Height)
{
    /// <summary>The least coordinate to the right of the box.</summary>
    public double Right => X + Width;

    /// <summary>The least coordinate below the box.</summary>
    public double Bottom => Y + Height;

    /// <summary>The middle of the box.</summary>
    public ImagePoint Centre => new(X + Width / 2, Y + Height / 2);

    /// <summary>Width times height, in square pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The area both boxes share by the area that either covers: 0 apart, 1 when they are the same.</summary>
    /// <param name="other">Another box of the same picture.</param>
    public double IntersectionOverUnion(Box other)
    {
        double width = Math.Min(Right, other.Right) - Math.Max(X, other.X), height = Math.Min(Bottom, other.Bottom) - Math.Max(Y, other.Y);
        return width > 0 && height > 0 ? width * height / (Area + other.Area - width * height) : 0;
    }
}
