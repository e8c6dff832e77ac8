using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// A codec that reads a keypoint where its heatmap is largest, moved a fraction of a pixel by the values beside it. Maps
/// without a positive value have no keypoint.
/// </summary>
public abstract class ArgMaxCodec : HeatmapCodec
{
    private readonly PeakAdjustment _adjustment;

    private protected ArgMaxCodec(Transform<HeatmapPoint, InputPoint> heatmapToInput, PeakAdjustment adjustment)
    {
        if (!Enum.IsDefined(adjustment))
            throw new ArgumentOutOfRangeException(nameof(adjustment), adjustment, "There is no such adjustment.");
        HeatmapToInput = heatmapToInput;
        _adjustment = adjustment;
    }

    /// <inheritdoc/>
    public sealed override Transform<HeatmapPoint, InputPoint> HeatmapToInput { get; }

    /// <inheritdoc/>
    protected sealed override DecodedKeypoint DecodeKeypoint(ReadOnlySpan<float> heatmap, int width) =>
        ArgMax.Find(heatmap, width) is Peak peak
            ? new DecodedKeypoint(SubPixel.Locate(heatmap, width, peak.X, peak.Y, _adjustment), peak.Score)
            : default;
}
