namespace Akimbo.Imaging.Tests.Codecs;

public class HostileFileTests
{
    private const int Files = 900;

    [Theory]
    [InlineData(ImageFormat.Jpeg)]
    [InlineData(ImageFormat.Png)]
    [InlineData(ImageFormat.WebP)]
    public void Decode_MutatedFiles_GiveAnImageOrImageFormatException(ImageFormat format)
    {
        var random = new Random(1234 + (int)format);
        Image picture = Pictures.Smooth(61, 43);
        byte[] plain = picture.Encode(format);
        byte[] exif = ExifBlock.Create(6, littleEndian: false);
        byte[][] seeds =
        [
            plain,
            picture.Encode(format, quality: format == ImageFormat.WebP ? 100 : 50),
            format switch
            {
                ImageFormat.Jpeg => ExifBlock.IntoJpeg(plain, exif),
                ImageFormat.Png => ExifBlock.IntoPng(plain, exif),
                _ => ExifBlock.IntoWebP(plain, 61, 43, exif),
            },
        ];
        var options = new ImageDecodeOptions { MaxPixels = 4_000_000 };
        int images = 0, refused = 0;
        for (int i = 0; i < Files; i++)
        {
            byte[] file = Mutate(seeds[i % seeds.Length], random);
            try
            {
                Image image = Image.Decode(file, "mutated", options);
                Assert.InRange((long)image.Width * image.Height, 1, options.MaxPixels);
                images++;
            }
            catch (ImageFormatException error)
            {
                Assert.StartsWith("mutated: ", error.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.Equal(Files, images + refused);
        Assert.True(refused > Files / 4, $"{refused} of {Files} were refused");
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        byte[] file = [.. seed];
        switch (random.Next(5))
        {
            case 0:
                return file[..random.Next(file.Length)];
            case 1:
                for (int i = random.Next(1, 9); i > 0; i--)
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 2:
                random.NextBytes(file.AsSpan(random.Next(file.Length)));
                return file;
            case 3:
                for (int i = random.Next(1, 5); i > 0; i--)
                    file[random.Next(Math.Min(file.Length, 80))] = (byte)random.Next(256);
                return file;
            default:
                random.NextBytes(file.AsSpan(Math.Min(12, file.Length)));
                return file;
        }
    }
}
