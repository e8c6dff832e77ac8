namespace Akimbo.Imaging.Tests;

/// <summary>Made-up pictures, and how far two pictures are apart.</summary>
internal static class Pictures
{
    /// <summary>Smooth waves, which lossy formats keep well, with no symmetry, so that a turned picture is another one.</summary>
    public static Image Smooth(int width, int height)
    {
        var image = new Image(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                row[3 * x] = (byte)(127 + 120 * Math.Sin(x * 0.07 + y * 0.013));
                row[3 * x + 1] = (byte)(255 * x / width);
                row[3 * x + 2] = (byte)(255 * y / height);
            }
        }
        return image;
    }

    public static Image Noise(int width, int height, int seed)
    {
        var image = new Image(width, height);
        new Random(seed).NextBytes(image.Pixels.Span);
        return image;
    }

    public static byte[] Bytes(Image image)
    {
        var bytes = new byte[image.Width * image.Height * Image.Channels];
        for (int y = 0; y < image.Height; y++)
            image.Row(y).CopyTo(bytes.AsSpan(y * image.Width * Image.Channels));
        return bytes;
    }

    public static (byte Red, byte Green, byte Blue) Pixel(Image image, int x, int y)
    {
        Span<byte> row = image.Row(y);
        return (row[3 * x], row[3 * x + 1], row[3 * x + 2]);
    }

    /// <summary>Peak signal to noise ratio, decibels.</summary>
    public static double Psnr(Image a, Image b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        double sum = 0;
        byte[] left = Bytes(a), right = Bytes(b);
        for (int i = 0; i < left.Length; i++)
            sum += Math.Pow(left[i] - right[i], 2);
        return 10 * Math.Log10(255.0 * 255 * left.Length / sum);
    }
}
