using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// The codec of the stacked hourglass of bearpaw/pytorch-pose: <c>draw_gaussian</c> of <c>pose/utils/imutils.py</c>, and
/// <c>get_preds</c> and <c>final_preds</c> of <c>pose/utils/evaluation.py</c>, whose positions count from one.
/// </summary>
public sealed class BearpawCodec : ArgMaxCodec
{
    private readonly double _stride;
    private readonly GaussianPatch _patch;

    /// <summary>Makes the codec.</summary>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    /// <param name="sigma">The target's deviation in heatmap pixels; positive, 1 for MPII.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride or the deviation is not positive.</exception>
    public BearpawCodec(double stride = 4, double sigma = 1)
        : base(CellTransform.HeatmapToInput(stride), PeakAdjustment.InteriorQuarterOffset)
    {
        _stride = stride;
        _patch = GaussianPatch.ThreeSigma(sigma);
    }

    /// <summary>Draws a labelled keypoint unless its Gaussian misses the map; then, too, the weight is 0.</summary>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        long x = (int)(keypoint.Position.X / _stride), y = (int)(keypoint.Position.Y / _stride);
        bool isDrawn = keypoint.Visibility > 0
            && _patch.IsNear(width, heatmap.Length / width, x, y, margin: 1);
        if (!isDrawn) return 0;
        _patch.Draw(heatmap, width, x, y);
        return keypoint.Visibility;
    }
}
