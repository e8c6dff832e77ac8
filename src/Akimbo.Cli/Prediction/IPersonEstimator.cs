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
    /// <param name="keepsHeatmaps">Whether the heatmaps are wanted; without, the estimate has none.</param>
    PoseEstimate EstimateFile(string path, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps);

    /// <summary>The people in a decoded image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="boxes">Where they are; null to have them found.</param>
    /// <param name="keepsHeatmaps">Whether the heatmaps are wanted; without, the estimate has none.</param>
    PoseEstimate Estimate(Image image, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps);
}
