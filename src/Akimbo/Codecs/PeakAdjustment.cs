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

    /// <summary>To the top of the parabola through the peak and its two neighbours, in x and in y; at the border not at all.</summary>
    Parabola,
}
