using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Prediction.Pipelines;

namespace Akimbo.Prediction;

/// <summary>A photo at the size of a network's input.</summary>
/// <param name="Image">The resized pixels.</param>
/// <param name="InputToImage">From these pixels to the photo's.</param>
internal sealed record PreparedPhoto(Image Image, Transform<InputPoint, ImagePoint> InputToImage);

/// <summary>
/// Brings photos to the size of a network's input. Photos more than twice as large are shrunk by a whole factor first (a JPEG
/// while it is decoded), so that bilinear sampling skips no pixels; others are resized as OpenCV's <c>resize</c> does.
/// </summary>
/// <param name="rule">The size of the input.</param>
internal sealed class PhotoReader(InputSizeRule rule)
{
    private const int JpegScaleDenominator = 8;

    /// <summary>Decodes a file at no larger a size than is needed.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read.</exception>
    public DecodedPhoto Decode(ReadOnlySpan<byte> encoded, string name)
    {
        var info = Image.Identify(encoded, name);
        var (width, height) = rule.For(info.Width, info.Height);
        var image = Image.Decode(encoded, name, new ImageDecodeOptions { MinShortSide = Math.Min(width, height) });
        return new DecodedPhoto(image, info.Width, info.Height);
    }

    /// <summary>Brings a photo to the size of the input.</summary>
    public PreparedPhoto Prepare(DecodedPhoto photo)
    {
        double factor = DecodingFactor(photo);
        return Prepare(photo.Image, Scaling(factor, factor), photo.Width, photo.Height);
    }

    private PreparedPhoto Prepare(Image decoded, AffineTransform decodedToPhoto, int photoWidth, int photoHeight)
    {
        var (width, height) = rule.For(photoWidth, photoHeight);
        int factor = Math.Min(256, Math.Min(decoded.Width / width, decoded.Height / height));
        var shrunk = decoded;
        if (factor >= 2)
        {
            shrunk = Resize.Shrink(decoded, factor);
            decodedToPhoto = AffineTransform.Compose(first: Scaling(factor, factor), second: decodedToPhoto);
        }

        var resized = shrunk;
        if (shrunk.Width != width || shrunk.Height != height)
        {
            resized = new Image(width, height);
            Resize.Bilinear(shrunk, resized);
        }

        var inputToShrunk = Scaling((double)shrunk.Width / width, (double)shrunk.Height / height);
        return new PreparedPhoto(resized, new(AffineTransform.Compose(first: inputToShrunk, second: decodedToPhoto)));
    }

    /// <summary>
    /// Scales positions about (0, 0), as the references do when they take keypoints back to the photo; the map between the
    /// centres of resampled pixels differs from it by less than half an input pixel.
    /// </summary>
    private static AffineTransform Scaling(double x, double y) => new(x, 0, 0, 0, y, 0);

    /// <summary>The photo's pixels for one of the decoded picture: 8/m, where libjpeg gave ⌈length · m / 8⌉.</summary>
    private static double DecodingFactor(DecodedPhoto photo)
    {
        for (int m = JpegScaleDenominator; m >= 1; m--)
            if (photo.Image.Width == Scaled(photo.Width, m) && photo.Image.Height == Scaled(photo.Height, m))
                return (double)JpegScaleDenominator / m;
        throw new ArgumentException($"A picture of {photo.Width}×{photo.Height} was decoded to {photo.Image.Width}×{photo.Image.Height}, which is no eighth of it.", nameof(photo));

        static int Scaled(int length, int m) => (int)(((long)length * m + JpegScaleDenominator - 1) / JpegScaleDenominator);
    }
}
