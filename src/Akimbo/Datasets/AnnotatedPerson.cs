using Akimbo.Datasets.Masks;
using Akimbo.Geometry;

namespace Akimbo.Datasets;

/// <summary>One person in a picture, or one crowd, as annotated; what the data set does not give is null.</summary>
public sealed record AnnotatedPerson
{
    /// <summary>The number of the annotation; null where the data set has none.</summary>
    public long? Id { get; init; }

    /// <summary>All keypoints of the skeleton in its order.</summary>
    public required IReadOnlyList<AnnotatedKeypoint> Keypoints { get; init; }

    /// <summary>The person's box in image pixels.</summary>
    public Box? Box { get; init; }

    /// <summary>The person's area in square pixels, as scores use it; in COCO that of the segmentation.</summary>
    public double? Area { get; init; }

    /// <summary>Whether this marks a crowd of people that nobody annotated one by one.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>The pixels of a crowd or of a person without labelled keypoints; null for others, whose masks are not kept.</summary>
    public Segmentation? Segmentation { get; init; }

    /// <summary>MPII: the rectangle around the head, in image pixels; PCKh measures errors by its diagonal.</summary>
    public Box? HeadBox { get; init; }

    /// <summary>MPII in princeton's files, which have no rectangle: the length in image pixels that PCKh measures errors by (<c>normalize</c>).</summary>
    public double? HeadSize { get; init; }

    /// <summary>MPII: the person's rough middle (<c>objpos</c>, <c>center</c>), in image pixels.</summary>
    public ImagePoint? Centre { get; init; }

    /// <summary>MPII: the person's height divided by 200 pixels.</summary>
    public double? Scale { get; init; }

    /// <summary>How many keypoints are labelled.</summary>
    public int LabelledCount => Keypoints.Count(keypoint => keypoint.IsLabelled);

    /// <summary>The smallest box that holds all labelled keypoints; null where there are none.</summary>
    public Box? KeypointBox()
    {
        double left = double.PositiveInfinity, top = double.PositiveInfinity;
        double right = double.NegativeInfinity, bottom = double.NegativeInfinity;
        foreach (AnnotatedKeypoint keypoint in Keypoints)
        {
            if (!keypoint.IsLabelled) continue;
            left = Math.Min(left, keypoint.Position.X);
            top = Math.Min(top, keypoint.Position.Y);
            right = Math.Max(right, keypoint.Position.X);
            bottom = Math.Max(bottom, keypoint.Position.Y);
        }

        return left <= right ? new Box(left, top, right - left, bottom - top) : null;
    }
}
