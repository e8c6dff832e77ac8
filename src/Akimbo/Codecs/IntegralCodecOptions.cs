using Akimbo.Networks.Operations;

namespace Akimbo.Codecs;

/// <summary>The settings of <see cref="IntegralCodec"/>.</summary>
public sealed record IntegralCodecOptions
{
    /// <summary>Input pixels a heatmap pixel; positive.</summary>
    public double Stride { get; init; } = 4;

    /// <summary>Where the softmax stands.</summary>
    public SoftArgMaxOrder Order { get; init; }

    /// <summary>What the map is divided by before the softmax: below 1 the largest values count more; positive.</summary>
    /// <remarks>The sharper, the more positions snap to the largest pixel; the flatter, the more they lean to the map's middle.</remarks>
    public double Temperature { get; init; } = 1;

    /// <summary>How wide a target's Gaussian is at half its height, in heatmap pixels; positive. See <see cref="FullWidthOf"/>.</summary>
    public double FullWidth { get; init; } = 4;

    /// <summary>How high a target's Gaussian is: networks answer with logits, not with probabilities.</summary>
    public float Height { get; init; } = 10;

    /// <summary>
    /// The full width that <c>generate_hm</c>, published with <c>makeGaussian</c>, takes for a person's box: 4 for a
    /// length of 64.
    /// </summary>
    /// <param name="boxLength">The longer side of the box in heatmap pixels, 0 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is out of its range.</exception>
    public static int FullWidthOf(double boxLength) => boxLength is >= 0 and <= 10_000
        ? (int)(Math.Sqrt(boxLength) * boxLength * 10 / 4096) + 3
        : throw new ArgumentOutOfRangeException(nameof(boxLength), boxLength, "The length of a box must be 0 to 10,000.");
}
