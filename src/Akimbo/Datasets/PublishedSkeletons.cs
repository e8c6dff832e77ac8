using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>Finds the published skeleton that a file's keypoints are.</summary>
internal static class PublishedSkeletons
{
    private static readonly Skeleton[] All = [Coco17.Skeleton, CrowdPose14.Skeleton, Mpii16.Skeleton, Lsp14.Skeleton];

    /// <summary>The one with these keypoints in this order; null for none.</summary>
    public static Skeleton? InOrder(IReadOnlyList<string> keypoints) => Array.Find(All, skeleton => skeleton.Keypoints.SequenceEqual(keypoints));

    /// <summary>The one with these keypoints in any order; null for none.</summary>
    public static Skeleton? InAnyOrder(IReadOnlyList<string> keypoints)
    {
        var names = keypoints.ToHashSet(StringComparer.Ordinal);
        return Array.Find(All, skeleton => skeleton.Keypoints.Count == keypoints.Count && names.SetEquals(skeleton.Keypoints));
    }

    /// <summary>The one with so many keypoints that COCO files hold most often; null for none.</summary>
    public static Skeleton? WithCount(int keypoints) => Array.Find(All, skeleton => skeleton.Keypoints.Count == keypoints);
}
