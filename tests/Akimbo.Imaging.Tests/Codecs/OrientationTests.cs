namespace Akimbo.Imaging.Tests.Codecs;

public class OrientationTests
{
    private const int Width = 67, Height = 41;

    /// <summary>Where the EXIF standard puts the stored pixel (x, y) of a picture of Width × Height.</summary>
    private static (int X, int Y) Upright(int orientation, int x, int y) => orientation switch
    {
        1 => (x, y),
        2 => (Width - 1 - x, y),
        3 => (Width - 1 - x, Height - 1 - y),
        4 => (x, Height - 1 - y),
        5 => (y, x),
        6 => (Height - 1 - y, x),
        7 => (Height - 1 - y, Width - 1 - x),
        _ => (y, Width - 1 - x),
    };

    public static TheoryData<ImageFormat, int, bool> Cases()
    {
        var cases = new TheoryData<ImageFormat, int, bool>();
        foreach (ImageFormat format in Enum.GetValues<ImageFormat>())
        {
            for (int orientation = 1; orientation <= 8; orientation++)
            {
                cases.Add(format, orientation, true);
                cases.Add(format, orientation, false);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decode_WithOrientation_PutsEveryPixelUpright(ImageFormat format, int orientation, bool littleEndian)
    {
        byte[] plain = Pictures.Noise(Width, Height, seed: 3).Encode(format, quality: 100);
        byte[] exif = ExifBlock.Create(orientation, littleEndian);
        byte[] turned = format switch
        {
            ImageFormat.Jpeg => ExifBlock.IntoJpeg(plain, exif),
            ImageFormat.Png => ExifBlock.IntoPng(plain, exif),
            _ => ExifBlock.IntoWebP(plain, Width, Height, exif),
        };

        Image stored = Image.Decode(plain, "stored"), upright = Image.Decode(turned, "upright");

        Assert.Equal(new ImageInfo(upright.Width, upright.Height, format), Image.Identify(turned, "upright"));
        Assert.Equal(orientation >= 5 ? (Height, Width) : (Width, Height), (upright.Width, upright.Height));
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                (int toX, int toY) = Upright(orientation, x, y);
                Assert.Equal(Pictures.Pixel(stored, x, y), Pictures.Pixel(upright, toX, toY));
            }
        }
    }

    [Fact]
    public void Decode_BrokenExif_LeavesThePictureAsStored()
    {
        byte[] plain = Pictures.Smooth(24, 16).Encode(ImageFormat.Jpeg);
        byte[] exif = ExifBlock.Create(6, littleEndian: true);
        byte[] farDirectory = [.. exif];
        farDirectory[7] = 0x7F;
        byte[] manyEntries = [.. exif];
        manyEntries[8] = manyEntries[9] = 0xFF;
        byte[] value9 = ExifBlock.Create(9, littleEndian: true);

        Assert.Equal(24, Image.Decode(ExifBlock.IntoJpeg(plain, farDirectory), "far").Width);
        Assert.Equal(24, Image.Decode(ExifBlock.IntoJpeg(plain, value9), "nine").Width);
        Assert.Equal(16, Image.Decode(ExifBlock.IntoJpeg(plain, manyEntries), "many entries, the first one whole").Width);
        for (int length = 0; length < 18; length++)
            Assert.Equal(24, Image.Decode(ExifBlock.IntoJpeg(plain, exif[..length]), "cut").Width);
    }
}
