using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// The codec of unbiased data processing, UDP (Huang et al., "The Devil is in the Details: Delving into Unbiased Data
/// Processing for Human Pose Estimation", CVPR 2020; HuangJunJie2017/UDP-Pose): the outermost pixels of heatmap and input
/// lie on each other, so that the flip test needs no shift. It belongs with <see cref="AffineCrop.Unbiased"/>.
/// </summary>
public sealed class UnbiasedCodec : HeatmapCodec
{
    private readonly Transform<InputPoint, HeatmapPoint> _inputToHeatmap;
    private readonly GaussianPatch _patch;
    private readonly double[] _kernel;
    private readonly int _heatmapWidth;
    private readonly int _heatmapHeight;

    /// <summary>Makes the codec for one size of heatmaps.</summary>
    /// <param name="inputWidth">Columns of the network's input.</param>
    /// <param name="inputHeight">Rows of the network's input.</param>
    /// <param name="heatmapWidth">Columns of its heatmaps, at least 2.</param>
    /// <param name="heatmapHeight">Rows of its heatmaps, at least 2.</param>
    /// <param name="sigma">The target's deviation in heatmap pixels; positive.</param>
    /// <param name="blurKernel">The side of the smoothing kernel before the Taylor step, odd: 7 in UDP-Pose.</param>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public UnbiasedCodec(
        int inputWidth, int inputHeight, int heatmapWidth, int heatmapHeight, double sigma = 2, int blurKernel = 7)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(heatmapWidth, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(heatmapHeight, 2);
        HeatmapToInput = ScaleTransform.HeatmapToInput(
            (inputWidth - 1.0) / (heatmapWidth - 1), (inputHeight - 1.0) / (heatmapHeight - 1));
        _inputToHeatmap = HeatmapToInput.Invert();
        _patch = GaussianPatch.ThreeSigma(sigma);
        _kernel = BlurredHeatmap.Kernel(blurKernel);
        _heatmapWidth = heatmapWidth;
        _heatmapHeight = heatmapHeight;
    }

    /// <inheritdoc/>
    public override Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <summary>
    /// Draws a keypoint of visibility above ½: a Gaussian around the keypoint itself, within the square around the nearest
    /// pixel. The weight is 0 where that misses the map.
    /// </summary>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        CheckSize(heatmap.Length, width);
        HeatmapPoint centre = _inputToHeatmap.Apply(keypoint.Position);
        long x = (int)(centre.X + 0.5), y = (int)(centre.Y + 0.5);
        if (!_patch.IsNear(width, heatmap.Length / width, x, y, margin: 1)) return 0;

        if (keypoint.Visibility > 0.5f) _patch.Draw(heatmap, width, x, y, centre.X - x, centre.Y - y);
        return keypoint.Visibility;
    }

    /// <inheritdoc/>
    protected override DecodedKeypoint DecodeKeypoint(ReadOnlySpan<float> heatmap, int width)
    {
        CheckSize(heatmap.Length, width);
        return ArgMax.Find(heatmap, width) is Peak peak
            ? new DecodedKeypoint(Locate(heatmap, width, peak), peak.Score)
            : default;
    }

    private HeatmapPoint Locate(ReadOnlySpan<float> heatmap, int width, Peak peak)
    {
        (int x, int y, _) = peak;
        var map = new BlurredHeatmap(heatmap, width, _kernel, reflect: true);
        double centre = map.LogAt(x, y);
        double left = map.LogAt(x - 1, y), right = map.LogAt(x + 1, y);
        double above = map.LogAt(x, y - 1), below = map.LogAt(x, y + 1);
        return TaylorStep.From(
            peak,
            dx: 0.5 * (right - left),
            dy: 0.5 * (below - above),
            dxx: right - 2 * centre + left,
            dxy: 0.5 * (map.LogAt(x + 1, y + 1) - right - below + 2 * centre - left - above + map.LogAt(x - 1, y - 1)),
            dyy: below - 2 * centre + above);
    }

    private void CheckSize(int length, int width)
    {
        if (width != _heatmapWidth || length != width * _heatmapHeight)
        {
            throw new ArgumentException(
                $"The codec is for heatmaps of {_heatmapHeight} × {_heatmapWidth}; they are {length / width} × {width}.");
        }
    }
}
