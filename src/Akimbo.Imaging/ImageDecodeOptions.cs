namespace Akimbo.Imaging;

/// <summary>How a picture file is decoded.</summary>
public sealed record ImageDecodeOptions
{
    internal static ImageDecodeOptions Default { get; } = new();

    /// <summary>
    /// JPEG only: decode at the smallest DCT scale (1/8, 2/8 … 8/8) whose short side is still at least this many pixels;
    /// other formats, and null, give the full size.
    /// </summary>
    public int? MinShortSide { get; init; }

    /// <summary>The most pixels (width × height, as the file declares them) that are decoded; larger files are refused before anything is allocated.</summary>
    public long MaxPixels { get; init; } = 200_000_000;
}
