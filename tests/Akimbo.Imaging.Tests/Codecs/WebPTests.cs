using System.Runtime.InteropServices;
using Akimbo.Imaging.Native;

namespace Akimbo.Imaging.Tests.Codecs;

public class WebPTests
{
    [Fact]
    public void Decode_Alpha_DropsIt()
    {
        byte[] rgba = [10, 20, 30, 255, 40, 50, 60, 128];
        nuint size = LibWebP.EncodeLosslessRgba(rgba, 2, 1, 8, out nint output);
        byte[] webp = new byte[(int)size];
        Marshal.Copy(output, webp, 0, webp.Length);
        LibWebP.Free(output);

        Assert.Equal(new byte[] { 10, 20, 30, 40, 50, 60 }, Pictures.Bytes(Image.Decode(webp, "alpha")));
    }

    [Fact]
    public void Decode_Truncated_IsAnErrorThatNamesTheFile()
    {
        byte[] webp = Pictures.Noise(64, 64, seed: 5).Encode(ImageFormat.WebP);
        for (int length = 12; length < webp.Length - 1; length += 17)
        {
            var error = Assert.Throws<ImageFormatException>(() => Image.Decode(webp.AsSpan(0, length), "cut.webp"));
            Assert.StartsWith("cut.webp: ", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decode_Declares60000By60000_IsRefusedBeforeAllocation()
    {
        byte[] webp = ExifBlock.IntoWebP(Pictures.Smooth(16, 16).Encode(ImageFormat.WebP), 60000, 60000, []);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ImageFormatException>(() => Image.Decode(webp, "bomb.webp"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Decode_Animation_IsRefusedByName()
    {
        byte[] webp = ExifBlock.IntoWebP(Pictures.Smooth(16, 16).Encode(ImageFormat.WebP), 16, 16, []);
        webp[20] |= 0b10;
        var error = Assert.Throws<ImageFormatException>(() => Image.Decode(webp, "moving.webp"));
        Assert.Contains("animation", error.Message, StringComparison.Ordinal);
    }
}
