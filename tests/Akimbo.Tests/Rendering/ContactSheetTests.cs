using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Rendering;

public sealed class ContactSheetTests
{
    private static readonly Skeleton Point = Skeleton.Create("point", ["nose"], limbs: []);
    private static readonly ContactSheetOptions Small = new() { TileSize = 100, MaxColumns = 3, Overlay = new PoseOverlayOptions { ShowScores = false, Thickness = 3 } };

    [Theory]
    [InlineData(1, 108, 108)]
    [InlineData(3, 316, 108)]
    [InlineData(4, 316, 212)]
    public void Constructor_Tiles_SizeOfTheirRowsAndColumns(int tiles, int width, int height)
    {
        var sheet = new ContactSheet(tiles, Small);
        Assert.Equal((width, height), (sheet.Image.Width, sheet.Image.Height));
    }

    [Theory]
    [InlineData(40, 20)]
    [InlineData(400, 200)]
    [InlineData(1500, 750)]
    [InlineData(30, 90)]
    public void Add_PictureOfAnySize_ItsWhitePixelsLieUnderTheKeypoint(int width, int height)
    {
        var sheet = new ContactSheet(5, Small);
        for (int i = 0; i < 4; i++) sheet.Add(new Image(width, height), [], Point, "");
        sheet.Add(White(width, height), [PersonAt(0.75 * width - 0.5, 0.5 * height - 0.5)], Point, "");

        double scale = Math.Min(100.0 / width, 78.0 / height);
        int x = (int)(4 + 104 + (100 - width * scale) / 2 + 0.75 * width * scale), y = (int)(4 + 104 + (78 - height * scale) / 2 + 0.5 * height * scale);
        Assert.Equal([51, 153, 255], Pixel(sheet.Image, x, y));
        Assert.Equal([255, 255, 255], Pixel(sheet.Image, (int)(x - 0.5 * width * scale), y));
        Assert.Equal([0, 0, 0], Pixel(sheet.Image, 4 + 50, 4 + 104 + 39));
        Assert.Equal(5, sheet.Count);
    }

    [Fact]
    public void Add_Caption_LiesBelowThePictureAndInsideTheTile()
    {
        var sheet = new ContactSheet(2, Small);
        sheet.Add(new Image(100, 78), [], Point, new string('W', 500));

        bool IsWritten(int x, int y) => Pixel(sheet.Image, x, y)[0] > 100;
        Assert.Contains(Enumerable.Range(4, 100), x => Enumerable.Range(4 + 78, 22).Any(y => IsWritten(x, y)));
        Assert.DoesNotContain(Enumerable.Range(0, 212), x => Enumerable.Range(0, 4 + 78).Any(y => IsWritten(x, y)));
    }

    [Fact]
    public void Add_MoreThanThereIsRoomFor_Throws()
    {
        var sheet = new ContactSheet(1, Small);
        sheet.Add(new Image(4, 4), [], Point, "");
        Assert.Contains("All 1 tiles", Assert.Throws<InvalidOperationException>(() => sheet.Add(new Image(4, 4), [], Point, "")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(1, 63)]
    [InlineData(1, 2049)]
    [InlineData(1_000_000, 320)]
    public void Constructor_OutOfRange_Throws(int tiles, int tileSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContactSheet(tiles, new ContactSheetOptions { TileSize = tileSize }));

    private static Person PersonAt(double x, double y) => new([new Keypoint("nose", new ImagePoint(x, y), 1)], 1);

    private static Image White(int width, int height)
    {
        var image = new Image(width, height);
        for (int y = 0; y < height; y++) image.Row(y)[..(width * Image.Channels)].Fill(255);
        return image;
    }

    private static byte[] Pixel(Image image, int x, int y) => image.Row(y).Slice(x * Image.Channels, Image.Channels).ToArray();
}
