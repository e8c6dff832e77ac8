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
    public IReadOnlyList<Person> EstimateFile(string path, IReadOnlyList<PersonBox>? boxes) => Timed(estimator.EstimateFile(path, boxes));

    /// <inheritdoc/>
    public IReadOnlyList<Person> Estimate(Image image, IReadOnlyList<PersonBox>? boxes) => Timed(estimator.Estimate(image, boxes));

    private IReadOnlyList<Person> Timed(IReadOnlyList<Person> people)
    {
        timing?.Add(estimator.LastTiming);
        return people;
    }
}
