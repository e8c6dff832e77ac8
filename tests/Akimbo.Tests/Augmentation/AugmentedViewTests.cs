using Akimbo.Augmentation;
using Akimbo.Datasets;
using Akimbo.Datasets.Masks;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Prediction;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Augmentation;

public sealed class AugmentedViewTests
{
    private static readonly SpatialAugmentation Wild = new()
    {
        Distribution = SpatialDistribution.Uniform,
        Rotation = 40,
        Scale = 0.3,
        Shift = 0.1,
        FlipProbability = 0.5,
    };

    [Theory]
    [InlineData(CropKind.HighResolution, 96, 128, 0.1)]
    [InlineData(CropKind.Unbiased, 96, 128, 0.1)]
    [InlineData(CropKind.CentreScale, 128, 128, 3)] // The reference's crop and its transform of keypoints differ by up to a pixel and a half of the picture, here two of the input.
    public void TopDown_WhitePixel_LandsWhereItsKeypointDoes(CropKind kind, int width, int height, double tolerance)
    {
        var task = new TopDownTask { InputWidth = width, InputHeight = height, Crop = kind };
        for (uint sample = 0; sample < 30; sample++)
        {
            SpatialDraw draw = Wild.Draw(new CounterRandom(1, sample: sample));
            var view = AugmentedView.TopDown(AugmentedView.RegionOf(new Box(30, 10, 40, 60), task), task, pictureWidth: 110, draw);
            LandsTogether(view, new ImagePoint(52, 37), 110, 90, tolerance);
        }
    }

    [Fact]
    public void BottomUp_WhitePixel_LandsWhereItsKeypointDoes()
    {
        for (uint sample = 0; sample < 30; sample++)
        {
            var view = AugmentedView.BottomUp(110, 90, side: 256, Wild.Draw(new CounterRandom(2, sample: sample)));
            LandsTogether(view, new ImagePoint(50, 41), 110, 90, tolerance: 0.1);
        }
    }

    [Fact]
    public void WarpMask_IgnoredPixels_MoveWithThePicture()
    {
        var ignored = new BinaryMask(100, 80);
        for (int y = 36; y < 45; y++)
            for (int x = 56; x < 65; x++) ignored[x, y] = true;
        for (uint sample = 0; sample < 20; sample++)
        {
            SpatialDraw draw = (Wild with { Shift = 0.02 }).Draw(new CounterRandom(3, sample: sample));
            var view = AugmentedView.BottomUp(100, 80, side: 256, draw with { Scale = 0.7 });
            float[] mask = new float[64 * 64];
            view.WarpMask(ignored, stride: 4, mask, width: 64);

            InputPoint expected = view.ImageToInput.Apply(new ImagePoint(60, 40));
            var hidden = Enumerable.Range(0, mask.Length).Where(i => mask[i] == 0).Select(i => (X: i % 64, Y: i / 64))
                .Where(cell => Math.Abs(cell.X - expected.X / 4) < 9 && Math.Abs(cell.Y - expected.Y / 4) < 9).ToList();
            Assert.InRange(hidden.Count, 40, 90); // (9 · 256 / 70 / 4)² = 68 cells
            Assert.Equal(expected.X / 4, hidden.Average(cell => cell.X), 0.5);
            Assert.Equal(expected.Y / 4, hidden.Average(cell => cell.Y), 0.5);
            Assert.All(mask, value => Assert.True(value is 0 or 1));
        }
    }

    [Fact]
    public void WarpMask_OutsideThePicture_IsIgnored()
    {
        float[] mask = new float[16 * 16];
        AugmentedView.BottomUp(100, 50, side: 64, SpatialDraw.None).WarpMask(new BinaryMask(100, 50), stride: 4, mask, width: 16);
        Assert.Equal(0, mask[1 * 16 + 8]);
        Assert.Equal(1, mask[8 * 16 + 8]);
        Assert.Equal(0, mask[14 * 16 + 8]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Princeton_RecordedDraws_EqualTheReference(int index)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/princeton_augment_warp.safetensors"));
        double degrees = file[$"rot_{index}"].ToArray<double>()[0], scale = file[$"scale_factor_{index}"].ToArray<double>()[0];
        AffineTransform turn = AugmentedView.TurnOf(64, scale, degrees);

        Equal(file[$"matrix_{index}"].ToArray<double>(), turn, 1e-12);
        Equal(file[$"matrix_heatmap_{index}"].ToArray<double>(), AffineTransform.Compose(first: turn, second: new AffineTransform(0.25, 0, 0, 0, 0.25, 0)), 1e-12);
        double[] points = file["keypoints_in"].ToArray<double>(), expected = file[$"keypoints_out_{index}"].ToArray<double>();
        for (int k = 0; k < 5; k++)
        {
            var (x, y) = turn.Apply(points[3 * k], points[3 * k + 1]);
            Assert.Equal(expected[2 * k], x / 4, 1e-10);
            Assert.Equal(expected[2 * k + 1], y / 4, 1e-10);
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Princeton_Pixels_EqualTheReferencesThreeSteps(int index, bool isMirrored)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/princeton_augment_warp.safetensors"));
        double degrees = file[$"rot_{index}"].ToArray<double>()[0], scale = file[$"scale_factor_{index}"].ToArray<double>()[0];
        float[] rows = file[isMirrored ? $"flipped_{index}" : $"warped_div255_{index}"].ToArray<float>();

        // The recorded crop as a picture, cropped whole: what was not a whole grey level there is rounded here.
        float[] crop = file["crop_float"].ToArray<float>();
        var picture = new Image(64, 64, Array.ConvertAll(crop, value => (byte)MathF.Round(value)));
        var task = new TopDownTask { InputWidth = 64, InputHeight = 64, Crop = CropKind.CentreScale };
        var view = AugmentedView.TopDown(new PersonRegion(new ImagePoint(32, 32), 64, 64), task, 64, new SpatialDraw(degrees, scale, 0, 0, isMirrored));
        float[] planes = new float[3 * 64 * 64];
        view.Extract(picture, planes);

        int height = rows.Length / 3 / 64;
        for (int i = 0; i < 64 * height; i++)
            for (int c = 0; c < 3; c++) Assert.Equal(rows[3 * i + c], planes[c * 64 * 64 + i], 0.51f / 255);
    }

    [Fact]
    public void TopDown_RecordedShiftAndTurn_HasTheReferencesMatrix()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/hrnet_affine.safetensors"));
        var task = new TopDownTask { InputWidth = 48, InputHeight = 64 };
        var region = new PersonRegion(new ImagePoint(65, 48), 100, 400 / 3.0);
        var view = AugmentedView.TopDown(region, task, 131, new SpatialDraw(20, 1, 0.1, -0.2 * 0.667 * 200 / (400 / 3.0), IsMirrored: false));
        Equal(file["matrix_with_shift_0.1_-0.2_rot20_of_case0"].ToArray<double>(), view.ImageToInput.Matrix, 1e-5);
    }

    [Fact]
    public void TopDown_Mirrored_EqualsTheCropOfTheMirroredPicture()
    {
        var task = new TopDownTask { InputWidth = 48, InputHeight = 64 };
        Image picture = Noise(90, 70, seed: 4), mirrored = new(90, 70);
        for (int y = 0; y < 70; y++)
            for (int x = 0; x < 90; x++) picture.Row(y).Slice(3 * x, 3).CopyTo(mirrored.Row(y)[(3 * (89 - x))..]);
        float[] ours = new float[3 * 48 * 64], reference = new float[3 * 48 * 64];

        AugmentedView.TopDown(new PersonRegion(new ImagePoint(50, 30), 36, 48), task, 90, new SpatialDraw(17, 1, 0, 0, IsMirrored: true)).Extract(picture, ours);
        AugmentedView.TopDown(new PersonRegion(new ImagePoint(39, 30), 36, 48), task, 90, new SpatialDraw(17, 1, 0, 0, IsMirrored: false)).Extract(mirrored, reference);

        // Source positions are rounded to 1/32 pixel on either side.
        double mean = ours.Zip(reference, (a, b) => Math.Abs(a - b)).Average();
        Assert.InRange(mean, 0, 0.01);
    }

    [Fact]
    public void Move_OfAMirroredView_ExchangesSides()
    {
        var task = new TopDownTask { InputWidth = 100, InputHeight = 100 };
        var view = AugmentedView.TopDown(new PersonRegion(new ImagePoint(50, 50), 100, 100), task, 100, SpatialDraw.None with { IsMirrored = true });
        var moved = new LabelledPoint<InputPoint>[3];
        AnnotatedKeypoint[] keypoints = [new(new(20, 40), KeypointVisibility.Visible), new(new(70, 40), KeypointVisibility.Hidden), default];
        view.Move(keypoints, [1, 0, 2], moved);
        // The mirror image's middle, 49, goes to the input's 50.
        Assert.Equal((80, 40, 1), (Math.Round(moved[1].Position.X, 9), Math.Round(moved[1].Position.Y, 9), moved[1].Visibility));
        Assert.Equal(30, moved[0].Position.X, 1e-9);
        Assert.Equal(0, moved[2].Visibility);
        Assert.Throws<ArgumentException>(() => view.Move(keypoints, [1, 0], moved));
    }

    private static void LandsTogether(AugmentedView view, ImagePoint point, int width, int height, double tolerance)
    {
        var picture = new Image(width, height);
        picture.Row((int)point.Y).Slice((int)point.X * Image.Channels, Image.Channels).Fill(255);
        float[] planes = new float[3 * view.Width * view.Height];
        view.Extract(picture, planes);
        var moved = new LabelledPoint<InputPoint>[1];
        view.Move([new AnnotatedKeypoint(point, KeypointVisibility.Visible)], [0], moved);

        double light = 0, x = 0, y = 0;
        for (int i = 0; i < view.Width * view.Height; i++)
        {
            light += planes[i];
            x += planes[i] * (i % view.Width);
            y += planes[i] * (i / view.Width);
        }

        Assert.True(light > 0.5);
        Assert.Equal(moved[0].Position.X, x / light, tolerance);
        Assert.Equal(moved[0].Position.Y, y / light, tolerance);
    }

    private static Image Noise(int width, int height, int seed)
    {
        var image = new Image(width, height);
        new Random(seed).NextBytes(image.Pixels.Span);
        return image;
    }

    private static void Equal(double[] expected, AffineTransform actual, double tolerance)
    {
        double[] values = [actual.M11, actual.M12, actual.M13, actual.M21, actual.M22, actual.M23];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], values[i], tolerance * Math.Max(1, Math.Abs(expected[i])));
    }
}
