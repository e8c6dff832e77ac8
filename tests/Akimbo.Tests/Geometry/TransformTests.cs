using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Geometry;

public sealed class TransformTests
{
    [Fact]
    public void Then_OfTwoTransforms_AppliesTheFirstFirst()
    {
        var heatmapToInput = CellTransform.HeatmapToInput(stride: 4);
        var inputToImage = new Transform<InputPoint, ImagePoint>(new AffineTransform(0, 2, 1, -1, 0, 5));

        ImagePoint point = heatmapToInput.Then(inputToImage).Apply(new HeatmapPoint(3, 7));

        Assert.Equal(inputToImage.Apply(heatmapToInput.Apply(new HeatmapPoint(3, 7))), point);
        Assert.Equal(new ImagePoint(61, -9), point);
    }

    [Fact]
    public void Invert_ThenApply_ReturnsToThePoint()
    {
        var imageToInput = CentreScaleTransform.ImageToInput(new ImagePoint(50, 40), scale: 0.7, width: 96, height: 64, degrees: 25);
        InputPoint there = imageToInput.Apply(new ImagePoint(12, 34));
        ImagePoint back = imageToInput.Invert().Apply(there);
        Assert.Equal(12, back.X, 1e-9);
        Assert.Equal(34, back.Y, 1e-9);
    }

    [Fact]
    public void HeatmapToInput_OfAPixel_IsTheMiddleOfItsCell()
    {
        InputPoint point = CellTransform.HeatmapToInput(stride: 4).Apply(new HeatmapPoint(0, 2));
        Assert.Equal(new InputPoint(2, 10), point);
    }

    [Fact]
    public void FitSquare_OfALandscapePicture_TouchesLeftAndRightAndCentresTheRest()
    {
        var imageToInput = CentreScaleTransform.FitSquare(imageWidth: 200, imageHeight: 100, side: 50);
        Assert.Equal(new InputPoint(0, 12.5), imageToInput.Apply(new ImagePoint(0, 0)));
        Assert.Equal(new InputPoint(50, 37.5), imageToInput.Apply(new ImagePoint(200, 100)));
    }

    [Fact]
    public void ImageToInput_OfRecordedCrops_MatchesTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/centre_scale_transform.safetensors"));
        double[] centres = file["centers"].ToArray<double>();
        double[] scales = file["scales"].ToArray<double>();
        long[] sizes = file["res"].ToArray<long>();
        double[] degrees = file["rotations_deg"].ToArray<double>();
        double[] matrices = file["matrices_3x3"].ToArray<double>();

        for (int i = 0; i < scales.Length; i++)
        {
            AffineTransform matrix = CentreScaleTransform.ImageToInput(
                new ImagePoint(centres[2 * i], centres[2 * i + 1]), scales[i],
                width: (int)sizes[2 * i + 1], height: (int)sizes[2 * i], degrees[i]).Matrix;
            double[] actual = [matrix.M11, matrix.M12, matrix.M13, matrix.M21, matrix.M22, matrix.M23];
            for (int k = 0; k < actual.Length; k++) Assert.Equal(matrices[9 * i + k], actual[k], 1e-11);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Factories_WithBadScale_Throw(double scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CentreScaleTransform.ImageToInput(default, scale, 64, 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => CellTransform.HeatmapToInput(scale));
    }
}
