using Akimbo.Skeletons;

namespace Akimbo.Augmentation;

/// <summary>Which keypoints of a skeleton are the upper half of a person: all but hips, pelvis and what is below.</summary>
internal static class UpperBody
{
    private static readonly string[] Lower = ["hip", "pelvis", "knee", "ankle", "heel", "foot", "toe"];

    /// <summary>The indices, such as 0 to 10 in COCO and 7 to 15 in MPII (HRNet, <c>upper_body_ids</c>).</summary>
    public static IEnumerable<int> Of(Skeleton skeleton) =>
        Enumerable.Range(0, skeleton.Keypoints.Count).Where(k => !Array.Exists(Lower, part => skeleton.Keypoints[k].Contains(part, StringComparison.Ordinal)));
}
