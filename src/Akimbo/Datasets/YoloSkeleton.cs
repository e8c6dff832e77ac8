using System.Globalization;
using Akimbo.Skeletons;

namespace Akimbo.Datasets;

/// <summary>The skeleton that <c>kpt_shape</c>, <c>flip_idx</c> and perhaps <c>kpt_names</c> of a YOLO data set describe.</summary>
internal static class YoloSkeleton
{
    private const int MaxKeypoints = 1000;

    /// <summary>The skeleton, and how many numbers a keypoint has: 2, or 3 with visibility.</summary>
    /// <exception cref="DatasetFormatException">A key is missing, or the flip pairs are no pairs.</exception>
    public static (Skeleton Skeleton, int Numbers) Of(YoloYaml yaml)
    {
        IReadOnlyList<string> shape = yaml.List("kpt_shape") ?? [];
        if (shape is not [var first, var second] || !TryWhole(first, out int count) || !TryWhole(second, out int numbers)
            || count is < 1 or > MaxKeypoints || numbers is not (2 or 3))
            throw new DatasetFormatException(yaml.File, $"kpt_shape is '{string.Join(", ", shape)}'; the number of keypoints and 2 or 3 are expected.");

        int[] flips = FlipIndices(yaml, count);
        string[] given = [.. yaml.List("kpt_names") ?? []];
        if (given.Length == 0 && PublishedSkeletons.WithCount(count) is { } published && published.FlipIndices.SequenceEqual(flips)) return (published, numbers);

        string[] names = given.Length == count ? given : Names(flips);
        Skeleton? skeleton = PublishedSkeletons.InOrder(names);
        if (skeleton is null)
        {
            try
            {
                skeleton = Skeleton.Create(Path.GetFileNameWithoutExtension(yaml.File), names, limbs: []);
            }
            catch (ArgumentException exception)
            {
                throw new DatasetFormatException(yaml.File, $"kpt_names make no skeleton: {exception.Message}", exception);
            }
        }

        for (int k = 0; k < count; k++)
        {
            if (skeleton.FlipIndices[k] == flips[k]) continue;
            throw new DatasetFormatException(yaml.File, $"flip_idx mirrors keypoint {k} ({names[k]}) to {flips[k]}, its name to {skeleton.FlipIndices[k]}.");
        }

        return (skeleton, numbers);
    }

    private static int[] FlipIndices(YoloYaml yaml, int count)
    {
        var given = yaml.List("flip_idx");
        if (given is null) return [.. Enumerable.Range(0, count)];
        int[] flips = new int[count];
        for (int k = 0; k < count; k++)
        {
            if (given.Count != count || !TryWhole(given[k], out flips[k]) || (uint)flips[k] >= (uint)count)
                throw new DatasetFormatException(yaml.File, $"flip_idx is '{string.Join(", ", given)}'; {count} numbers from 0 to {count - 1} are expected.");
        }

        for (int k = 0; k < count; k++)
        {
            if (flips[flips[k]] == k) continue;
            throw new DatasetFormatException(yaml.File, $"flip_idx mirrors keypoint {k} to {flips[k]}, but that one to {flips[flips[k]]}; flip pairs go both ways.");
        }

        return flips;
    }

    // Names that say no more than the pairs do; which side is left, the file does not tell.
    private static string[] Names(int[] flips) =>
        [.. flips.Select((mirrored, k) => mirrored == k ? $"keypoint_{k}" : mirrored > k ? $"left_{k}" : $"right_{mirrored}")];

    private static bool TryWhole(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
