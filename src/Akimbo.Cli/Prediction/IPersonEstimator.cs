using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Prediction;

/// <summary>What a run needs of a <see cref="PoseEstimator"/>, so that it can be tested without a network.</summary>
internal interface IPersonEstimator
{
    /// <summary>The keypoints that the people have.</summary>
    Skeleton Skeleton { get; }

    /// <summary>The people in an image file, without holding the whole picture where that can be avoided.</summary>
    /// <param name="path">The file.</param>
    /// <param name="boxes">Where they are; null to have them found.</param>
    IReadOnlyList<Person> EstimateFile(string path, IReadOnlyList<PersonBox>? boxes);

    /// <summary>The people in a decoded image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="boxes">Where they are; null to have them found.</param>
    IReadOnlyList<Person> Estimate(Image image, IReadOnlyList<PersonBox>? boxes);
}
