namespace Akimbo.Prediction;

/// <summary>
/// The input size of a bottom-up network for a photo: the shorter side scaled to a fixed length, both sides rounded to a
/// multiple. Photos longer than <see cref="MaxAspect"/> to 1 are scaled by their long side, so that memory stays bounded, and small
/// ones are enlarged no more than <see cref="MaxScale"/> times.
/// </summary>
public sealed record InputSizeRule
{
    /// <summary>The longest input, in lengths of the short side.</summary>
    public const int MaxAspect = 8;

    /// <summary>Makes a rule.</summary>
    /// <param name="shortSide">The length of the shorter side, in pixels; a multiple of <paramref name="multiple"/>.</param>
    /// <param name="multiple">What both sides must be divisible by.</param>
    /// <param name="maxScale">How many times as large as the photo the input may be; null for no limit.</param>
    /// <exception cref="ArgumentException">The short side is not a positive multiple, or the largest scale is no positive number.</exception>
    public InputSizeRule(int shortSide, int multiple, double? maxScale = null)
    {
        if (multiple < 1 || shortSide < multiple || shortSide % multiple != 0)
            throw new ArgumentException($"A short side of {shortSide} is not a positive multiple of {multiple}.", nameof(shortSide));
        if (maxScale is { } most && !(double.IsFinite(most) && most > 0)) throw new ArgumentException($"A largest scale of {most} is no positive number.", nameof(maxScale));
        ShortSide = shortSide;
        Multiple = multiple;
        MaxScale = maxScale;
    }

    /// <summary>The length of the shorter side, in pixels.</summary>
    public int ShortSide { get; }

    /// <summary>What both sides are divisible by.</summary>
    public int Multiple { get; }

    /// <summary>How many times as large as the photo the input may be, but for rounding; null for no limit. A small photo shows no more for being enlarged.</summary>
    public double? MaxScale { get; }

    /// <summary>The input's size for a photo.</summary>
    /// <param name="width">The photo's width in pixels, 1 or more.</param>
    /// <param name="height">The photo's height in pixels, 1 or more.</param>
    public (int Width, int Height) For(int width, int height)
    {
        double scale = Math.Min((double)ShortSide / Math.Min(width, height), (double)ShortSide * MaxAspect / Math.Max(width, height));
        if (scale > MaxScale) scale = MaxScale.Value;
        return (Rounded(width * scale), Rounded(height * scale));
    }

    private int Rounded(double length) => Math.Max(1, (int)Math.Round(length / Multiple)) * Multiple;
}
