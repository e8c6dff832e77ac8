using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>A data set whose annotations are in memory.</summary>
public sealed class PoseDataset : IPoseDataset
{
    /// <summary>Checks that every person has the skeleton's keypoints.</summary>
    /// <param name="name">What messages and reports call the data set.</param>
    /// <param name="skeleton">What the keypoints are.</param>
    /// <param name="samples">The pictures.</param>
    /// <param name="warnings">What was left out on reading; null for nothing.</param>
    /// <exception cref="ArgumentException">A person has another number of keypoints than the skeleton.</exception>
    public PoseDataset(string name, Skeleton skeleton, IReadOnlyList<PoseSample> samples, IReadOnlyList<string>? warnings = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(skeleton);
        ArgumentNullException.ThrowIfNull(samples);
        foreach (PoseSample sample in samples)
            foreach (AnnotatedPerson person in sample.People)
                if (person.Keypoints.Count != skeleton.Keypoints.Count)
                    throw new ArgumentException(
                        $"{name}: a person in {sample.ImagePath} has {person.Keypoints.Count} keypoints; the skeleton {skeleton} expects {skeleton.Keypoints.Count}.",
                        nameof(samples));

        Name = name;
        Skeleton = skeleton;
        Samples = samples;
        Warnings = warnings ?? [];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Skeleton Skeleton { get; }

    /// <inheritdoc/>
    public int Count => Samples.Count;

    /// <inheritdoc/>
    public IReadOnlyList<PoseSample> Samples { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings { get; }
}
