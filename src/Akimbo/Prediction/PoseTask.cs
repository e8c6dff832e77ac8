using System.Text.Json.Serialization;
using Akimbo.Codecs;

namespace Akimbo.Prediction;

/// <summary>How a network is used: how photos become its input, and how its outputs become people. Plain data, part of a model file.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(BottomUpTask), "bottom-up")]
[JsonDerivedType(typeof(SquareBottomUpTask), "square-bottom-up")]
[JsonDerivedType(typeof(TopDownTask), "top-down")]
public abstract record PoseTask;

/// <summary>
/// All people at once from the photo resized with its proportions, by a network of two outputs: heatmaps and tags at a quarter
/// of the input, heatmaps again at half of it (HigherHRNet, LitePose); or by one whose outputs, of which the last counts, have
/// heatmaps and tags alike.
/// </summary>
public sealed record BottomUpTask : PoseTask
{
    /// <summary>The size of the input for a photo.</summary>
    public InputSizeRule InputSize { get; init; } = new(shortSide: 512, multiple: 64);

    /// <summary>How keypoints become people.</summary>
    public AssociativeEmbeddingOptions Grouping { get; init; } = new();
}

/// <summary>
/// All people at once from the photo fitted into a square, at one scale or several, by a network that gives heatmaps and tags
/// of one resolution (pose-ae-train <c>test.py</c>, <c>multiperson</c>).
/// </summary>
public sealed record SquareBottomUpTask : PoseTask
{
    /// <summary>The side of the input at scale 1, in pixels; each scale's is rounded up to a multiple of 64.</summary>
    public int BaseSize { get; init; } = 512;

    /// <summary>The scales; [2, 1, 0.5] is the multi-scale test of pose-ae-train. Tags are taken at scales near 1.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [1];

    /// <summary>How keypoints become people.</summary>
    public AssociativeEmbeddingOptions Grouping { get; init; } = AssociativeEmbeddingOptions.PoseAe;
}

/// <summary>One person from a crop of the photo around a box.</summary>
public sealed record TopDownTask : PoseTask
{
    /// <summary>Columns of the input.</summary>
    public int InputWidth { get; init; } = 192;

    /// <summary>Rows of the input.</summary>
    public int InputHeight { get; init; } = 256;

    /// <summary>How the crop is made.</summary>
    public CropKind Crop { get; init; } = CropKind.HighResolution;

    /// <summary>How much larger the crop is than the box.</summary>
    public double BoxPadding { get; init; } = 1.25;

    /// <summary>How heatmaps become keypoints.</summary>
    public HeatmapDecoding Decoding { get; init; } = HeatmapDecoding.HighResolution;

    /// <summary>Input pixels a heatmap pixel.</summary>
    public double Stride { get; init; } = 4;

    /// <summary>Whether the flip test moves the mirrored maps one pixel to the right (HRNet's SHIFT_HEATMAP).</summary>
    public bool FlipShift { get; init; }
}

/// <summary>How a person is cut out of the photo.</summary>
public enum CropKind
{
    /// <summary>A square whose corners are whole pixels (pytorch_stacked_hourglass <c>crop</c>).</summary>
    CentreScale,

    /// <summary>An affine warp with the input's proportions (HRNet <c>get_affine_transform</c>).</summary>
    HighResolution,

    /// <summary>The unbiased affine warp (UDP).</summary>
    Unbiased,
}

/// <summary>How a top-down network's output becomes keypoints.</summary>
public enum HeatmapDecoding
{
    /// <summary>princeton-vl's parser: arg-max, quarter offset, half a pixel.</summary>
    Princeton,

    /// <summary>bearpaw's: arg-max with one-based quarter offset.</summary>
    Bearpaw,

    /// <summary>HRNet's: arg-max with quarter offset.</summary>
    HighResolution,

    /// <summary>Distribution-aware (Zhang et al., CVPR 2020).</summary>
    Dark,

    /// <summary>Unbiased (Huang et al., CVPR 2020).</summary>
    Unbiased,

    /// <summary>The network itself gives expected positions in heatmap pixels (integral regression).</summary>
    Integral,
}
