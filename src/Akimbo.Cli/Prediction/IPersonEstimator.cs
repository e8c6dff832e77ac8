using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Prediction;

/// <summary>What a run needs of a <see cref="PoseEstimator"/>, so that it can be tested without a network.</summary>
internal interface IPersonEstimator
{
    /// <summary>The keypoints that the people have.</summary>
    Skeleton Skeleton { get; }

    /// <summary>The people in an image file, without holding the whole picture where that can be avoided.</summary>
    IReadOnlyList<Person> EstimateFile(string path);

    /// <summary>The people in a decoded image.</summary>
    IReadOnlyList<Person> Estimate(Image image);
}
