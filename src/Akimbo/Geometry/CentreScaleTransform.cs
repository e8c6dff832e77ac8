using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>
/// The crop that MPII's annotations describe, a square around a centre whose side is 200 pixels times a scale, onto a
/// network's input (pose-ae-train, <c>utils/misc.py</c>, <c>get_transform</c>; pytorch_stacked_hourglass, <c>utils/img.py</c>).
/// </summary>
/// <remarks>
/// As in the references the centre goes to (width / 2, height / 2), half a pixel from the input's middle in the
/// convention of <see cref="IPoint{TSelf}"/>; the published networks were trained with pictures and keypoints cropped alike.
/// </remarks>
public static class CentreScaleTransform
{
    /// <summary>The side of the crop at scale 1, in image pixels.</summary>
    public const double SideAtScaleOne = 200;

    /// <summary>The map from the picture to the input.</summary>
    /// <param name="centre">The middle of the crop.</param>
    /// <param name="scale">The crop's side in units of 200 pixels; positive.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="degrees">How far the crop is turned clockwise within the picture, around its centre.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale, width or height is not positive.</exception>
    public static Transform<ImagePoint, InputPoint> ImageToInput(ImagePoint centre, double scale, int width, int height, double degrees = 0)
    {
        if (!(scale > 0) || !double.IsFinite(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be positive.");
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);

        double side = SideAtScaleOne * scale;
        double sx = width / side, sy = height / side;
        var crop = new AffineTransform(sx, 0, width * (-centre.X / side + 0.5), 0, sy, height * (-centre.Y / side + 0.5));
        if (degrees == 0) return new(crop);

        (double sin, double cos) = Math.SinCos(-degrees * Math.PI / 180);
        double cx = width / 2.0, cy = height / 2.0;
        var turn = new AffineTransform(cos, -sin, cx - cos * cx + sin * cy, sin, cos, cy - sin * cx - cos * cy);
        return new(AffineTransform.Compose(first: crop, second: turn));
    }

    /// <summary>
    /// The way back without rotation, in the order of operations of <c>numpy.linalg.inv</c>: <see cref="Truncate"/>
    /// depends on the last bit where the result is whole.
    /// </summary>
    /// <inheritdoc cref="ImageToInput"/>
    public static Transform<InputPoint, ImagePoint> InputToImage(ImagePoint centre, double scale, int width, int height)
    {
        AffineTransform crop = ImageToInput(centre, scale, width, height).Matrix;
        return new(new AffineTransform(1 / crop.M11, 0, -crop.M13 / crop.M11, 0, 1 / crop.M22, -crop.M23 / crop.M22));
    }

    /// <summary>
    /// A position cut to whole pixels towards zero, as the references' <c>transform</c> returns every point: for
    /// reproducing published numbers, which carry this error.
    /// </summary>
    public static ImagePoint Truncate(ImagePoint point) => new(Math.Truncate(point.X), Math.Truncate(point.Y));

    /// <summary>The map that fits a whole picture into a square input, the picture in its middle.</summary>
    /// <param name="imageWidth">Columns of the picture.</param>
    /// <param name="imageHeight">Rows of the picture.</param>
    /// <param name="side">Columns and rows of the input.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public static Transform<ImagePoint, InputPoint> FitSquare(int imageWidth, int imageHeight, int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageHeight, 1);
        return ImageToInput(
            new ImagePoint(imageWidth / 2.0, imageHeight / 2.0),
            Math.Max(imageWidth, imageHeight) / SideAtScaleOne, side, side);
    }
}
