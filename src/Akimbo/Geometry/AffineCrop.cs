using Akimbo.Imaging;

namespace Akimbo.Geometry;

/// <summary>A crop by one affine warp with bilinear interpolation, <c>cv2.warpAffine</c>.</summary>
public sealed class AffineCrop : PersonCrop
{
    private AffineCrop(Transform<ImagePoint, InputPoint> imageToInput, int width, int height) : base(width, height)
    {
        ImageToInput = imageToInput;
    }

    /// <inheritdoc/>
    public override Transform<ImagePoint, InputPoint> ImageToInput { get; }

    /// <summary>
    /// The crop of HRNet and of SimpleBaseline, which takes the region's centre to (width / 2, height / 2) and its width
    /// to the input's (<c>lib/utils/transforms.py</c>, <c>get_affine_transform</c>: through three points kept in float32).
    /// </summary>
    /// <param name="region">What is shown; its height follows from its width and the input's proportions.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <param name="degrees">How far the region is turned clockwise within the picture, around its centre.</param>
    /// <param name="shiftX">How far the region moves to the right, in units of its width.</param>
    /// <param name="shiftY">How far the region moves down, in units of its height.</param>
    /// <exception cref="ArgumentException">
    /// The region's width is not positive, a number is not finite, or a size is not positive.
    /// </exception>
    public static AffineCrop HighResolution(
        PersonRegion region, int width, int height, double degrees = 0, double shiftX = 0, double shiftY = 0)
    {
        Check(region, degrees);
        float regionWidth = (float)region.Width;
        (double sin, double cos) = Math.SinCos(Math.PI * degrees / 180);
        double centreX = region.Centre.X + regionWidth * shiftX, centreY = region.Centre.Y + (float)region.Height * shiftY;

        float x0 = (float)centreX, y0 = (float)centreY;
        float x1 = (float)(centreX + regionWidth * 0.5 * sin), y1 = (float)(centreY - regionWidth * 0.5 * cos);
        double ux = x1 - x0, uy = y1 - y0;
        // The third point is the second, seen from the first, turned by a right angle and set at the second.
        double vx = (float)(x1 + (y1 - y0)) - x0, vy = (float)(y1 + (x0 - x1)) - y0;

        // In the input the same three points are the middle, and half a width above it, and half a width to the left of that.
        double half = width * 0.5;
        double scale = half / (ux * vy - vx * uy);
        double m11 = uy * scale, m12 = -ux * scale;
        double m21 = (uy - vy) * scale, m22 = (vx - ux) * scale;
        var matrix = new AffineTransform(
            m11, m12, half - m11 * x0 - m12 * y0, m21, m22, height * 0.5 - m21 * x0 - m22 * y0);
        return Create(matrix, width, height);
    }

    /// <summary>
    /// The unbiased crop (Huang et al., "The Devil is in the Details: Delving into Unbiased Data Processing for Human
    /// Pose Estimation", CVPR 2020): lengths are measured between the centres of the outermost pixels, so that mirroring
    /// and cropping commute exactly.
    /// </summary>
    /// <param name="region">What is shown; its sides should have the input's proportions.</param>
    /// <param name="width">Columns of the input, at least 2.</param>
    /// <param name="height">Rows of the input, at least 2.</param>
    /// <param name="degrees">How far the region is turned clockwise within the picture, around its centre.</param>
    /// <exception cref="ArgumentException">
    /// A side of the region is not positive, a number is not finite, or a size is below 2.
    /// </exception>
    public static AffineCrop Unbiased(PersonRegion region, int width, int height, double degrees = 0)
    {
        Check(region, degrees);
        if (!(region.Height > 0) || width < 2 || height < 2)
        {
            throw new ArgumentException(
                $"An unbiased crop of {region} to {width} × {height} needs positive sides and at least 2 × 2 pixels.", nameof(region));
        }

        double sx = (width - 1) / region.Width, sy = (height - 1) / region.Height;
        (double sin, double cos) = Math.SinCos(-degrees * Math.PI / 180);
        double m11 = cos * sx, m12 = -sin * sx, m21 = sin * sy, m22 = cos * sy;
        var matrix = new AffineTransform(
            m11, m12, (width - 1) / 2.0 - m11 * region.Centre.X - m12 * region.Centre.Y,
            m21, m22, (height - 1) / 2.0 - m21 * region.Centre.X - m22 * region.Centre.Y);
        return Create(matrix, width, height);
    }

    /// <summary>The whole picture, or more of it, by a map of one's own.</summary>
    /// <param name="imageToInput">From the picture to the input.</param>
    /// <param name="width">Columns of the input.</param>
    /// <param name="height">Rows of the input.</param>
    /// <exception cref="ArgumentException">The map is not finite, or a size is not positive.</exception>
    public static AffineCrop Of(Transform<ImagePoint, InputPoint> imageToInput, int width, int height) => Create(imageToInput.Matrix, width, height);

    private protected override void ExtractTo(Image picture, Image input) => AffineWarp.WarpAffine(picture, input, ImageToInput.Matrix);

    private static void Check(PersonRegion region, double degrees)
    {
        if (!(region.Width > 0) || !double.IsFinite(region.Width + region.Height + region.Centre.X + region.Centre.Y))
            throw new ArgumentException($"The region is {region}; its sides must be positive and finite.", nameof(region));
        if (!double.IsFinite(degrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "The angle must be finite.");
    }

    private static AffineCrop Create(in AffineTransform matrix, int width, int height) => matrix.IsFinite
        ? new AffineCrop(new(matrix), width, height)
        : throw new ArgumentException(
            $"The region is too small or too far away for a crop of {width} × {height}: the map would be {matrix}.");
}
