using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;

namespace Akimbo.Tests.Prediction;

public sealed class PhotoReaderTests
{
    private static readonly PhotoReader Reader = new(new InputSizeRule(shortSide: 64, multiple: 32));

    [Theory]
    [InlineData(64, 64)]
    [InlineData(100, 70)]
    [InlineData(300, 500)]
    [InlineData(1030, 770)]
    public void Prepare_BrightSpot_LandsWhereTheTransformSays(int width, int height)
    {
        var photo = new Image(width, height);
        int spot = Math.Max(2, width / 30), left = width * 2 / 3, top = height / 4;
        for (int y = top; y < top + spot; y++) photo.Row(y).Slice(3 * left, 3 * spot).Fill(255);

        var prepared = Prepare(photo);

        var found = prepared.InputToImage.Apply(CentreOfMass(prepared.Image));
        double inputPixel = Math.Max((double)width / prepared.Image.Width, (double)height / prepared.Image.Height);
        Assert.InRange(Math.Abs(found.X - (left + (spot - 1) / 2.0)), 0, 0.51 * inputPixel + 0.5);
        Assert.InRange(Math.Abs(found.Y - (top + (spot - 1) / 2.0)), 0, 0.51 * inputPixel + 0.5);
    }

    [Fact]
    public void Decode_LargeJpeg_IsDecodedSmallAndMapsBackToFullSize()
    {
        var photo = new Image(1003, 805);
        for (int y = 0; y < 805; y++) photo.Row(y).Fill((byte)(y / 4));
        var decoded = Reader.Decode(photo.Encode(ImageFormat.Jpeg), "ramp.jpg");

        var prepared = Reader.Prepare(decoded);

        Assert.True(decoded.Image.Width < 400);
        Assert.Equal((1003, 805), (decoded.Width, decoded.Height));
        var corner = prepared.InputToImage.Apply(new InputPoint(prepared.Image.Width, prepared.Image.Height));
        Assert.InRange(corner.X, 1003, 1003 + 8);
        Assert.InRange(corner.Y, 805, 805 + 8);
    }

    [Fact]
    public void Prepare_PhotoOfTheInputsSize_IsNotResampled()
    {
        var photo = new Image(64, 64);
        new Random(1).NextBytes(photo.Pixels.Span);

        var prepared = Prepare(photo);

        Assert.True(photo.Pixels.Span.SequenceEqual(prepared.Image.Pixels.Span));
        Assert.Equal(new ImagePoint(5, 7), prepared.InputToImage.Apply(new InputPoint(5, 7)));
    }

    private static PreparedPhoto Prepare(Image photo) => Reader.Prepare(new DecodedPhoto(photo, photo.Width, photo.Height));

    private static InputPoint CentreOfMass(Image image)
    {
        double sum = 0, x = 0, y = 0;
        for (int row = 0; row < image.Height; row++)
            for (int column = 0; column < image.Width; column++)
            {
                double value = image.Row(row)[3 * column];
                (sum, x, y) = (sum + value, x + value * column, y + value * row);
            }

        return new InputPoint(x / sum, y / sum);
    }
}
