using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Prediction;

/// <summary>A <see cref="PoseEstimator"/> as a run sees it.</summary>
/// <param name="estimator">The estimator, which stays the caller's.</param>
/// <param name="timing">Where the time of every image is added; null when nobody asked.</param>
internal sealed class LoadedEstimator(PoseEstimator estimator, TimingReport? timing) : IPersonEstimator
{
    /// <inheritdoc/>
    public Skeleton Skeleton => estimator.Skeleton;

    /// <inheritdoc/>
    public PoseEstimate EstimateFile(string path, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps) =>
        Timed(keepsHeatmaps ? estimator.EstimateFileWithHeatmaps(path, boxes) : new PoseEstimate(estimator.EstimateFile(path, boxes), []));

    /// <inheritdoc/>
    public PoseEstimate Estimate(Image image, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps) =>
        Timed(keepsHeatmaps ? estimator.EstimateWithHeatmaps(image, boxes) : new PoseEstimate(estimator.Estimate(image, boxes), []));

    private PoseEstimate Timed(PoseEstimate estimate)
    {
        timing?.Add(estimator.LastTiming);
        return estimate;
    }
}
