using Akimbo.Geometry;

namespace Akimbo.Datasets.Coco;

/// <summary>One entry of <c>annotations</c> in a COCO annotation file; what the entry does not give is null.</summary>
internal sealed record CocoAnnotation
{
    /// <summary>Where the entry is in the file, counted from 1.</summary>
    public required int Entry { get; init; }

    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The number of its image.</summary>
    public required long ImageId { get; init; }

    /// <summary>What it shows; 1 is a person.</summary>
    public long CategoryId { get; init; } = 1;

    /// <summary>Whether it marks a crowd of people instead of one.</summary>
    public bool IsCrowd { get; init; }

    /// <summary>The segmented area in square pixels.</summary>
    public double? Area { get; init; }

    /// <summary>The box in image pixels.</summary>
    public Box? Box { get; init; }

    /// <summary>The file's count of labelled keypoints.</summary>
    public int? KeypointCount { get; init; }

    /// <summary>[K × 3]: x, y in image pixels and visibility 0, 1 or 2 of every keypoint; empty where the entry gives none.</summary>
    public double[] Keypoints { get; init; } = [];

    /// <summary>The mask, where the file was read with segmentations.</summary>
    public CocoSegmentation? Segmentation { get; init; }
}
