namespace Akimbo.Imaging.Tests.Codecs;

public class RoundTripTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16383)]
    [InlineData(37, 23)]
    [InlineData(640, 3)]
    public void EncodeDecode_LosslessFormats_GiveEveryByteBack(int width, int height)
    {
        Image image = Pictures.Noise(width, height, seed: width);
        Assert.Equal(Pictures.Bytes(image), Pictures.Bytes(Image.Decode(image.Encode(ImageFormat.Png), "png")));
        Assert.Equal(Pictures.Bytes(image), Pictures.Bytes(Image.Decode(image.Encode(ImageFormat.WebP, quality: 100), "webp")));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, 92, 40)]
    [InlineData(ImageFormat.Jpeg, 80, 34)]
    [InlineData(ImageFormat.WebP, 92, 38)]
    [InlineData(ImageFormat.WebP, 60, 32)]
    public void EncodeDecode_LossyFormats_StayClose(ImageFormat format, int quality, double decibels)
    {
        Image image = Pictures.Smooth(317, 211);
        Assert.InRange(Pictures.Psnr(image, Image.Decode(image.Encode(format, quality), "lossy")), decibels, 99);
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg, 92)]
    [InlineData(ImageFormat.Png, 92)]
    [InlineData(ImageFormat.WebP, 92)]
    [InlineData(ImageFormat.WebP, 100)]
    public void Encode_StridedView_EqualsTheDenseImage(ImageFormat format, int quality)
    {
        Image dense = Pictures.Smooth(19, 7);
        var strided = new Image(19, 7, new byte[6 * 64 + 57], stride: 64);
        for (int y = 0; y < 7; y++)
            dense.Row(y).CopyTo(strided.Row(y));

        Assert.Equal(dense.Encode(format, quality), strided.Encode(format, quality));
    }

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    public void EncodeDecode_OnePixelWide20000High_Works(ImageFormat format)
    {
        Image decoded = Image.Decode(Pictures.Smooth(1, 20000).Encode(format), "tall");
        Assert.Equal((1, 20000), (decoded.Width, decoded.Height));
    }

    [Fact]
    public void Encode_SideBeyondTheFormat_SaysTheLimit()
    {
        Assert.Contains("65500", Assert.Throws<ArgumentException>(() => new Image(65501, 1).Encode(ImageFormat.Jpeg)).Message, StringComparison.Ordinal);
        Assert.Contains("16383", Assert.Throws<ArgumentException>(() => new Image(1, 16384).Encode(ImageFormat.WebP)).Message, StringComparison.Ordinal);
    }
}
