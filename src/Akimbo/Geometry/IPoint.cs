namespace Akimbo.Geometry;

/// <summary>
/// A position in pixels of one particular grid. Everywhere in this library the centre of the top-left pixel is (0, 0):
/// x grows to the right, y downwards, and the grid covers −0.5 to width − 0.5. References that put (0, 0) at the
/// corner of that pixel, or count from one, are converted where their numbers enter.
/// </summary>
/// <typeparam name="TSelf">The implementing type, which names the grid.</typeparam>
public interface IPoint<TSelf> where TSelf : struct, IPoint<TSelf>
{
    /// <summary>Pixels to the right of the centre of the top-left pixel.</summary>
    double X { get; }

    /// <summary>Pixels below the centre of the top-left pixel.</summary>
    double Y { get; }

    /// <summary>The point of this grid at the given position.</summary>
    static abstract TSelf At(double x, double y);
}
