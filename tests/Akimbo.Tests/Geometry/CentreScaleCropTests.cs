using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Geometry;

public sealed class CentreScaleCropTests
{
    private readonly SafetensorsFile _file = Safetensors.Load(Repository.Fixture("data/princeton_transform.safetensors"));

    [Fact]
    public void Transforms_OfRecordedPoints_EqualTheReference()
    {
        double[][] points = [.. _file["points"].ToArray<double>().Chunk(2)];
        double[] degrees = _file["rotations_deg"].ToArray<double>();
        long[] there = _file["points_transformed_int"].ToArray<long>(), back = _file["points_inverse_transformed_int"].ToArray<long>();
        double[] exact = _file["kpt_affine_points"].ToArray<double>();

        for (int i = 0; i < degrees.Length; i++)
        {
            (ImagePoint centre, double scale, int side) = Case(i);
            var imageToInput = CentreScaleTransform.ImageToInput(centre, scale, side, side, degrees[i]);
            var inputToImage = degrees[i] == 0 ? CentreScaleTransform.InputToImage(centre, scale, side, side) : imageToInput.Invert();
            for (int k = 0; k < points.Length; k++)
            {
                int at = 2 * (i * points.Length + k);
                InputPoint input = imageToInput.Apply(new ImagePoint(points[k][0], points[k][1]));
                Assert.Equal((there[at], there[at + 1]), ((long)input.X, (long)input.Y));
                Assert.Equal(exact[at], input.X, 1e-10);
                Assert.Equal(exact[at + 1], input.Y, 1e-10);
                ImagePoint image = CentreScaleTransform.Truncate(inputToImage.Apply(new InputPoint(points[k][0], points[k][1])));
                Assert.Equal((back[at], back[at + 1]), ((long)image.X, (long)image.Y));
            }
        }
    }

    [Fact]
    public void Transforms_OfRecordedCrops_HaveTheReferencesMatrices()
    {
        double[] matrices = _file["matrices_3x3"].ToArray<double>(), inverses = _file["inverse_matrices"].ToArray<double>();
        double[] pseudoInverses = _file["inv_mat"].ToArray<double>(), degrees = _file["rotations_deg"].ToArray<double>();
        for (int i = 0; i < degrees.Length; i++)
        {
            (ImagePoint centre, double scale, int side) = Case(i);
            var imageToInput = CentreScaleTransform.ImageToInput(centre, scale, side, side, degrees[i]);
            Compare(matrices.AsSpan(9 * i), imageToInput.Matrix, 1e-12);
            Compare(inverses.AsSpan(9 * i), imageToInput.Invert().Matrix, 1e-12);
            Compare(pseudoInverses.AsSpan(6 * i), imageToInput.Invert().Matrix, 1e-12);
            if (degrees[i] == 0) Compare(inverses.AsSpan(9 * i), CentreScaleTransform.InputToImage(centre, scale, side, side).Matrix, 1e-12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void Extract_OfRecordedCrops_EqualsTheReference(int index)
    {
        (ImagePoint centre, double scale, int side) = Case(index);
        var crop = new CentreScaleCrop(centre, scale, side);
        float[] expected = _file[$"crop_{index}"].ToArray<float>(), actual = new float[expected.Length];
        var picture = new Image(131, 97, Safetensors.Load(Repository.Fixture("imaging/image_97x131.safetensors"))["rgb_u8_hwc"].ToArray<byte>());

        crop.ExtractInterleaved(picture, actual);

        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-3f);
        byte[] rounded = crop.Extract(picture).Pixels.ToArray();
        for (int i = 0; i < rounded.Length; i++) Assert.Equal(expected[i], rounded[i], 0.502f);
    }

    [Fact]
    public void Extract_OfAWhitePixel_PutsItWhereItsKeypointGoes()
    {
        foreach (var (x, y) in new[] { (40, 30), (61, 50), (75, 22) })
        {
            var picture = new Image(120, 80);
            picture.Row(y).Slice(x * Image.Channels, Image.Channels).Fill(255);
            var crop = new CentreScaleCrop(new ImagePoint(60, 40), scale: 0.4, side: 64);
            CropAssert.BrightestIsAt(crop.Extract(picture), crop.ImageToInput.Apply(new ImagePoint(x, y)), tolerance: 1);
        }
    }

    [Theory]
    [InlineData(1e9)]
    [InlineData(1e300)]
    public void Extract_OfAGiganticRegion_IsFastAndNearlyBlack(double scale)
    {
        var picture = new Image(50, 40);
        picture.Pixels.Span.Fill(255);
        float[] values = new float[32 * 32 * 3];
        new CentreScaleCrop(new ImagePoint(25, 20), scale, side: 32).ExtractInterleaved(picture, values);
        Assert.True(values.Count(value => value > 0) <= 12);
    }

    [Fact]
    public void Constructor_WithoutPixels_Throws()
    {
        Assert.Throws<ArgumentException>(() => new CentreScaleCrop(new ImagePoint(50.2, 50.2), scale: 0.001, side: 64));
        Assert.Throws<ArgumentException>(() => new CentreScaleCrop(new ImagePoint(double.NaN, 0), scale: 1, side: 64));
        Assert.Throws<ArgumentException>(() => new CentreScaleCrop(new ImagePoint(1e300, 0), scale: 1, side: 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CentreScaleCrop(default, scale: 1, side: 0));
    }

    private (ImagePoint Centre, double Scale, int Side) Case(int index)
    {
        double[] centres = _file["centers"].ToArray<double>();
        return (new ImagePoint(centres[2 * index], centres[2 * index + 1]), _file["scales"].ToArray<double>()[index], (int)_file["res"].ToArray<long>()[2 * index]);
    }

    private static void Compare(ReadOnlySpan<double> expected, AffineTransform actual, double tolerance)
    {
        double[] values = [actual.M11, actual.M12, actual.M13, actual.M21, actual.M22, actual.M23];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], values[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
