namespace Akimbo.Evaluation;

/// <summary>One detected person, as COCO's evaluation sees it.</summary>
public sealed record DetectedPerson
{
    private readonly double? _area;

    /// <summary>The number of the image.</summary>
    public required long ImageId { get; init; }

    /// <summary>[K × 3]: x, y in image pixels and score of every keypoint. The scores play no part in COCO's evaluation.</summary>
    public required ReadOnlyMemory<double> Keypoints { get; init; }

    /// <summary>The confidence in the whole person; detections are matched in its descending order.</summary>
    public required double Score { get; init; }

    /// <summary>
    /// The area in square pixels: an unmatched detection outside an area range does not count in it. Unless it is given, the
    /// area of the smallest box around all keypoints (<c>COCO.loadRes</c>).
    /// </summary>
    public double Area
    {
        get => _area ?? Extent();
        init => _area = value;
    }

    /// <summary>A person that a pose estimator found, as written and read again in COCO's results format without rounding.</summary>
    /// <param name="imageId">The number of the image.</param>
    /// <param name="person">Keypoints that were not found are at (0, 0); the area is that of the person's box.</param>
    public static DetectedPerson Of(long imageId, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        double[] keypoints = new double[person.Keypoints.Count * 3];
        for (int i = 0; i < person.Keypoints.Count; i++)
        {
            Keypoint keypoint = person.Keypoints[i];
            if (!keypoint.IsFound) continue;
            (keypoints[3 * i], keypoints[3 * i + 1], keypoints[3 * i + 2]) = (keypoint.Position.X, keypoint.Position.Y, keypoint.Score);
        }

        return new DetectedPerson { ImageId = imageId, Keypoints = keypoints, Score = person.Score, Area = person.Box.Area };
    }

    private double Extent()
    {
        var keypoints = Keypoints.Span;
        if (keypoints.IsEmpty) return 0;
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        for (int i = 0; i + 1 < keypoints.Length; i += 3)
        {
            (left, right) = (Math.Min(left, keypoints[i]), Math.Max(right, keypoints[i]));
            (top, bottom) = (Math.Min(top, keypoints[i + 1]), Math.Max(bottom, keypoints[i + 1]));
        }

        return (right - left) * (bottom - top);
    }
}
