using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Imaging.Tests;

public class AffineWarpTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WarpAffine_Bytes_EqualsOpenCv(int index)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/hrnet_affine.safetensors"));
        byte[] pixels = Safetensors.Load(Repository.Fixture("imaging/image_97x131.safetensors"))["rgb_u8_hwc"].ToArray<byte>();
        StoredTensor expected = file[$"warped_u8_{index}"];
        var target = new Image(expected.Shape[1], expected.Shape[0]);

        AffineWarp.WarpAffine(new Image(131, 97, pixels), target, Matrix(file, index));

        Assert.Equal(expected.ToArray<byte>(), Pictures.Bytes(target));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WarpAffine_Floats_EqualsOpenCv(int index)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/princeton_augment_warp.safetensors"));
        float[] expected = file[$"warped_div255_{index}"].ToArray<float>();
        float[] target = new float[64 * 64 * 3];

        AffineWarp.WarpAffine(file["crop_float"].ToArray<float>(), 64, 64, target, 64, 64, channels: 3, Matrix(file, index));

        for (int i = 0; i < target.Length; i++)
            Assert.Equal(expected[i], target[i] / 255, 1e-5f);
    }

    [Fact]
    public void WarpAffine_WholeShift_MovesPixelsAndFillsWithBlack()
    {
        Image source = Pictures.Noise(9, 7, seed: 1), target = Pictures.Noise(12, 8, seed: 2);

        AffineWarp.WarpAffine(source, target, new AffineTransform(1, 0, 4, 0, 1, -2));

        for (int y = 0; y < target.Height; y++)
        {
            for (int x = 0; x < target.Width; x++)
                Assert.Equal(x is >= 4 && x - 4 < 9 && y + 2 < 7 ? Pictures.Pixel(source, x - 4, y + 2) : default, Pictures.Pixel(target, x, y));
        }
    }

    [Fact]
    public void WarpAffine_StridedImages_EqualDenseOnes()
    {
        Image dense = Pictures.Noise(15, 11, seed: 4);
        var strided = new Image(15, 11, new byte[11 * 64], stride: 64);
        for (int y = 0; y < 11; y++)
            dense.Row(y).CopyTo(strided.Row(y));
        var map = new AffineTransform(0.9, -0.3, 2.3, 0.4, 1.2, -1.7);
        Image expected = new(13, 12), actual = new(13, 12, new byte[12 * 50], stride: 50);

        AffineWarp.WarpAffine(dense, expected, map);
        AffineWarp.WarpAffine(strided, actual, map);

        Assert.Equal(Pictures.Bytes(expected), Pictures.Bytes(actual));
    }

    [Fact]
    public void WarpAffine_ExtremeScales_StayInside()
    {
        Image source = Pictures.Noise(5, 5, seed: 7), shrunk = Pictures.Noise(20, 20, seed: 6), grown = Pictures.Noise(20, 20, seed: 6);

        AffineWarp.WarpAffine(source, shrunk, new AffineTransform(1e-9, 0, 3, 0, 1e-9, 3));
        AffineWarp.WarpAffine(source, grown, new AffineTransform(1e9, 0, 3, 0, 1e9, 3));

        Assert.Equal(Pictures.Pixel(source, 0, 0), Pictures.Pixel(shrunk, 3, 3));
        Assert.Equal(3, Pictures.Bytes(shrunk).Count(value => value != 0));
        Assert.Equal(Pictures.Pixel(source, 0, 0), Pictures.Pixel(grown, 19, 0));
    }

    [Fact]
    public void WarpAffine_OnePixelSource_SpreadsIt()
    {
        Image source = new(1, 1, new byte[] { 100, 200, 40 }), target = new(3, 3);
        AffineWarp.WarpAffine(source, target, new AffineTransform(2, 0, 1, 0, 2, 1));
        Assert.Equal((100, 200, 40), Pictures.Pixel(target, 1, 1));
        Assert.Equal((25, 50, 10), Pictures.Pixel(target, 0, 0));
    }

    [Fact]
    public void WarpAffine_SingularMapOrWrongLength_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => AffineWarp.WarpAffine(new Image(2, 2), new Image(2, 2), new AffineTransform(0, 0, 0, 0, 0, 0)));
        Assert.Throws<ArgumentException>(() => AffineWarp.WarpAffine(new float[11], 2, 2, new float[12], 2, 2, 3, AffineTransform.Identity));
    }

    private static AffineTransform Matrix(SafetensorsFile file, int index)
    {
        double[] m = file[$"matrix_{index}"].ToArray<double>();
        return new AffineTransform(m[0], m[1], m[2], m[3], m[4], m[5]);
    }
}
