using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// The distribution-aware codec (Zhang et al., "Distribution-Aware Coordinate Representation for Human Pose Estimation",
/// CVPR 2020; ilovepose/DarkPose): a Gaussian around the keypoint itself rather than around the nearest pixel, and reading
/// by a Taylor step on the logarithm of the smoothed map. It also reads maps of networks trained with
/// <see cref="HighResolutionCodec"/>.
/// </summary>
public sealed class DarkCodec : HeatmapCodec
{
    private readonly double _stride;
    private readonly GaussianPatch _patch;
    private readonly double[] _kernel;

    /// <summary>Makes the codec.</summary>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    /// <param name="sigma">The target's deviation in heatmap pixels; positive.</param>
    /// <param name="blurKernel">The side of the smoothing kernel, odd: 11 for deviation 2, 17 for deviation 3.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public DarkCodec(double stride = 4, double sigma = 2, int blurKernel = 11)
    {
        HeatmapToInput = ScaleTransform.HeatmapToInput(stride, stride);
        _stride = stride;
        _patch = GaussianPatch.ThreeSigma(sigma);
        _kernel = BlurredHeatmap.Kernel(blurKernel);
    }

    /// <inheritdoc/>
    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>Draws a keypoint of visibility above ½ on the whole map, unless it is more than three deviations outside.</summary>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        int height = heatmap.Length / width;
        double x = keypoint.Position.X / _stride, y = keypoint.Position.Y / _stride;
        double reach = _patch.Sigma * 3;
        if (x - reach >= width || y - reach >= height || x + reach + 1 < 0 || y + reach + 1 < 0) return 0;

        if (keypoint.Visibility > 0.5f)
        {
            GaussianPatch everywhere = _patch with { Radius = int.MaxValue / 4 };
            everywhere.Draw(heatmap, width, 0, 0, x, y);
        }

        return keypoint.Visibility;
    }

    /// <inheritdoc/>
    protected override DecodedKeypoint DecodeKeypoint(ReadOnlySpan<float> heatmap, int width) =>
        ArgMax.Find(heatmap, width) is Peak peak
            ? new DecodedKeypoint(Locate(heatmap, width, peak), peak.Score)
            : default;

    private HeatmapPoint Locate(ReadOnlySpan<float> heatmap, int width, Peak peak)
    {
        (int x, int y, _) = peak;
        if (x < 2 || y < 2 || x >= width - 2 || y >= heatmap.Length / width - 2) return new HeatmapPoint(x, y);

        var map = new BlurredHeatmap(heatmap, width, _kernel, reflect: false);
        double centre = map.LogAt(x, y);
        return TaylorStep.From(
            peak,
            dx: 0.5 * (map.LogAt(x + 1, y) - map.LogAt(x - 1, y)),
            dy: 0.5 * (map.LogAt(x, y + 1) - map.LogAt(x, y - 1)),
            dxx: 0.25 * (map.LogAt(x + 2, y) - 2 * centre + map.LogAt(x - 2, y)),
            dxy: 0.25 * (map.LogAt(x + 1, y + 1) - map.LogAt(x + 1, y - 1) - map.LogAt(x - 1, y + 1) + map.LogAt(x - 1, y - 1)),
            dyy: 0.25 * (map.LogAt(x, y + 2) - 2 * centre + map.LogAt(x, y - 2)));
    }
}
