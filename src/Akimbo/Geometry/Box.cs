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
}
