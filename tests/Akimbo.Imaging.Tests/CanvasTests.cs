namespace Akimbo.Imaging.Tests;

public class CanvasTests
{
    private static readonly Color Red = new(255, 0, 0);

    [Fact]
    public void Line_Horizontal_CoversItsPixelsAndNoOthers()
    {
        var image = new Image(20, 9);
        using (var canvas = new Canvas(image))
            canvas.Line(5, 4, 14, 4, Red, width: 1);

        for (int x = 6; x <= 13; x++)
            Assert.Equal((255, 0, 0), Pictures.Pixel(image, x, 4));
        Assert.InRange(Pictures.Pixel(image, 5, 4).Red, 200, 254);
        Assert.InRange(Pictures.Pixel(image, 14, 4).Red, 200, 254);
        for (int x = 0; x < 20; x++)
        {
            Assert.Equal(default, Pictures.Pixel(image, x, 2));
            Assert.Equal(default, Pictures.Pixel(image, x, 6));
        }
        Assert.Equal(default, Pictures.Pixel(image, 2, 4));
        Assert.Equal(default, Pictures.Pixel(image, 17, 4));
    }

    [Fact]
    public void Line_BetweenPixels_IsShared()
    {
        var image = new Image(20, 9);
        using (var canvas = new Canvas(image))
            canvas.Line(5, 4.5, 14, 4.5, new Color(255, 255, 255), width: 1);

        Assert.InRange(Pictures.Pixel(image, 10, 4).Red, 115, 140);
        Assert.InRange(Pictures.Pixel(image, 10, 5).Red, 115, 140);
    }

    [Fact]
    public void Line_Slanted_HasSoftEdges()
    {
        var image = new Image(40, 40);
        using (var canvas = new Canvas(image))
            canvas.Line(5, 5, 34, 22, Red, width: 3);

        byte[] reds = [.. Pictures.Bytes(image).Where((_, i) => i % 3 == 0)];
        Assert.Contains(reds, red => red is > 30 and < 220);
        Assert.Contains((byte)255, reds);
    }

    [Fact]
    public void Circle_Filled_HasItsAreaAndCentre()
    {
        var image = new Image(41, 41);
        using (var canvas = new Canvas(image))
            canvas.Circle(20, 20, radius: 10, Red);

        double area = Pictures.Bytes(image).Sum(value => value) / 255.0;
        Assert.InRange(area, Math.PI * 100 - 4, Math.PI * 100 + 4);
        byte left = Pictures.Pixel(image, 10, 20).Red;
        Assert.InRange(left, 100, 150);
        Assert.All(new[] { (30, 20), (20, 10), (20, 30) }, at => Assert.InRange(Pictures.Pixel(image, at.Item1, at.Item2).Red, left - 12, left + 12));
    }

    [Fact]
    public void Rectangle_Outline_LeavesTheInside()
    {
        Image image = Pictures.Noise(30, 20, seed: 1);
        (byte, byte, byte) inside = Pictures.Pixel(image, 12, 9);
        using (var canvas = new Canvas(image))
            canvas.Rectangle(4, 3, width: 20, height: 12, Red, lineWidth: 1);

        Assert.Equal(inside, Pictures.Pixel(image, 12, 9));
        Assert.All(new[] { (4, 9), (24, 9), (12, 3), (12, 15) }, at => Assert.Equal((255, 0, 0), Pictures.Pixel(image, at.Item1, at.Item2)));
    }

    [Fact]
    public void Circle_HalfTransparent_MixesWithThePicture()
    {
        var image = new Image(21, 21);
        image.Pixels.Span.Fill(100);
        using (var canvas = new Canvas(image))
            canvas.Circle(10, 10, 6, new Color(200, 0, 255, Alpha: 128));

        (byte red, byte green, byte blue) = Pictures.Pixel(image, 10, 10);
        Assert.InRange(red, 149, 151);
        Assert.InRange(green, 49, 51);
        Assert.InRange(blue, 177, 179);
        Assert.Equal((100, 100, 100), Pictures.Pixel(image, 1, 1));
    }

    [Fact]
    public void Text_WithBackground_DrawsLettersOnABox()
    {
        var image = new Image(120, 40);
        using (var canvas = new Canvas(image))
            canvas.Text(10, 26, "Ä 0.93", new Color(255, 255, 255), size: 20, background: new Color(0, 0, 200));

        byte[] bytes = Pictures.Bytes(image);
        Assert.True(bytes.Where((_, i) => i % 3 == 0).Count(red => red > 200) > 50);
        Assert.Equal((0, 0, 200), Pictures.Pixel(image, 8, 14));
        Assert.Equal(default, Pictures.Pixel(image, 3, 14));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    public void Flush_ManyBands_EqualsOneBand(int bandHeight)
    {
        Image banded = Pictures.Smooth(90, 70), whole = Pictures.Smooth(90, 70);
        Draw(banded, bandHeight);
        Draw(whole, tileHeight: 1000);

        Assert.NotEqual(Pictures.Bytes(Pictures.Smooth(90, 70)), Pictures.Bytes(whole));
        Assert.Equal(Pictures.Bytes(whole), Pictures.Bytes(banded));

        static void Draw(Image image, int tileHeight)
        {
            using var canvas = new Canvas(image, tileHeight);
            canvas.Line(3, 2, 85, 66, new Color(255, 200, 0, 180), width: 5);
            canvas.Line(44.3, 1, 44.3, 69, new Color(0, 200, 255), width: 1.5);
            canvas.Circle(30.5, 35.2, 14.6, new Color(0, 255, 0, 90));
            canvas.Rectangle(8.2, 9.7, 60, 50, new Color(255, 0, 255), lineWidth: 2);
            canvas.Text(12, 40, "seams", new Color(255, 255, 255), size: 22);
        }
    }

    [Fact]
    public void Flush_WiderThanATile_DrawsTheWholeLine()
    {
        var image = new Image(40000, 3);
        using (var canvas = new Canvas(image))
            canvas.Line(0, 1, 39999, 1, Red, width: 1);

        for (int x = 1; x < 39999; x++)
            Assert.Equal((255, 0, 0), Pictures.Pixel(image, x, 1));
    }

    [Fact]
    public void Flush_Twice_DrawsOnce()
    {
        Image once = new(20, 20), twice = new(20, 20);
        using (var canvas = new Canvas(once))
            canvas.Circle(10, 10, 5, new Color(255, 255, 255, 100));
        using (var canvas = new Canvas(twice))
        {
            canvas.Circle(10, 10, 5, new Color(255, 255, 255, 100));
            canvas.Flush();
            canvas.Flush();
        }
        Assert.Equal(Pictures.Bytes(once), Pictures.Bytes(twice));
    }

    [Fact]
    public void Draw_OutsideTheImageOrStrided_TouchesOnlyPixels()
    {
        byte[] memory = new byte[10 * 40];
        memory.AsSpan().Fill(9);
        using (var canvas = new Canvas(new Image(10, 10, memory, stride: 40)))
        {
            canvas.Line(-500, -500, 500, 500, Red, width: 2);
            canvas.Circle(1000, 5, 20, Red);
        }
        Assert.Equal(255, memory[5 * 40 + 15]);
        for (int y = 0; y < 10; y++)
            Assert.All(memory[(y * 40 + 30)..(y * 40 + 40)], value => Assert.Equal(9, value));
    }

    [Fact]
    public void Draw_BadNumbersOrAfterDispose_Throws()
    {
        var canvas = new Canvas(new Image(4, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => canvas.Line(double.NaN, 0, 1, 1, Red, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => canvas.Circle(0, 1e9, 1, Red));
        Assert.Throws<ArgumentOutOfRangeException>(() => canvas.Circle(0, 0, -1, Red));
        Assert.Throws<ArgumentOutOfRangeException>(() => canvas.Text(0, 0, "a", Red, size: 0));
        canvas.Dispose();
        canvas.Dispose();
        Assert.Throws<ObjectDisposedException>(() => canvas.Circle(0, 0, 1, Red));
        Assert.Throws<ObjectDisposedException>(canvas.Flush);
    }
}
