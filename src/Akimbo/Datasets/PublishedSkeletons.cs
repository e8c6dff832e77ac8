using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>The skeletons of the published data sets, and which of them a file's keypoints are.</summary>
public static class PublishedSkeletons
{
    private static readonly Skeleton[] Known = [Coco17.Skeleton, CrowdPose14.Skeleton, Mpii16.Skeleton, Lsp14.Skeleton];

    /// <summary>All of them, COCO's first.</summary>
    public static IReadOnlyList<Skeleton> All => Known;

    /// <summary>The one with these keypoints in this order; null for none.</summary>
    public static Skeleton? InOrder(IReadOnlyList<string> keypoints) => Array.Find(Known, skeleton => skeleton.Keypoints.SequenceEqual(keypoints));

    /// <summary>The one with these keypoints in any order; null for none.</summary>
    public static Skeleton? InAnyOrder(IReadOnlyList<string> keypoints)
    {
        var names = keypoints.ToHashSet(StringComparer.Ordinal);
        return Array.Find(Known, skeleton => skeleton.Keypoints.Count == keypoints.Count && names.SetEquals(skeleton.Keypoints));
    }

    /// <summary>The one with so many keypoints that COCO files hold most often; null for none.</summary>
    public static Skeleton? WithCount(int keypoints) => Array.Find(Known, skeleton => skeleton.Keypoints.Count == keypoints);
}
