namespace Akimbo.Codecs;

/// <summary>What becomes of the keypoints that grouping did not find for a person.</summary>
public enum MissingKeypoints
{
    /// <summary>They stay missing.</summary>
    Leave,

    /// <summary>
    /// They are put where the heatmap, less the rounded distance of the tag from the person's, is largest; their score
    /// is the heatmap's value there.
    /// </summary>
    FillByTag,

    /// <summary>
    /// As <see cref="FillByTag"/>, but literally as pose-ae-train, <c>test.py</c>, <c>refine</c> does it: the score is
    /// 1, and the neighbours that decide a quarter offset are clamped to the number of keypoints in y and to the
    /// height in x, instead of to the height and the width. For reproducing published numbers.
    /// </summary>
    FillAsPoseAe,
}
