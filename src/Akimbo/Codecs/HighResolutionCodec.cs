using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// The codec of HRNet and SimpleBaseline (<c>lib/dataset/JointsDataset.py</c>, <c>generate_target</c>;
/// <c>lib/core/inference.py</c>, <c>get_final_preds</c>): a Gaussian at the nearest pixel, and the largest pixel moved a
/// quarter towards its larger neighbours.
/// </summary>
public sealed class HighResolutionCodec : ArgMaxCodec
{
    private readonly HighResolutionCodecOptions _options;
    private readonly GaussianPatch _patch;

    /// <summary>Makes the codec.</summary>
    /// <param name="options">The settings; the defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The stride or the deviation is not positive.</exception>
    public HighResolutionCodec(HighResolutionCodecOptions? options = null)
        : base(HeatmapToInputOf(options ??= new HighResolutionCodecOptions()), options.Adjustment)
    {
        _options = options;
        _patch = GaussianPatch.ThreeSigma(options.Sigma);
    }

    /// <summary>
    /// Draws a keypoint of visibility above ½. The weight is the visibility times the keypoint's own weight, and 0 for
    /// one whose Gaussian misses the map.
    /// </summary>
    /// <exception cref="ArgumentException">There are weights, but none for this keypoint.</exception>
    /// <inheritdoc/>
    protected override float EncodeKeypoint(LabelledPoint<InputPoint> keypoint, int index, Span<float> heatmap, int width)
    {
        float weight = keypoint.Visibility * WeightOf(index);
        if (_options.KernelBounds && keypoint.Visibility < 0.5f) return weight;

        long x = (int)(keypoint.Position.X / _options.Stride + 0.5), y = (int)(keypoint.Position.Y / _options.Stride + 0.5);
        if (!_patch.IsNear(width, heatmap.Length / width, x, y, margin: _options.KernelBounds ? 0 : 1)) return 0;
        if (keypoint.Visibility > 0.5f) _patch.Draw(heatmap, width, x, y);
        return weight;
    }

    private static Transform<HeatmapPoint, InputPoint> HeatmapToInputOf(HighResolutionCodecOptions options) =>
        ScaleTransform.HeatmapToInput(options.Stride, options.Stride);

    private float WeightOf(int keypoint)
    {
        if (_options.KeypointWeights.Count == 0) return 1;
        return keypoint < _options.KeypointWeights.Count
            ? _options.KeypointWeights[keypoint]
            : throw new ArgumentException(
                $"There are weights of {_options.KeypointWeights.Count} keypoints, but none for keypoint {keypoint}.");
    }
}
