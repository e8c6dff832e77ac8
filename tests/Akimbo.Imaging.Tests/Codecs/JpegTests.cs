using Akimbo.Imaging.Codecs;
using Akimbo.Imaging.Native;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Imaging.Tests.Codecs;

public class JpegTests
{
    [ReferenceDataFact]
    public void Load_Photo_EqualsOpenCv()
    {
        Image photo = Image.Load(Repository.Reference("golden/real_network/000000196141.jpg"));
        byte[] expected = Safetensors.Load(Repository.Reference("golden/real_network/litepose_000000196141.safetensors"))["photo_rgb_first_row_u8"].ToArray<byte>();

        Assert.Equal((640, 429), (photo.Width, photo.Height));
        Assert.Equal(expected, photo.Row(0)[..expected.Length].ToArray());
    }

    [Fact]
    public void Decode_Grey_GivesEqualChannels()
    {
        byte[] grey = new byte[64 * 48];
        for (int i = 0; i < grey.Length; i++)
            grey[i] = (byte)(i % 64 * 4);
        byte[] jpeg = Jpeg.Encode(grey, 64, 48, 64, TurboJpeg.PixelFormatGray, TurboJpeg.SubsamplingGray, quality: 100, TurboJpeg.FlagAccurateDct);

        Image image = Image.Decode(jpeg, "grey");

        for (int x = 0; x < 64; x++)
        {
            (byte red, byte green, byte blue) = Pictures.Pixel(image, x, 20);
            Assert.InRange(red, 4 * x - 2, 4 * x + 2);
            Assert.Equal((red, red), (green, blue));
        }
    }

    [Fact]
    public void Decode_AdobeYcck_TakesTheValuesAsInverted()
    {
        Image image = Image.Decode(Cmyk(200, 100, 50, 128), "ycck");

        (byte red, byte green, byte blue) = Pictures.Pixel(image, 8, 8);
        Assert.InRange(red, 200 * 128 / 255 - 3, 200 * 128 / 255 + 3);
        Assert.InRange(green, 100 * 128 / 255 - 3, 100 * 128 / 255 + 3);
        Assert.InRange(blue, 50 * 128 / 255 - 3, 50 * 128 / 255 + 3);
    }

    [Fact]
    public void Decode_CmykWithoutAdobeMarker_TakesTheValuesAsInk()
    {
        // Adobe's YCCK of a grey (v, v, v) with black k stores (255 − v, 128, 128, k); without its marker these four are plain ink.
        byte[] jpeg = Cmyk(215, 215, 215, 55);
        int adobe = jpeg.AsSpan().IndexOf("Adobe"u8) - 4;
        byte[] plain = [.. jpeg.AsSpan(0, adobe), .. jpeg.AsSpan(adobe + 16)];

        (byte red, byte green, byte blue) = Pictures.Pixel(Image.Decode(plain, "cmyk"), 8, 8);

        Assert.InRange(red, 215 * 200 / 255 - 3, 215 * 200 / 255 + 3);
        Assert.InRange(green, 127 * 200 / 255 - 3, 127 * 200 / 255 + 3);
        Assert.Equal(green, blue);
    }

    [Fact]
    public void Decode_Progressive_EqualsBaseline()
    {
        Image image = Pictures.Smooth(120, 90);
        byte[] progressive = Jpeg.Encode(
            image.Pixels.Span, 120, 90, image.Stride, TurboJpeg.PixelFormatRgb, TurboJpeg.Subsampling444, 92, TurboJpeg.FlagAccurateDct | TurboJpeg.FlagProgressive);
        byte[] baseline = image.Encode(ImageFormat.Jpeg);

        Assert.NotEqual(baseline, progressive);
        Assert.Equal(Pictures.Bytes(Image.Decode(baseline, "baseline")), Pictures.Bytes(Image.Decode(progressive, "progressive")));
    }

    [Theory]
    [InlineData(null, 400, 240)]
    [InlineData(240, 400, 240)]
    [InlineData(241, 400, 240)]
    [InlineData(239, 400, 240)]
    [InlineData(121, 250, 150)]
    [InlineData(120, 200, 120)]
    [InlineData(31, 100, 60)]
    [InlineData(30, 50, 30)]
    [InlineData(1, 50, 30)]
    public void Decode_MinShortSide_TakesTheSmallestEighthThatReachesIt(int? least, int width, int height)
    {
        byte[] jpeg = Pictures.Smooth(400, 240).Encode(ImageFormat.Jpeg);

        Image image = Image.Decode(jpeg, "scaled", new ImageDecodeOptions { MinShortSide = least });

        Assert.Equal((width, height), (image.Width, image.Height));
        Image expected = new(width, height);
        Resize.Bilinear(Pictures.Smooth(400, 240), expected);
        Assert.InRange(Pictures.Psnr(expected, image), 28, 99);
    }

    [Fact]
    public void Decode_Truncated_SaysSoInsteadOfGivingGrey()
    {
        byte[] jpeg = Pictures.Noise(64, 64, seed: 5).Encode(ImageFormat.Jpeg);
        for (int length = 3; length < jpeg.Length - 1; length += 7)
        {
            var error = Assert.Throws<ImageFormatException>(() => Image.Decode(jpeg.AsSpan(0, length), "cut.jpg"));
            Assert.Contains("cut.jpg: the JPEG is truncated", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decode_HoleInTheScan_IsAnError()
    {
        byte[] jpeg = Pictures.Noise(64, 64, seed: 5).Encode(ImageFormat.Jpeg);
        byte[] holed = [.. jpeg.AsSpan(0, jpeg.Length / 2), 0xFF, 0xD9];
        Assert.Throws<ImageFormatException>(() => Image.Decode(holed, "holed.jpg"));
    }

    [Fact]
    public void Decode_BytesAfterTheEnd_AreIgnored()
    {
        byte[] jpeg = Pictures.Smooth(30, 20).Encode(ImageFormat.Jpeg);
        Assert.Equal(30, Image.Decode([.. jpeg, 1, 2, 3, 0xFF, 0xD8], "trailing").Width);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(60000, 60000)]
    [InlineData(14000, 14000)]
    public void Decode_DeclaredSizeThatCannotBe_IsRefusedBeforeAllocation(int width, int height)
    {
        byte[] jpeg = Pictures.Smooth(16, 16).Encode(ImageFormat.Jpeg);
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6], jpeg[frame + 7], jpeg[frame + 8]) = ((byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ImageFormatException>(() => Image.Decode(jpeg, "bomb.jpg"));

        Assert.Contains($"{width}×{height}", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    private static byte[] Cmyk(byte cyan, byte magenta, byte yellow, byte black)
    {
        byte[] pixels = new byte[16 * 16 * 4];
        for (int i = 0; i < pixels.Length; i += 4)
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (cyan, magenta, yellow, black);
        return Jpeg.Encode(pixels, 16, 16, 64, TurboJpeg.PixelFormatCmyk, TurboJpeg.Subsampling444, quality: 100, TurboJpeg.FlagAccurateDct);
    }
}
