namespace Akimbo.Augmentation;

/// <summary>Everything that is done to samples at random; the defaults change nothing.</summary>
public sealed record SampleAugmentation
{
    /// <summary>Turns, sizes, shifts, mirror images and halves.</summary>
    public SpatialAugmentation Spatial { get; init; } = new();

    /// <summary>Colours.</summary>
    public ColorAugmentation Color { get; init; } = new();

    /// <summary>Rectangles that hide parts; null for none.</summary>
    public OcclusionAugmentation? Occlusion { get; init; }

    /// <summary>Bottom-up: the share of the samples that show four pictures at half the size, a quarter each; 0 to 1.</summary>
    public double MosaicProbability { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A number is out of its range; the message names it.</exception>
    public void Validate()
    {
        Spatial.Validate();
        Color.Validate();
        Occlusion?.Validate();
        Ranges.RequireShare("mosaicProbability", MosaicProbability);
    }
}
