namespace Akimbo.Codecs;

/// <summary>The settings of <see cref="HighResolutionCodec"/>; the defaults are those of HRNet for COCO.</summary>
public sealed record HighResolutionCodecOptions
{
    /// <summary>Input pixels a heatmap pixel; positive.</summary>
    public double Stride { get; init; } = 4;

    /// <summary>The target's deviation in heatmap pixels: 2 for inputs of 256 × 192 and 256 × 256, 3 for 384 × 288.</summary>
    public double Sigma { get; init; } = 2;

    /// <summary>How positions are refined.</summary>
    public PeakAdjustment Adjustment { get; init; } = PeakAdjustment.HighResolutionQuarterOffset;

    /// <summary>A factor for the weight of each of the K maps; empty for none.</summary>
    public IReadOnlyList<float> KeypointWeights { get; init; } = [];

    /// <summary>
    /// Whether targets are those of the widespread <c>KeypointToHeatMap</c> transform, which copies a 13 × 13 kernel:
    /// the weight is 0 as soon as the kernel misses the map, where HRNet lets it lie one pixel further left or up, and
    /// keypoints of visibility below ½ keep their weight wherever they are.
    /// </summary>
    public bool KernelBounds { get; init; }
}
