using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Skeletons;
using Akimbo.Tensors;

namespace Akimbo.Tests.Rendering;

public sealed class HeatmapOverlayTests
{
    private const int Width = 40, Height = 30;
    private static readonly Skeleton Skeleton = Skeleton.Create("test", ["left_hand", "right_hand", "neck"], [new(0, 2), new(1, 2)]);

    // Pixel (u, v) of the maps is pixel (4u + 5, 4v + 3) of the photo.
    private static readonly AffineTransform FourTimes = new(4, 0, 5, 0, 4, 3);

    [Fact]
    public void Draw_ValueOfOne_ColourOfItsKeypointThereAndGreyElsewhere()
    {
        Image photo = Photo(200, 100, 50);
        Image picture = HeatmapOverlay.Draw(photo, [Maps((0, 1, 1, 1), (1, 4, 2, 1), (2, 6, 4, 1))], Skeleton, Opaque);

        Assert.Equal((Width, Height), (picture.Width, picture.Height));
        Assert.Equal([0, 255, 0], At(picture, 9, 7));
        Assert.Equal([255, 128, 0], At(picture, 21, 11));
        Assert.Equal([51, 153, 255], At(picture, 29, 19));
        Assert.Equal([58, 58, 58], At(picture, 1, 29)); // Half of 0.21 · 200 + 0.71 · 100 + 0.07 · 50.
        Assert.Equal([200, 100, 50], At(photo, 9, 7));
    }

    [Fact]
    public void Draw_SmallerValuesAndBetweenPixels_AsOpaqueAsTheInterpolatedValue()
    {
        Image picture = HeatmapOverlay.Draw(Photo(0, 0, 0), [Maps((1, 3, 3, 0.5f))], Skeleton, Opaque);

        // Half of orange at the pixel, a quarter halfway to the next, nothing where that is.
        Assert.Equal([128, 64, 0], At(picture, 17, 15));
        Assert.Equal([64, 32, 0], At(picture, 19, 15));
        Assert.Equal([64, 32, 0], At(picture, 17, 17));
        Assert.Equal([0, 0, 0], At(picture, 21, 15));
    }

    [Fact]
    public void Draw_ValuesThatAreNoProbabilities_AreCutAtNothingAndAll()
    {
        Image picture = HeatmapOverlay.Draw(
            Photo(0, 0, 0), [Maps((0, 1, 1, 7), (0, 4, 4, -3), (0, 4, 1, float.NaN), (0, 1, 4, float.PositiveInfinity))], Skeleton, Opaque);

        Assert.Equal([0, 255, 0], At(picture, 9, 7));
        Assert.Equal([0, 0, 0], At(picture, 21, 19));
        Assert.Equal([0, 0, 0], At(picture, 21, 7));
        Assert.Equal([0, 255, 0], At(picture, 9, 19));
    }

    [Fact]
    public void Draw_TurnedCrop_LiesWhereTheTransformSays()
    {
        // A quarter turn: pixel (u, v) is (20 − 3v, 5 + 3u), so that (2, 1) is (17, 11).
        var turned = Maps((0, 2, 1, 1)) with { HeatmapToImage = new(new AffineTransform(0, -3, 20, 3, 0, 5)) };
        Image picture = HeatmapOverlay.Draw(Photo(0, 0, 0), [turned], Skeleton, Opaque);
        Assert.Equal([0, 255, 0], At(picture, 17, 11));
        Assert.Equal(25, Enumerable.Range(0, Width * Height).Count(i => At(picture, i % Width, i / Width)[1] > 0));
    }

    [Fact]
    public void Draw_CropsBeyondThePhoto_DrawsWhatIsInside()
    {
        var outside = Maps((0, 0, 0, 1), (1, 7, 5, 1)) with { HeatmapToImage = new(new AffineTransform(40, 0, -200, 0, 40, -170)) };
        Image picture = HeatmapOverlay.Draw(Photo(0, 0, 0), [outside, Maps((2, 1, 1, 1))], Skeleton, Opaque);
        Assert.Equal([51, 153, 255], At(picture, 9, 7));
    }

    [Fact]
    public void Draw_Tags_OneColourAPersonBesideTheHeatmaps()
    {
        var maps = Maps((0, 1, 1, 0.9f), (1, 1, 4, 0.9f), (0, 6, 1, 0.9f), (2, 6, 4, 0.09f));
        maps = maps with { Tags = Tags((0, 1, 1, -2), (1, 1, 4, -2), (0, 6, 1, 5), (2, 6, 4, 900)), DetectionThreshold = 0.1 };
        Image photo = Photo(100, 100, 100);

        Image picture = HeatmapOverlay.Draw(photo, [maps], Skeleton, Opaque);

        Assert.Equal((2 * Width, Height), (picture.Width, picture.Height));
        Assert.Equal(At(picture, Width + 9, 7), At(picture, Width + 9, 19));
        byte[] first = At(picture, Width + 9, 7), second = At(picture, Width + 29, 7);
        Assert.True(first[0] > first[2] + 80 && second[2] > second[1] + 30, $"red {string.Join(' ', first)}, violet {string.Join(' ', second)}");
        Assert.Equal(At(picture, Width + 1, 29), At(picture, Width + 29, 19)); // Below the threshold.
        Assert.Equal(Width, HeatmapOverlay.Draw(photo, [maps], Skeleton, Opaque with { ShowTags = false }).Width);
    }

    [Fact]
    public void Draw_NobodyAboveTheThreshold_GreyOnBothSides()
    {
        Image picture = HeatmapOverlay.Draw(Photo(90, 90, 90), [Maps() with { Tags = Tags(), DetectionThreshold = 0.1 }], Skeleton);
        Assert.All(Enumerable.Range(0, 2 * Width), x => Assert.Equal(At(picture, 0, 0), At(picture, x, 12)));
    }

    [Fact]
    public void Draw_PhotoWithStride_EqualsPackedOne()
    {
        var wrapped = new Image(Width, Height, new byte[Height * 256], stride: 256);
        Image photo = Photo(10, 200, 30);
        for (int y = 0; y < Height; y++) photo.Row(y).CopyTo(wrapped.Row(y));
        Assert.Equal(HeatmapOverlay.Draw(photo, [Maps((0, 2, 2, 1))], Skeleton).Pixels.ToArray(), HeatmapOverlay.Draw(wrapped, [Maps((0, 2, 2, 1))], Skeleton).Pixels.ToArray());
    }

    [Fact]
    public void Draw_MapsThatDoNotFit_SaysWhatCameAndWhatIsExpected()
    {
        var message = Assert.Throws<ArgumentException>(() => HeatmapOverlay.Draw(Photo(0, 0, 0), [Maps() with { Values = new Tensor([2, 6, 8]) }], Skeleton)).Message;
        Assert.Contains("[2, 6, 8]", message, StringComparison.Ordinal);
        Assert.Contains("[3, h, w]", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => HeatmapOverlay.Draw(Photo(0, 0, 0), [Maps() with { Tags = new Tensor([3, 6, 8]) }], Skeleton)).Message;
        Assert.Contains("expect [T, 3, 6, 8]", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1.1, 0.5)]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.5, -0.1)]
    [InlineData(0.5, 1.1)]
    public void Draw_OptionOutOfItsRange_Throws(double opacity, double brightness) => Assert.Throws<ArgumentOutOfRangeException>(
        () => HeatmapOverlay.Draw(Photo(0, 0, 0), [], Skeleton, new HeatmapOverlayOptions { Opacity = opacity, Brightness = brightness }));

    private static HeatmapOverlayOptions Opaque { get; } = new() { Opacity = 1, Brightness = 0.5 };

    // Three maps of eight by six pixels, zero but for these.
    private static PoseHeatmaps Maps(params (int Keypoint, int X, int Y, float Value)[] values) =>
        new() { Keypoints = Skeleton.Keypoints, Values = new Tensor([3, 6, 8], Fill(values)), HeatmapToImage = new(FourTimes) };

    private static Tensor Tags(params (int Keypoint, int X, int Y, float Value)[] values) => new([1, 3, 6, 8], Fill(values));

    private static float[] Fill((int Keypoint, int X, int Y, float Value)[] values)
    {
        float[] maps = new float[3 * 6 * 8];
        foreach (var (k, x, y, value) in values) maps[(k * 6 + y) * 8 + x] = value;
        return maps;
    }

    private static byte[] At(Image image, int x, int y) => image.Row(y).Slice(x * Image.Channels, Image.Channels).ToArray();

    private static Image Photo(byte red, byte green, byte blue)
    {
        var photo = new Image(Width, Height);
        for (int i = 0; i < photo.Pixels.Length; i++) photo.Pixels.Span[i] = (i % 3) switch { 0 => red, 1 => green, _ => blue };
        return photo;
    }
}
