using Akimbo.Geometry;

namespace Akimbo.Augmentation;

/// <summary>
/// Shows a network only the upper or the lower half of a person, so that it learns people who are cut off (HRNet,
/// <c>lib/dataset/JointsDataset.py</c>, <c>half_body_transform</c>).
/// </summary>
public static class HalfBody
{
    private const double Padding = 1.5;

    /// <summary>The region around half of a person's keypoints; null when fewer than two are labelled.</summary>
    /// <param name="keypoints">The person's keypoints in the picture.</param>
    /// <param name="upperBody">The indices of those that belong to the upper half: 0 to 10 in COCO.</param>
    /// <param name="aspectRatio">Width by height of the input; positive.</param>
    /// <param name="draw">A draw from the standard normal distribution: below ½ the upper half is preferred.</param>
    /// <exception cref="ArgumentOutOfRangeException">The aspect ratio is not positive.</exception>
    public static PersonRegion? Choose(
        ReadOnlySpan<LabelledPoint<ImagePoint>> keypoints, IReadOnlyCollection<int> upperBody, double aspectRatio, double draw)
    {
        ArgumentNullException.ThrowIfNull(upperBody);
        List<ImagePoint> upper = [], lower = [];
        for (int i = 0; i < keypoints.Length; i++)
            if (keypoints[i].Visibility > 0) (upperBody.Contains(i) ? upper : lower).Add(keypoints[i].Position);

        List<ImagePoint> chosen = draw < 0.5 && upper.Count > 2 || lower.Count <= 2 ? upper : lower;
        if (chosen.Count < 2) return null;

        double left = chosen.Min(point => point.X), right = chosen.Max(point => point.X);
        double top = chosen.Min(point => point.Y), bottom = chosen.Max(point => point.Y);
        var centre = new ImagePoint(chosen.Average(point => point.X), chosen.Average(point => point.Y));
        return PersonRegion.WithAspectRatio(centre, right - left, bottom - top, aspectRatio).Scale(Padding);
    }
}
