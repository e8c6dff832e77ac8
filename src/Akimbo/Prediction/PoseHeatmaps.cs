using Akimbo.Geometry;
using Akimbo.Tensors;

namespace Akimbo;

/// <summary>
/// What a network saw in a photo, or in the crop of one person: the maps that keypoints are read from, after the flip test and
/// several scales have been averaged.
/// </summary>
public sealed record PoseHeatmaps
{
    /// <summary>What the K maps are of, by name.</summary>
    public required IReadOnlyList<string> Keypoints { get; init; }

    /// <summary>
    /// [K, h, w]: how likely each keypoint is at each pixel, about 0 to 1. Of integral regression, whose maps have no such scale,
    /// the probabilities, divided by the largest of all.
    /// </summary>
    public required Tensor Values { get; init; }

    /// <summary>
    /// [T, K, h, w]: tags, which are alike for the keypoints of one person; T is 1, and more with the flip test or several scales.
    /// Null for networks that see one person at a time.
    /// </summary>
    public Tensor? Tags { get; init; }

    /// <summary>Only larger values were keypoints; 0 where there are no tags.</summary>
    public double DetectionThreshold { get; init; }

    /// <summary>From the maps' pixels to those of the photo.</summary>
    public required Transform<HeatmapPoint, ImagePoint> HeatmapToImage { get; init; }
}
