namespace Akimbo.Networks.Onnx;

/// <summary>How a heatmap becomes one position.</summary>
public enum OnnxPeakRule
{
    /// <summary>The pixel of the largest value.</summary>
    ArgMax,

    /// <summary>
    /// That pixel, moved a quarter of a pixel in x and in y towards the larger neighbour, left and up when both are equal; at
    /// the border the pixel stands for its missing neighbour (pose-ae-train and pytorch_stacked_hourglass,
    /// <c>utils/group.py</c>, <c>adjust</c>).
    /// </summary>
    QuarterOffset,

    /// <summary>
    /// The same, but not at all where both neighbours are equal, nor on the border (pytorch-pose,
    /// <c>pose/utils/evaluation.py</c>, <c>final_preds</c>).
    /// </summary>
    InteriorQuarterOffset,

    /// <summary>
    /// The same, but not in the second column or row either (HRNet, <c>lib/core/inference.py</c>, <c>get_final_preds</c>).
    /// </summary>
    HighResolutionQuarterOffset,

    /// <summary>The mean position under the soft-max of the whole map (Sun et al., Integral Human Pose Regression).</summary>
    SoftArgMax,
}

/// <summary>
/// Appends the reading of K heatmaps [N, K, H, W] to the graph. The first output is then [N, K, 3]: x, y and score. The
/// score is the largest value of the heatmap; of <see cref="OnnxPeakRule.SoftArgMax"/>, that of its soft-max. The rules of the
/// arg-max put keypoints whose heatmap has no positive value at pixel (0, 0) of it, with a score of 0.
/// </summary>
public sealed record OnnxPeaks
{
    /// <summary>The name of the output.</summary>
    public string Name { get; init; } = "keypoints";

    /// <summary>Which of the network's outputs holds the heatmaps.</summary>
    public required int Output { get; init; }

    /// <summary>K: how many of its first channels are heatmaps.</summary>
    public required int Count { get; init; }

    /// <summary>How a heatmap becomes a position.</summary>
    public required OnnxPeakRule Rule { get; init; }

    /// <summary>Pixels of the input for one of the heatmap: x = column · ScaleX + OffsetX.</summary>
    public double ScaleX { get; init; } = 1;

    /// <summary>The same for rows.</summary>
    public double ScaleY { get; init; } = 1;

    /// <summary>Where the centre of the heatmap's first column lies in the input, in pixels.</summary>
    public double OffsetX { get; init; }

    /// <summary>The same for rows.</summary>
    public double OffsetY { get; init; }

    /// <summary>What heatmaps are divided by before a soft-max; more than 0.</summary>
    public double Temperature { get; init; } = 1;
}
