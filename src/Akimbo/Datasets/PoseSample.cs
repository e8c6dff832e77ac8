using Akimbo.Datasets.Masks;

namespace Akimbo.Datasets;

/// <summary>One picture of a data set and everyone annotated in it.</summary>
public sealed record PoseSample
{
    /// <summary>The picture's file.</summary>
    public required string ImagePath { get; init; }

    /// <summary>The number by which annotations and results name the picture; where the data set has none, its place from 1.</summary>
    public required long ImageId { get; init; }

    /// <summary>Columns of the picture; null where the data set does not say.</summary>
    public int? Width { get; init; }

    /// <summary>Rows of the picture; null where the data set does not say.</summary>
    public int? Height { get; init; }

    /// <summary>Everyone annotated, crowds and people without keypoints included.</summary>
    public required IReadOnlyList<AnnotatedPerson> People { get; init; }

    /// <summary>
    /// The pixels of crowds and of people without keypoints, where a bottom-up network must not be punished for finding
    /// someone (HigherHRNet, <c>lib/dataset/COCOKeypoints.py</c>, <c>get_mask</c>, of which this is the inverse).
    /// </summary>
    /// <param name="width">Columns of the picture, at least 1.</param>
    /// <param name="height">Rows of the picture, at least 1.</param>
    /// <exception cref="ArgumentException">A mask of run lengths has another size than the picture, or a polygon is not sound.</exception>
    public BinaryMask IgnoredPixels(int width, int height)
    {
        var mask = new BinaryMask(width, height);
        foreach (AnnotatedPerson person in People)
            if (person.IsCrowd || person.LabelledCount == 0) person.Segmentation?.AddTo(mask);
        return mask;
    }
}
