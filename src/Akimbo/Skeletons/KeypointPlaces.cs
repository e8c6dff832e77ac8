namespace Akimbo.Skeletons;

/// <summary>Where one skeleton has the keypoints of another, by name; <c>head</c> (CrowdPose) and <c>head_top</c> (LSP) are one.</summary>
internal static class KeypointPlaces
{
    private static readonly string[] HeadTops = ["head_top", "head"];

    /// <summary>For each keypoint of a skeleton its index in another.</summary>
    /// <param name="of">The skeleton.</param>
    /// <param name="within">The other.</param>
    /// <returns>−1 where the other has no such keypoint.</returns>
    public static int[] Find(Skeleton of, Skeleton within)
    {
        List<string> names = [.. within.Keypoints];
        return [.. of.Keypoints.Select(name => (HeadTops.Contains(name) ? HeadTops : [name]).Max(alias => names.IndexOf(alias)))];
    }
}
