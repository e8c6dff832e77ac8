using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Prediction.Pipelines;

namespace Akimbo.Tests.Prediction;

public sealed class SeenPersonTests
{
    private const int Side = 48;
    private static readonly UnbiasedCodec Codec = new(192, 192, Side, Side, sigma: 2);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 1)]
    [InlineData(-40, 1.2)]
    [InlineData(90, 0.8)]
    public void Average_ViewsTurnedAndResized_AgreeOnThePlaceInThePhoto(double degrees, double scale)
    {
        ImagePoint[] keypoints = [new(130, 90), new(100, 120), new(75, 148)];
        var region = new PersonRegion(new ImagePoint(104, 117), 160, 160);

        SeenPerson average = SeenPerson.Average([See(region, 0, keypoints), See(region.Scale(scale), degrees, keypoints), See(region, -degrees, keypoints)]);

        var decoded = Codec.Decode(average.Heatmaps, Side, Side);
        for (int k = 0; k < keypoints.Length; k++)
        {
            ImagePoint found = average.HeatmapToImage.Apply(decoded[k].Position);
            Assert.Equal(keypoints[k].X, found.X, 0.5);
            Assert.Equal(keypoints[k].Y, found.Y, 0.5);
            Assert.InRange(decoded[k].Score, 0.9f, 1.01f);
        }
    }

    [Fact]
    public void Average_PlaceThatOneViewDoesNotShow_CountsAsNotSeenThere()
    {
        ImagePoint[] keypoints = [new(130, 90)];
        SeenPerson shown = See(new PersonRegion(new ImagePoint(104, 117), 160, 160), 0, keypoints), elsewhere = See(new PersonRegion(new ImagePoint(900, 900), 160, 160), 0, keypoints);
        Assert.Equal(0.5, Codec.Decode(SeenPerson.Average([shown, elsewhere]).Heatmaps, Side, Side)[0].Score, 0.02);
    }

    [Fact]
    public void Smooth_MapsOfTwoKeypoints_KeepsTheLargestValueOfEach()
    {
        float[] maps = new float[2 * Side * Side];
        maps[5 * Side + 7] = 0.75f;
        maps[Side * Side + 9 * Side + 30] = 0.25f;

        var (smoothed, maxima) = new SeenPerson(maps, Side, Side, default, default).Smooth(BlurredHeatmap.Kernel(5));

        Assert.Equal([0.75f, 0.25f], maxima);
        Assert.InRange(smoothed.Heatmaps[5 * Side + 7], 0.05f, 0.3f);
        Assert.True(smoothed.Heatmaps[Side * Side + 9 * Side + 31] > 0);
    }

    /// <summary>What a perfect network sees.</summary>
    private static SeenPerson See(PersonRegion region, double degrees, ImagePoint[] keypoints)
    {
        var crop = AffineCrop.Unbiased(region, 192, 192, degrees);
        float[] maps = new float[keypoints.Length * Side * Side];
        Codec.Encode([.. keypoints.Select(keypoint => new LabelledPoint<InputPoint>(crop.ImageToInput.Apply(keypoint), 1))], maps, new float[keypoints.Length], Side, Side);
        return new SeenPerson(maps, Side, Side, Codec.HeatmapToInput.Then(crop.ImageToInput.Invert()), new PersonBox(default));
    }
}
