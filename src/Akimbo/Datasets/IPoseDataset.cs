using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>Pictures of people with annotated keypoints.</summary>
public interface IPoseDataset
{
    /// <summary>What messages and reports call the data set.</summary>
    string Name { get; }

    /// <summary>What the keypoints of every person are.</summary>
    Skeleton Skeleton { get; }

    /// <summary>The number of pictures.</summary>
    int Count { get; }

    /// <summary>The pictures, in the data set's order.</summary>
    IReadOnlyList<PoseSample> Samples { get; }

    /// <summary>What was left out on reading and why, one sentence a kind with its count; empty where everything was read.</summary>
    IReadOnlyList<string> Warnings { get; }
}
