using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// From heatmaps to inputs for networks whose training targets put a keypoint at x into the pixel ⌊x / stride⌋: the
/// pixel c stands for everything from c·stride to (c + 1)·stride, so its centre maps to (c + ½)·stride.
/// </summary>
public static class CellTransform
{
    /// <summary>The map from a heatmap to the input.</summary>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    public static Transform<HeatmapPoint, InputPoint> HeatmapToInput(double stride)
    {
        if (!(stride > 0) || !double.IsFinite(stride))
            throw new ArgumentOutOfRangeException(nameof(stride), stride, "The stride must be positive.");
        return new(new AffineTransform(stride, 0, stride / 2, 0, stride, stride / 2));
    }
}
