using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Imaging.Tests;

public class ResizeTests
{
    [ReferenceDataFact]
    public void Bilinear_Photo_EqualsOpenCv()
    {
        Image photo = Image.Load(Repository.Reference("golden/real_network/000000196141.jpg")), target = new(640, 448);
        byte[] expected = Safetensors.Load(Repository.Reference("golden/real_network/litepose_000000196141.safetensors"))["resized_rgb_u8_hwc"].ToArray<byte>();

        Resize.Bilinear(photo, target);

        Assert.Equal(expected, Pictures.Bytes(target));
    }

    [Theory]
    [InlineData(1, 1, 5, 4)]
    [InlineData(7, 5, 7, 5)]
    [InlineData(7, 5, 13, 11)]
    [InlineData(64, 48, 19, 17)]
    [InlineData(33, 1, 70, 1)]
    [InlineData(1, 40, 3, 200)]
    public void Bilinear_Bytes_StaysWithinOneLevelOfTheDefinition(int sw, int sh, int tw, int th)
    {
        Image source = Pictures.Noise(sw, sh, seed: 8), target = new(tw, th);

        Resize.Bilinear(source, target);

        for (int y = 0; y < th; y++)
        {
            for (int i = 0; i < tw * 3; i++)
            {
                double expected = Definition((x, row) => source.Row(row)[3 * x + i % 3], sw, sh, i / 3, y, tw, th);
                Assert.InRange(target.Row(y)[i] - expected, -1.01, 1.01);
            }
        }
    }

    [Theory]
    [InlineData(1, 1, 5, 4)]
    [InlineData(16, 12, 64, 48)]
    [InlineData(31, 17, 9, 6)]
    public void Bilinear_Floats_EqualsTheDefinition(int sw, int sh, int tw, int th)
    {
        var random = new Random(9);
        float[] source = [.. Enumerable.Range(0, sw * sh).Select(_ => random.NextSingle())], target = new float[tw * th];

        Resize.Bilinear(source, sw, sh, target, tw, th);

        for (int i = 0; i < target.Length; i++)
            Assert.Equal(Definition((x, y) => source[y * sw + x], sw, sh, i % tw, i / tw, tw, th), target[i], 1e-5);
    }

    [Fact]
    public void Bilinear_SameSize_CopiesEveryByte()
    {
        Image source = Pictures.Noise(31, 20, seed: 3), target = new(31, 20);
        Resize.Bilinear(source, target);
        Assert.Equal(Pictures.Bytes(source), Pictures.Bytes(target));
    }

    [Fact]
    public void Bilinear_WrongLength_Throws()
    {
        Assert.Throws<ArgumentException>(() => Resize.Bilinear(new float[5], 2, 3, new float[4], 2, 2));
        Assert.Throws<ArgumentException>(() => Resize.Bilinear(new float[6], 2, 3, [], 0, 2));
    }

    [Theory]
    [InlineData(40, 30, 1)]
    [InlineData(40, 30, 2)]
    [InlineData(41, 31, 3)]
    [InlineData(300, 260, 256)]
    [InlineData(5, 3, 8)]
    [InlineData(1, 20, 4)]
    public void Shrink_AnyFactor_IsTheRoundedMeanOfEachBlock(int width, int height, int factor)
    {
        Image source = Pictures.Noise(width, height, seed: 11);

        Image target = Resize.Shrink(source, factor);

        Assert.Equal(((width + factor - 1) / factor, (height + factor - 1) / factor), (target.Width, target.Height));
        for (int y = 0; y < target.Height; y++)
        {
            for (int i = 0; i < target.Width * 3; i++)
            {
                var block = from row in Enumerable.Range(y * factor, Math.Min(factor, height - y * factor))
                            from x in Enumerable.Range(i / 3 * factor, Math.Min(factor, width - i / 3 * factor))
                            select (double)source.Row(row)[3 * x + i % 3];
                Assert.Equal((byte)Math.Floor(block.Average() + 0.5 + 1e-9), target.Row(y)[i]);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Shrink_FactorOutside_Throws(int factor) => Assert.Throws<ArgumentOutOfRangeException>(() => Resize.Shrink(new Image(2, 2), factor));

    private static double Definition(Func<int, int, double> pixel, int sw, int sh, int x, int y, int tw, int th)
    {
        double sx = Math.Clamp((x + 0.5) * sw / tw - 0.5, 0, sw - 1), sy = Math.Clamp((y + 0.5) * sh / th - 0.5, 0, sh - 1);
        int left = (int)sx, top = (int)sy, right = Math.Min(left + 1, sw - 1), bottom = Math.Min(top + 1, sh - 1);
        double fx = sx - left, fy = sy - top;
        return (pixel(left, top) * (1 - fx) + pixel(right, top) * fx) * (1 - fy) + (pixel(left, bottom) * (1 - fx) + pixel(right, bottom) * fx) * fy;
    }
}
