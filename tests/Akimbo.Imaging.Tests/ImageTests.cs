namespace Akimbo.Imaging.Tests;

public class ImageTests
{
    [Fact]
    public void Row_WrappedMemoryWithStride_SeesTheCallersBytes()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 99, 99, 7, 8, 9, 10, 11, 12];
        var image = new Image(2, 2, bytes, stride: 8);

        image.Row(1)[0] = 70;

        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6 }, image.Row(0).ToArray());
        Assert.Equal(70, bytes[8]);
        Assert.Equal(8, image.Stride);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-5, 4)]
    [InlineData(60000, 60000)]
    public void Constructor_ImpossibleSize_Throws(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(width, height));

    [Fact]
    public void Constructor_TooFewBytesOrShortStride_SaysHowManyAreNeeded()
    {
        var tooFew = Assert.Throws<ArgumentException>(() => new Image(2, 2, new byte[13], stride: 8));
        Assert.Contains("13 bytes came, 14 are needed", tooFew.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(2, 2, new byte[100], stride: 5));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Row_Outside_Throws(int y) => Assert.Throws<ArgumentOutOfRangeException>(() => new Image(3, 2).Row(y));

    [Theory]
    [InlineData(".jpg", ImageFormat.Jpeg)]
    [InlineData(".JPEG", ImageFormat.Jpeg)]
    [InlineData(".png", ImageFormat.Png)]
    [InlineData(".webp", ImageFormat.WebP)]
    public void Save_ByExtension_WritesThatFormatAndNothingElse(string extension, ImageFormat format)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("akimbo");
        try
        {
            string path = Path.Combine(folder.FullName, "picture" + extension);
            File.WriteAllText(path, "an older file");

            Pictures.Smooth(20, 10).Save(path);

            Assert.Equal(new ImageInfo(20, 10, format), Image.Identify(File.ReadAllBytes(path), path));
            Assert.Equal(20, Image.Load(path).Width);
            Assert.Single(folder.GetFiles());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Save_UnknownExtension_NamesTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => new Image(1, 1).Save("picture.bmp"));
        Assert.Contains(".bmp", error.Message, StringComparison.Ordinal);
        Assert.Contains(".webp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ContentAndExtensionDisagree_GoesByContent()
    {
        string path = Path.Combine(Path.GetTempPath(), $"akimbo-{Guid.NewGuid():N}.jpg");
        File.WriteAllBytes(path, Pictures.Noise(5, 4, seed: 1).Encode(ImageFormat.Png));
        try
        {
            Assert.Equal(Pictures.Bytes(Pictures.Noise(5, 4, seed: 1)), Pictures.Bytes(Image.Load(path)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_NoSuchFile_ThrowsFileNotFound() => Assert.Throws<FileNotFoundException>(() => Image.Load("/nowhere.jpg".TrimStart('/')));

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("GIF89a and so on")]
    public void Decode_NotAPicture_NamesTheFileAndWhatIsExpected(string content)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(content);
        var error = Assert.Throws<ImageFormatException>(() => Image.Decode(bytes, "holiday.jpg"));
        Assert.StartsWith("holiday.jpg: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("JPEG, PNG or WebP", error.Message, StringComparison.Ordinal);
        Assert.Throws<ImageFormatException>(() => Image.Identify(bytes, "holiday.jpg"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Encode_QualityOutside_Throws(int quality) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Image(1, 1).Encode(ImageFormat.Jpeg, quality));

    [Fact]
    public void ReadEncoded_HugeFileThatIsNoPicture_IsRefusedBeforeItIsRead()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        try
        {
            using (var file = File.Create(path)) file.SetLength(3L << 30);

            long before = GC.GetTotalAllocatedBytes(precise: true);
            var error = Assert.Throws<ImageFormatException>(() => Image.ReadEncoded(path));

            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 64 << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
