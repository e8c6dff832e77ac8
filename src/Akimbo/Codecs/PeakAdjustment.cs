namespace Akimbo.Codecs;

/// <summary>How a keypoint's position is refined beyond the pixel of its heatmap's peak.</summary>
public enum PeakAdjustment
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>
    /// By a quarter of a pixel in x and in y, towards the larger neighbour; left and up when both are equal, as in
    /// pose-ae-train, <c>utils/group.py</c>, <c>adjust</c>.
    /// </summary>
    QuarterOffset,

    /// <summary>
    /// By a quarter of a pixel in x and in y, towards the larger neighbour, not at all where both are equal; peaks on the
    /// border stay (pytorch-pose, <c>pose/utils/evaluation.py</c>, <c>final_preds</c>).
    /// </summary>
    InteriorQuarterOffset,

    /// <summary>
    /// As <see cref="InteriorQuarterOffset"/>, but peaks in the second column and in the second row stay, too (HRNet,
    /// <c>lib/core/inference.py</c>, <c>get_final_preds</c>).
    /// </summary>
    HighResolutionQuarterOffset,

    /// <summary>To the top of the parabola through the peak and its two neighbours, in x and in y; at the border not at all.</summary>
    Parabola,
}
