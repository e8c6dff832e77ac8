using Akimbo.Geometry;

namespace Akimbo.Augmentation;

/// <summary>Mirrors keypoints together with their picture.</summary>
public static class HorizontalFlip
{
    /// <summary>
    /// Where the keypoints are in the mirrored picture, left and right exchanged (HRNet, <c>lib/utils/transforms.py</c>,
    /// <c>fliplr_joints</c>). As there, those not labelled come to (0, 0).
    /// </summary>
    /// <typeparam name="TPoint">The grid that is mirrored.</typeparam>
    /// <param name="keypoints">The K keypoints.</param>
    /// <param name="flipIndices">For each of the K keypoints the one it becomes when mirrored, as in a skeleton.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <exception cref="ArgumentException">There are not as many indices as keypoints, or one is not one of the K.</exception>
    public static LabelledPoint<TPoint>[] Mirror<TPoint>(
        ReadOnlySpan<LabelledPoint<TPoint>> keypoints, IReadOnlyList<int> flipIndices, int width)
        where TPoint : struct, IPoint<TPoint>
    {
        ArgumentNullException.ThrowIfNull(flipIndices);
        if (flipIndices.Count != keypoints.Length)
        {
            throw new ArgumentException(
                $"There are {keypoints.Length} keypoints and {flipIndices.Count} flip indices.", nameof(flipIndices));
        }

        var mirrored = new LabelledPoint<TPoint>[keypoints.Length];
        for (int i = 0; i < mirrored.Length; i++)
        {
            int from = flipIndices[i];
            if ((uint)from >= (uint)keypoints.Length)
            {
                throw new ArgumentException(
                    $"Keypoint {i} becomes {from} when mirrored; there are {keypoints.Length}.", nameof(flipIndices));
            }

            (TPoint position, float visibility) = keypoints[from];
            if (visibility > 0) mirrored[i] = new(TPoint.At(width - 1 - position.X, position.Y), visibility);
        }

        return mirrored;
    }
}
