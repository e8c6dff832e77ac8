using Akimbo.Skeletons;

namespace Akimbo.Datasets.Coco;

/// <summary>What the keypoints of a COCO annotation file are.</summary>
internal static class CocoSkeleton
{
    private const int PersonCategory = 1;

    /// <summary>The published skeleton of the category's names, else one of these names, else the published one of so many keypoints; null where there is none.</summary>
    /// <param name="categories">The file's categories.</param>
    /// <param name="keypoints">How many keypoints its people have; null where nobody has any.</param>
    /// <param name="file">The file, which names a skeleton of its own.</param>
    /// <exception cref="ArgumentException">The names make no skeleton.</exception>
    public static Skeleton? Find(IReadOnlyList<CocoCategory> categories, int? keypoints, string file)
    {
        var names = NamesIn(categories);
        int count = keypoints ?? names.Count;
        if (names.Count == 0 || names.Count != count) return PublishedSkeletons.WithCount(count);
        return PublishedSkeletons.InOrder(names) ?? Skeleton.Create(Path.GetFileNameWithoutExtension(file), names, limbs: []);
    }

    /// <summary>The names that the file gives its keypoints; empty where it gives none.</summary>
    public static IReadOnlyList<string> NamesIn(IReadOnlyList<CocoCategory> categories) =>
        categories.FirstOrDefault(category => category.Id == PersonCategory)?.Keypoints ?? [];
}
