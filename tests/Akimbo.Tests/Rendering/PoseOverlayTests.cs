using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Rendering;

public sealed class PoseOverlayTests
{
    private const int Side = 240;
    private static readonly Color Green = new(0, 255, 0);
    private static readonly Color Orange = new(255, 128, 0);
    private static readonly Color Blue = new(51, 153, 255);

    private static readonly Skeleton Skeleton = Skeleton.Create(
        "test",
        ["left_hand", "right_hand", "left_shoulder", "right_shoulder", "neck", "left_eye", "right_eye"],
        [new(0, 2), new(1, 3), new(2, 3), new(4, 2), new(5, 6)]);

    private static readonly ImagePoint[] Positions =
        [new(200, 180), new(40, 180), new(160, 100), new(80, 100), new(120, 60), new(130, 20), new(110, 20)];

    [Fact]
    public void Draw_Keypoints_ColoursOfTheirSides()
    {
        var image = Draw(MakePerson());
        Color[] expected = [Green, Orange, Green, Orange, Blue, Blue, Blue];
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], At(image, Positions[i]));
    }

    [Fact]
    public void Draw_Limbs_ColourOfTheSideAndBlueBetweenSides()
    {
        var image = Draw(MakePerson());
        Assert.Equal(Green, Between(image, 0, 2));
        Assert.Equal(Orange, Between(image, 1, 3));
        Assert.Equal(Blue, Between(image, 2, 3));
        Assert.Equal(Green, Between(image, 4, 2));
        Assert.Equal(Blue, Between(image, 5, 6));
    }

    [Fact]
    public void Draw_LowScore_KeypointAndItsLimbsLeftOut()
    {
        var image = Draw(MakePerson(scoreOfFirst: 0.1f), new PoseOverlayOptions { MinKeypointScore = 0.2f, ShowScores = false });
        Assert.Equal(default(Color) with { Alpha = 255 }, At(image, Positions[0]));
        Assert.Equal(default(Color) with { Alpha = 255 }, Between(image, 0, 2));
        Assert.Equal(Green, At(image, Positions[2]));
    }

    [Fact]
    public void Draw_NotFound_NothingAtTheOrigin()
    {
        var image = Draw(MakePerson(scoreOfFirst: 0), new PoseOverlayOptions { MinKeypointScore = 0, ShowScores = false });
        Assert.Equal(0, image.Row(0)[0]);
        Assert.Equal(default(Color) with { Alpha = 255 }, At(image, Positions[0]));
    }

    [Fact]
    public void Draw_LargerPerson_WiderLimbs()
    {
        int small = ColouredPixelsAcross(Draw(MakePerson(scale: 0.3)), scale: 0.3);
        int large = ColouredPixelsAcross(Draw(MakePerson()), scale: 1);
        Assert.True(large > small, $"{large} pixels across the large person's limb, {small} across the small one's.");
    }

    [Fact]
    public void Draw_TwoPeopleInOnePlace_BetterOneOnTop()
    {
        var upsideDown = new Person([.. MakePerson().Keypoints.Select((keypoint, i) => keypoint with { Position = Positions[Skeleton.FlipIndices[i]] })], score: 0.2f);
        var image = new Image(Side, Side);
        PoseOverlay.Draw(image, [MakePerson(), upsideDown], Skeleton);
        Assert.Equal(Green, At(image, Positions[0]));
    }

    [Fact]
    public void Draw_ScoresAndBoxes_OnlyWhenAsked()
    {
        var plain = new PoseOverlayOptions { ShowScores = false };
        int without = Lit(Draw(MakePerson(), plain));
        Assert.True(Lit(Draw(MakePerson(), plain with { ShowScores = true })) > without);
        Assert.True(Lit(Draw(MakePerson(), plain with { ShowBoxes = true })) > without);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 500)]
    [InlineData(500, 1)]
    public void Draw_ExtremeImage_DrawsWhatFits(int width, int height)
    {
        var image = new Image(width, height);
        PoseOverlay.Draw(image, [MakePerson(), new Person([.. MakePerson().Keypoints.Select(keypoint => keypoint with { Score = 0 })], 0)], Skeleton);
        Assert.Equal(width * height * 3, image.Pixels.Length);
    }

    [Fact]
    public void Draw_Nobody_LeavesTheImage() => Assert.Equal(0, Lit(Draw(null)));

    [Fact]
    public void Draw_OtherNumberOfKeypoints_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => PoseOverlay.Draw(new Image(9, 9), [MakePerson()], Coco17.Skeleton));
        Assert.Contains("7 keypoints", exception.Message, StringComparison.Ordinal);
        Assert.Contains("17", exception.Message, StringComparison.Ordinal);
    }

    private static Image Draw(Person? person, PoseOverlayOptions? options = null)
    {
        var image = new Image(Side, Side);
        PoseOverlay.Draw(image, person is null ? [] : [person], Skeleton, options);
        return image;
    }

    private static Person MakePerson(float scoreOfFirst = 0.9f, double scale = 1) => new(
        [.. Positions.Select((position, i) => new Keypoint(
            Skeleton.Keypoints[i], new ImagePoint(position.X * scale, position.Y * scale), i == 0 ? scoreOfFirst : 0.9f))],
        score: 0.8f);

    private static Color At(Image image, ImagePoint point)
    {
        var pixel = image.Row((int)point.Y).Slice((int)point.X * 3, 3);
        return new Color(pixel[0], pixel[1], pixel[2]);
    }

    private static Color Between(Image image, int from, int to) =>
        At(image, new ImagePoint((Positions[from].X + Positions[to].X) / 2, (Positions[from].Y + Positions[to].Y) / 2));

    private static int ColouredPixelsAcross(Image image, double scale)
    {
        int x = (int)(120 * scale), from = (int)(80 * scale), to = (int)(120 * scale);
        return Enumerable.Range(from, to - from).Count(y => At(image, new ImagePoint(x, y)).Blue > 128);
    }

    private static int Lit(Image image) => image.Pixels.Span.Length - image.Pixels.Span.Count((byte)0);
}
