namespace Akimbo.Evaluation;

/// <summary>How the percentages of several keypoints become one.</summary>
public enum PckAverage
{
    /// <summary>Every keypoint has the same weight: the mean of their percentages.</summary>
    OfKeypoints,

    /// <summary>Every annotation has the same weight: all correct ones over all there are.</summary>
    OfAnnotations,
}
