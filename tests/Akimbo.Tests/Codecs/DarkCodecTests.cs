using Akimbo.Codecs;
using Akimbo.Geometry;

namespace Akimbo.Tests.Codecs;

public sealed class DarkCodecTests
{
    [Fact]
    public void Decode_OfEncode_ReturnsTheKeypointBelowAPixel()
    {
        var keypoints = LabelledPoints.Random(200, left: 44, top: 44, right: 144, bottom: 208);
        CodecAssert.RoundTrip(new DarkCodec(), keypoints, 64, 48, tolerance: 0.005, bias: 0.0005);
    }

    [Fact]
    public void Decode_OfNoisyTargets_IsCloserThanTheQuarterOffset()
    {
        var keypoints = LabelledPoints.Random(200, left: 44, top: 44, right: 144, bottom: 208);
        float[] heatmaps = new float[200 * 64 * 48];
        new DarkCodec().Encode(keypoints, heatmaps, new float[200], 64, 48);
        var random = new Random(3);
        for (int i = 0; i < heatmaps.Length; i++) heatmaps[i] += 0.04f * (random.NextSingle() - 0.5f);

        Assert.True(MeanError(new DarkCodec(), heatmaps, keypoints) < 0.5 * MeanError(new HighResolutionCodec(), heatmaps, keypoints));
    }

    [Fact]
    public void Decode_NearTheBorder_GivesThePixel()
    {
        float[] heatmap = new float[64 * 48];
        var codec = new DarkCodec();
        codec.Encode([new LabelledPoint<InputPoint>(new InputPoint(5, 100), 1)], heatmap, new float[1], 64, 48);
        Assert.Equal(new HeatmapPoint(1, 25), codec.Decode(heatmap, 64, 48)[0].Position);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(101)]
    public void Constructor_WithBadBlurKernel_Throws(int size) => Assert.Throws<ArgumentException>(() => new DarkCodec(blurKernel: size));

    private static double MeanError(HeatmapCodec codec, float[] heatmaps, LabelledPoint<InputPoint>[] keypoints)
    {
        var decoded = codec.Decode(heatmaps, 64, 48);
        return keypoints.Select((keypoint, i) =>
        {
            InputPoint point = codec.HeatmapToInput.Apply(decoded[i].Position);
            return Math.Abs(point.X - keypoint.Position.X) + Math.Abs(point.Y - keypoint.Position.Y);
        }).Average();
    }
}
