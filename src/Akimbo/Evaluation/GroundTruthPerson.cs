using Akimbo.Geometry;

namespace Akimbo.Evaluation;

/// <summary>One annotated person, or a crowd of them, as COCO's evaluation sees it.</summary>
public sealed record GroundTruthPerson
{
    private readonly int? _keypointCount;

    /// <summary>The annotation's number, different for each.</summary>
    public required long Id { get; init; }

    /// <summary>The number of the image.</summary>
    public required long ImageId { get; init; }

    /// <summary>
    /// [K × 3]: x, y in image pixels and visibility of every keypoint: 0 not labelled, 1 hidden, 2 visible. Empty for
    /// somebody without labels.
    /// </summary>
    public required ReadOnlyMemory<double> Keypoints { get; init; }

    /// <summary>The person's box in image pixels; it bounds where detections of somebody without labelled keypoints may be.</summary>
    public required Box Box { get; init; }

    /// <summary>The segmented area in square pixels, the scale of OKS; null where it was not annotated, as in CrowdPose.</summary>
    public double? Area { get; init; }

    /// <summary>Whether this is a crowd: any number of detections may match it, and none of them counts.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>
    /// How many keypoints are labelled, by which people without any are left out; counted from the visibilities unless the
    /// annotation says otherwise (COCO's <c>num_keypoints</c>).
    /// </summary>
    public int KeypointCount
    {
        get => _keypointCount ?? LabelledKeypoints;
        init => _keypointCount = value;
    }

    /// <summary>The number of keypoints with a visibility above 0.</summary>
    internal int LabelledKeypoints
    {
        get
        {
            int count = 0;
            var keypoints = Keypoints.Span;
            for (int i = 2; i < keypoints.Length; i += 3)
                if (keypoints[i] > 0) count++;
            return count;
        }
    }
}
