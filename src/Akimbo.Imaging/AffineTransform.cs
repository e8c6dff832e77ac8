namespace Akimbo.Imaging;

/// <summary>
/// A 2×3 affine map of the plane: x' = M11·x + M12·y + M13, y' = M21·x + M22·y + M23.
/// </summary>
/// <param name="M11">x' per x.</param>
/// <param name="M12">x' per y.</param>
/// <param name="M13">x' of the origin.</param>
/// <param name="M21">y' per x.</param>
/// <param name="M22">y' per y.</param>
/// <param name="M23">y' of the origin.</param>
public readonly record struct AffineTransform(double M11, double M12, double M13, double M21, double M22, double M23)
{
    /// <summary>The map that moves nothing.</summary>
    public static AffineTransform Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>Whether all six numbers are finite.</summary>
    public bool IsFinite =>
        double.IsFinite(M11) && double.IsFinite(M12) && double.IsFinite(M13)
        && double.IsFinite(M21) && double.IsFinite(M22) && double.IsFinite(M23);

    /// <summary>Where a point lands.</summary>
    /// <param name="x">Abscissa.</param>
    /// <param name="y">Ordinate.</param>
    public (double X, double Y) Apply(double x, double y) => (M11 * x + M12 * y + M13, M21 * x + M22 * y + M23);

    /// <summary>The map that undoes this one, computed in the order of operations of OpenCV's <c>warpAffine</c>.</summary>
    /// <exception cref="InvalidOperationException">The map has no inverse.</exception>
    public AffineTransform Invert()
    {
        double scale = 1 / (M11 * M22 - M12 * M21);
        double m11 = M22 * scale, m22 = M11 * scale;
        double m12 = -scale * M12, m21 = -scale * M21;
        var inverse = new AffineTransform(m11, m12, -m11 * M13 - m12 * M23, m21, m22, -m21 * M13 - m22 * M23);
        return inverse.IsFinite ? inverse : throw new InvalidOperationException($"{this} has no inverse.");
    }

    /// <summary>The map that does <paramref name="first"/> and then <paramref name="second"/>.</summary>
    /// <param name="first">Applied to the point.</param>
    /// <param name="second">Applied to what the first gave.</param>
    public static AffineTransform Compose(in AffineTransform first, in AffineTransform second) => new(
        second.M11 * first.M11 + second.M12 * first.M21,
        second.M11 * first.M12 + second.M12 * first.M22,
        second.M11 * first.M13 + second.M12 * first.M23 + second.M13,
        second.M21 * first.M11 + second.M22 * first.M21,
        second.M21 * first.M12 + second.M22 * first.M22,
        second.M21 * first.M13 + second.M22 * first.M23 + second.M23);
}
