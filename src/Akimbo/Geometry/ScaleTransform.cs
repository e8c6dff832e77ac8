using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// From heatmaps to inputs for networks whose training targets are largest where a keypoint at x is divided by the
/// stride: the pixel c stands for c · stride (HRNet, <c>lib/dataset/JointsDataset.py</c>).
/// </summary>
public static class ScaleTransform
{
    /// <summary>The map from a heatmap to the input.</summary>
    /// <param name="strideX">Input pixels from one column of the heatmap to the next; positive.</param>
    /// <param name="strideY">Input pixels from one row of the heatmap to the next; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A stride is not positive.</exception>
    public static Transform<HeatmapPoint, InputPoint> HeatmapToInput(double strideX, double strideY)
    {
        Check(strideX, nameof(strideX));
        Check(strideY, nameof(strideY));
        return new(new AffineTransform(strideX, 0, 0, 0, strideY, 0));
    }

    private static void Check(double stride, string name)
    {
        if (!(stride > 0) || !double.IsFinite(stride))
            throw new ArgumentOutOfRangeException(name, stride, "The stride must be positive.");
    }
}
