using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// The codec of the stacked hourglass of princeton-vl/pytorch_stacked_hourglass: <c>GenerateHeatmap</c> of
/// <c>data/MPII/dp.py</c> and <c>HeatmapParser</c> of <c>utils/group.py</c>.
/// </summary>
/// <remarks>
/// The reference counts heatmap positions from the corner of the top-left pixel, as <see cref="AssociativeEmbeddingCodec"/>
/// explains: its adjusted (3.75, 7.25) is the <see cref="HeatmapPoint"/> (3.25, 6.75).
/// </remarks>
public sealed class PrincetonCodec : ArgMaxCodec
{
    private readonly double _stride;

    /// <summary>Makes the codec.</summary>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    /// <param name="adjustment">How positions are refined; the reference's test uses the quarter offset.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride is not positive.</exception>
    public PrincetonCodec(double stride = 4, PeakAdjustment adjustment = PeakAdjustment.QuarterOffset)
        : base(CellTransform.HeatmapToInput(stride), adjustment)
    {
        _stride = stride;
    }

    /// <summary>The deviation of a target: a pixel in a map of 64, two in one of 128.</summary>
    internal static GaussianPatch Patch(int width)
    {
        double sigma = width / 64.0;
        return new GaussianPatch(sigma, Radius: (int)(3 * sigma) + 1);
    }

    /// <summary>
    /// Draws a keypoint whose pixel lies in the map and that is right of its left border. The reference has no weights:
    /// a map without a keypoint is learnt to be zero.
    /// </summary>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        int x = (int)(keypoint.Position.X / _stride), y = (int)(keypoint.Position.Y / _stride);
        bool isDrawn = keypoint.Visibility > 0 && keypoint.Position.X > 0
            && (uint)x < (uint)width && (uint)y < (uint)(heatmap.Length / width);
        if (isDrawn) Patch(width).Draw(heatmap, width, x, y);
        return 1;
    }
}
