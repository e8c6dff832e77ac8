using System.Globalization;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation;

/// <summary>The OKS sigmas of a skeleton, also where nobody has measured any, so that every data set can be scored by COCO's rules.</summary>
public sealed record OksSigmas
{
    private static readonly Skeleton[] Measured = [Coco17.Skeleton, CrowdPose14.Skeleton];

    private OksSigmas(IReadOnlyList<double> values, string? origin)
    {
        Values = values;
        Origin = origin;
    }

    /// <summary>One for each keypoint.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Where they are from, as a sentence; null where they are the skeleton's own.</summary>
    public string? Origin { get; }

    /// <summary>
    /// The skeleton's own; where it has none, those of COCO for 17 keypoints of whatever names (as pycocotools and ultralytics
    /// do), else those of COCO and CrowdPose where they have all the names, else 1 / K for each of K keypoints (ultralytics,
    /// <c>models/yolo/pose/val.py</c>).
    /// </summary>
    /// <param name="skeleton">The keypoints.</param>
    public static OksSigmas Of(Skeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        int count = skeleton.Keypoints.Count;
        if (skeleton.OksSigmas.Count > 0) return new OksSigmas(skeleton.OksSigmas, origin: null);
        if (count == Coco17.Skeleton.Keypoints.Count) return new OksSigmas(Coco17.Skeleton.OksSigmas, "OKS sigmas: COCO's, in its order.");

        double?[] byName = [.. skeleton.Keypoints.Select(ByName)];
        if (byName.All(sigma => sigma is not null)) return new OksSigmas([.. byName.Select(sigma => sigma!.Value)], "OKS sigmas: those of COCO and CrowdPose for the same names.");

        string places = count.ToString(CultureInfo.InvariantCulture);
        return new OksSigmas([.. Enumerable.Repeat(1.0 / count, count)], $"OKS sigmas: 1/{places} for each of the {places} keypoints, as none have been measured.");
    }

    private static double? ByName(string keypoint) => Array.Find(Measured, skeleton => skeleton.Keypoints.Contains(keypoint)) is { } skeleton
        ? skeleton.OksSigmas[skeleton.IndexOf(keypoint)]
        : null;
}
