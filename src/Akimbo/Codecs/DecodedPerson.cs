using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Codecs;

/// <summary>A keypoint in a heatmap.</summary>
/// <param name="Position">Where it is; (0, 0) when it was not found.</param>
/// <param name="Score">The confidence; 0 when it was not found.</param>
public readonly record struct DecodedKeypoint(HeatmapPoint Position, float Score);

/// <summary>A person as a codec reads it from heatmaps.</summary>
/// <param name="Keypoints">All keypoints in the network's order, found or not.</param>
/// <param name="Score">The confidence in the person.</param>
public sealed record DecodedPerson(IReadOnlyList<DecodedKeypoint> Keypoints, float Score)
{
    /// <summary>The person in the picture, with the skeleton's names.</summary>
    /// <param name="skeleton">As many keypoints as the person has.</param>
    /// <param name="heatmapToImage">From the heatmap to the picture.</param>
    /// <exception cref="ArgumentException">The skeleton has another number of keypoints.</exception>
    public Person ToPerson(Skeleton skeleton, Transform<HeatmapPoint, ImagePoint> heatmapToImage)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        if (skeleton.Keypoints.Count != Keypoints.Count)
            throw new ArgumentException($"The skeleton {skeleton} does not fit a person of {Keypoints.Count} keypoints.", nameof(skeleton));

        var keypoints = new Keypoint[Keypoints.Count];
        for (int i = 0; i < keypoints.Length; i++)
        {
            (HeatmapPoint position, float score) = Keypoints[i];
            keypoints[i] = new Keypoint(skeleton.Keypoints[i], score > 0 ? heatmapToImage.Apply(position) : default, score);
        }

        return new Person(keypoints, Score);
    }
}
