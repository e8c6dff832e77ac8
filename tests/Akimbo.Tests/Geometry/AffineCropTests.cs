using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Geometry;

public sealed class AffineCropTests
{
    private readonly SafetensorsFile _file = Safetensors.Load(Repository.Fixture("imaging/hrnet_affine.safetensors"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void HighResolution_OfRecordedRegions_EqualsTheReference(int index)
    {
        long[] size = _file[$"output_size_wh_{index}"].ToArray<long>();
        AffineCrop crop = AffineCrop.HighResolution(
            Region(index), (int)size[0], (int)size[1], _file[$"rotation_deg_{index}"].ToArray<double>()[0]);

        Compare(_file[$"matrix_{index}"].ToArray<double>(), crop.ImageToInput.Matrix);
        Compare(_file[$"inverse_{index}"].ToArray<double>(), crop.ImageToInput.Invert().Matrix);
        double[][] points = [.. _file["points"].ToArray<double>().Chunk(2)], expected = [.. _file[$"points_out_{index}"].ToArray<double>().Chunk(2)];
        for (int i = 0; i < points.Length; i++)
        {
            InputPoint point = crop.ImageToInput.Apply(new ImagePoint(points[i][0], points[i][1]));
            Assert.Equal(expected[i][0], point.X, 1e-4);
            Assert.Equal(expected[i][1], point.Y, 1e-4);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Extract_OfRecordedRegions_EqualsTheReferenceInEveryByte(int index)
    {
        long[] size = _file[$"output_size_wh_{index}"].ToArray<long>();
        var picture = new Image(131, 97, Safetensors.Load(Repository.Fixture("imaging/image_97x131.safetensors"))["rgb_u8_hwc"].ToArray<byte>());
        AffineCrop crop = AffineCrop.HighResolution(
            Region(index), (int)size[0], (int)size[1], _file[$"rotation_deg_{index}"].ToArray<double>()[0]);

        Assert.Equal(_file[$"warped_u8_{index}"].ToArray<byte>(), crop.Extract(picture).Pixels.ToArray());
    }

    [Fact]
    public void HighResolution_WithShiftAndRotation_EqualsTheReference()
    {
        AffineCrop crop = AffineCrop.HighResolution(Region(0), 48, 64, degrees: 20, shiftX: 0.1, shiftY: -0.2);
        Compare(_file["matrix_with_shift_0.1_-0.2_rot20_of_case0"].ToArray<double>(), crop.ImageToInput.Matrix);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void Extract_OfAWhitePixel_PutsItWhereItsKeypointGoes(double degrees)
    {
        var region = PersonRegion.FromBox(new Box(20, 10, 60, 55), aspectRatio: 0.75);
        foreach (AffineCrop crop in new[] { AffineCrop.HighResolution(region, 96, 128, degrees), AffineCrop.Unbiased(region, 96, 128, degrees) })
        {
            var picture = new Image(120, 80);
            picture.Row(31).Slice(47 * Image.Channels, Image.Channels).Fill(255);
            CropAssert.BrightestIsAt(crop.Extract(picture), crop.ImageToInput.Apply(new ImagePoint(47, 31)), tolerance: 0.1);
        }
    }

    [Fact]
    public void Unbiased_OfAMirroredPicture_IsTheMirroredCrop()
    {
        var region = new PersonRegion(new ImagePoint(41, 37), Width: 60, Height: 80);
        var mirroredRegion = region with { Centre = new ImagePoint(119 - 41, 37) };
        var crop = AffineCrop.Unbiased(region, 48, 64).ImageToInput;
        var mirroredCrop = AffineCrop.Unbiased(mirroredRegion, 48, 64).ImageToInput;

        InputPoint point = crop.Apply(new ImagePoint(30, 20)), mirrored = mirroredCrop.Apply(new ImagePoint(119 - 30, 20));

        Assert.Equal(47 - point.X, mirrored.X, 1e-9);
        Assert.Equal(point.Y, mirrored.Y, 1e-9);
        Assert.Equal(23.5, crop.Apply(region.Centre).X, 1e-9);
    }

    [Fact]
    public void FromBox_OfWideAndHighBoxes_KeepsTheCentreAndTheAspectRatio()
    {
        PersonRegion wide = PersonRegion.FromBox(new Box(10, 10, 90, 50), aspectRatio: 0.75);
        Assert.Equal(new PersonRegion(new ImagePoint(55, 35), 112.5, 150), wide);
        PersonRegion high = PersonRegion.FromBox(new Box(10, 10, 10, 100), aspectRatio: 0.75);
        Assert.Equal(new PersonRegion(new ImagePoint(15, 60), 93.75, 125), high);
    }

    [Fact]
    public void FactoriesAndFromBox_WithBadNumbers_Throw()
    {
        Assert.Throws<ArgumentException>(() => PersonRegion.FromBox(new Box(0, 0, 0, 0), 0.75));
        Assert.Throws<ArgumentException>(() => PersonRegion.FromBox(new Box(0, 0, double.NaN, 5), 0.75));
        Assert.Throws<ArgumentOutOfRangeException>(() => PersonRegion.FromBox(new Box(0, 0, 5, 5), 0));
        Assert.Throws<ArgumentException>(() => AffineCrop.HighResolution(default, 48, 64));
        Assert.Throws<ArgumentException>(() => AffineCrop.HighResolution(new PersonRegion(new ImagePoint(1e30, 0), 1, 1), 48, 64));
        Assert.Throws<ArgumentException>(() => AffineCrop.Unbiased(new PersonRegion(default, 5, 5), 1, 64));
    }

    private PersonRegion Region(int index)
    {
        float[] centre = _file[$"center_{index}"].ToArray<float>(), scale = _file[$"scale_{index}"].ToArray<float>();
        return new PersonRegion(new ImagePoint(centre[0], centre[1]), scale[0] * 200, scale[1] * 200);
    }

    private static void Compare(double[] expected, AffineTransform actual)
    {
        double[] values = [actual.M11, actual.M12, actual.M13, actual.M21, actual.M22, actual.M23];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], values[i], 1e-5);
    }
}
