using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// An affine map from the pixels of one grid to those of another, named for its ends: <c>heatmapToImage</c> is a
/// <c>Transform&lt;HeatmapPoint, ImagePoint&gt;</c>.
/// </summary>
/// <typeparam name="TFrom">The points it takes.</typeparam>
/// <typeparam name="TTo">The points it gives.</typeparam>
/// <param name="Matrix">The 2 × 3 matrix.</param>
public readonly record struct Transform<TFrom, TTo>(AffineTransform Matrix)
    where TFrom : struct, IPoint<TFrom>
    where TTo : struct, IPoint<TTo>
{
    /// <summary>Where a point comes to lie.</summary>
    public TTo Apply(TFrom point)
    {
        (double x, double y) = Matrix.Apply(point.X, point.Y);
        return TTo.At(x, y);
    }

    /// <summary>This transform, then the next.</summary>
    public Transform<TFrom, TNext> Then<TNext>(Transform<TTo, TNext> next) where TNext : struct, IPoint<TNext> =>
        new(AffineTransform.Compose(first: Matrix, second: next.Matrix));

    /// <summary>The way back.</summary>
    /// <exception cref="InvalidOperationException">The transform is singular.</exception>
    public Transform<TTo, TFrom> Invert() => new(Matrix.Invert());
}
