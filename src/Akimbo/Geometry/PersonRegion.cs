namespace Akimbo.Geometry;

/// <summary>
/// The part of a picture that a top-down network is shown: HRNet's <c>center</c> and 200 times its <c>scale</c>.
/// </summary>
/// <param name="Centre">Its middle.</param>
/// <param name="Width">Its extent in x, in image pixels; positive.</param>
/// <param name="Height">Its extent in y, in image pixels; positive.</param>
public readonly record struct PersonRegion(ImagePoint Centre, double Width, double Height)
{
    /// <summary>
    /// A person's box, lengthened to the input's proportions and widened (HRNet, <c>lib/dataset/coco.py</c>, <c>_box2cs</c>).
    /// </summary>
    /// <param name="box">The person's box.</param>
    /// <param name="aspectRatio">Width by height of the input; positive.</param>
    /// <param name="padding">How much larger the region is than the box; positive, 1.25 in published settings.</param>
    /// <exception cref="ArgumentException">The box is empty or not finite, or a number is not positive.</exception>
    public static PersonRegion FromBox(Box box, double aspectRatio, double padding = 1.25)
    {
        if (!(box.Width >= 0 && box.Height >= 0 && box.Width + box.Height > 0) || !double.IsFinite(box.X + box.Y + box.Width + box.Height))
            throw new ArgumentException($"The box is {box}; its extent must be positive and finite.", nameof(box));
        if (!(padding > 0) || !double.IsFinite(padding))
            throw new ArgumentOutOfRangeException(nameof(padding), padding, "The padding must be positive.");
        return WithAspectRatio(box.Centre, box.Width, box.Height, aspectRatio).Scale(padding);
    }

    /// <summary>Its area in square image pixels.</summary>
    public double Area => Width * Height;

    /// <summary>The region made so many times larger around its centre.</summary>
    public PersonRegion Scale(double factor) => this with { Width = Width * factor, Height = Height * factor };

    /// <summary>The smallest region of that proportion around a centre that is at least so wide and high.</summary>
    internal static PersonRegion WithAspectRatio(ImagePoint centre, double width, double height, double aspectRatio)
    {
        if (!(aspectRatio > 0) || !double.IsFinite(aspectRatio))
            throw new ArgumentOutOfRangeException(nameof(aspectRatio), aspectRatio, "The aspect ratio must be positive.");
        return width > aspectRatio * height
            ? new PersonRegion(centre, width, width / aspectRatio)
            : new PersonRegion(centre, height * aspectRatio, height);
    }
}
