using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// From a pixel to the top of the Gaussian it belongs to: the logarithm of a Gaussian is a parabola, so that one Newton
/// step from its first and second derivatives ends at the top (Zhang et al., "Distribution-Aware Coordinate
/// Representation for Human Pose Estimation", CVPR 2020, equation 9).
/// </summary>
internal static class TaylorStep
{
    /// <summary>The top, or the pixel itself where the derivatives are not those of a top within two pixels.</summary>
    /// <param name="peak">The pixel.</param>
    /// <param name="dx">First derivative in x.</param>
    /// <param name="dy">First derivative in y.</param>
    /// <param name="dxx">Second derivative in x.</param>
    /// <param name="dxy">Mixed derivative.</param>
    /// <param name="dyy">Second derivative in y.</param>
    public static HeatmapPoint From(Peak peak, double dx, double dy, double dxx, double dxy, double dyy)
    {
        const double reach = 2;
        double determinant = dxx * dyy - dxy * dxy;
        double x = (dxy * dy - dyy * dx) / determinant, y = (dxy * dx - dxx * dy) / determinant;
        return dxx < 0 && determinant > 0 && Math.Abs(x) <= reach && Math.Abs(y) <= reach
            ? new HeatmapPoint(peak.X + x, peak.Y + y)
            : new HeatmapPoint(peak.X, peak.Y);
    }
}
