namespace Akimbo.Imaging.Tests.Codecs;

public class PngTests
{
    private const byte Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, RgbAlpha = 6;

    [Fact]
    public void Decode_OneBitGrey_GivesBlackAndWhite()
    {
        byte[] png = new PngFile(10, 1, bitDepth: 1, Grey).Rows([0b1010_0000, 0b0100_0000]);
        Assert.Equal(Spread(255, 0, 255, 0, 0, 0, 0, 0, 0, 255), Decode(png));
    }

    [Fact]
    public void Decode_FourBitGrey_SpreadsTheLevels()
    {
        byte[] png = new PngFile(2, 1, bitDepth: 4, Grey).Rows([0x1F]);
        Assert.Equal(Spread(17, 255), Decode(png));
    }

    [Fact]
    public void Decode_Palette_GivesItsColoursWithoutTransparency()
    {
        byte[] png = new PngFile(4, 1, bitDepth: 2, Palette)
            .Chunk("PLTE", 10, 20, 30, 40, 50, 60, 70, 80, 90)
            .Chunk("tRNS", 0, 128, 255)
            .Rows([0b00_01_10_00]);
        Assert.Equal(new byte[] { 10, 20, 30, 40, 50, 60, 70, 80, 90, 10, 20, 30 }, Decode(png));
    }

    [Fact]
    public void Decode_Alpha_DropsItAndKeepsTheColours()
    {
        byte[] png = new PngFile(3, 1, bitDepth: 8, RgbAlpha).Rows([1, 2, 3, 0, 100, 150, 200, 128, 255, 254, 253, 255]);
        Assert.Equal(new byte[] { 1, 2, 3, 100, 150, 200, 255, 254, 253 }, Decode(png));
        Assert.Equal(Spread(7, 77), Decode(new PngFile(2, 1, bitDepth: 8, GreyAlpha).Rows([7, 0, 77, 9])));
    }

    [Fact]
    public void Decode_TransparentColour_IsIgnored()
    {
        byte[] png = new PngFile(2, 1, bitDepth: 8, Rgb).Chunk("tRNS", 0, 1, 0, 2, 0, 3).Rows([1, 2, 3, 4, 5, 6]);
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6 }, Decode(png));
    }

    [Theory]
    [InlineData(Grey)]
    [InlineData(GreyAlpha)]
    public void Decode_SixteenBits_RoundsToTheNearestOfEight(byte colorType)
    {
        ushort[] samples = [0, 1, 127, 128, 129, 257, 300, 1000, 20000, 32768, 40000, 65406, 65407, 65535];
        byte[] row = [.. samples.SelectMany(sample => colorType == Grey
            ? new[] { (byte)(sample >> 8), (byte)sample }
            : [(byte)(sample >> 8), (byte)sample, 0x80, 0x00])];

        byte[] pixels = Decode(new PngFile(samples.Length, 1, bitDepth: 16, colorType).Rows(row));

        Assert.Equal(Spread([.. samples.Select(sample => (byte)Math.Round(sample / 257.0))]), pixels);
    }

    [Fact]
    public void Decode_Gamma_LeavesTheStoredValues()
    {
        byte[] png = new PngFile(2, 1, bitDepth: 8, Grey).Chunk("gAMA", 0, 1, 0x86, 0xA0).Rows([50, 200]);
        Assert.Equal(Spread(50, 200), Decode(png));
    }

    [Fact]
    public void Decode_RowsMissing_IsAnError()
    {
        byte[] png = new PngFile(4, 40, bitDepth: 8, Grey).Rows([1, 2, 3, 4]);
        var error = Assert.Throws<ImageFormatException>(() => Image.Decode(png, "short.png"));
        Assert.StartsWith("short.png: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Truncated_SaysSo()
    {
        byte[] png = Pictures.Noise(20, 20, seed: 2).Encode(ImageFormat.Png);
        for (int length = 8; length < png.Length; length += 5)
        {
            var error = Assert.Throws<ImageFormatException>(() => Image.Decode(png.AsSpan(0, length), "cut.png"));
            Assert.Contains("cut.png: the PNG is truncated", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(60000, 60000)]
    [InlineData(14000, 14000)]
    [InlineData(-1, -1)]
    public void Decode_DeclaredSizeThatCannotBe_IsRefusedBeforeAllocation(int width, int height)
    {
        byte[] png = new PngFile(width, height, bitDepth: 8, Rgb).Rows([1, 2, 3]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<ImageFormatException>(() => Image.Decode(png, "bomb.png"));

        Assert.Contains($"{(uint)width}×{(uint)height}", error.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_MaxPixels_IsKept()
    {
        byte[] png = Pictures.Smooth(20, 10).Encode(ImageFormat.Png);
        Assert.Equal(20, Image.Decode(png, "at the limit", new ImageDecodeOptions { MaxPixels = 200 }).Width);
        Assert.Throws<ImageFormatException>(() => Image.Decode(png, "above", new ImageDecodeOptions { MaxPixels = 199 }));
    }

    private static byte[] Decode(byte[] png) => Pictures.Bytes(Image.Decode(png, "test.png"));

    private static byte[] Spread(params byte[] greys) => [.. greys.SelectMany(grey => new[] { grey, grey, grey })];
}
