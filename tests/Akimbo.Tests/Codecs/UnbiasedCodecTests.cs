using Akimbo.Augmentation;
using Akimbo.Codecs;
using Akimbo.Geometry;

namespace Akimbo.Tests.Codecs;

public sealed class UnbiasedCodecTests
{
    private readonly UnbiasedCodec _codec = new(inputWidth: 192, inputHeight: 256, heatmapWidth: 48, heatmapHeight: 64);

    [Fact]
    public void Decode_OfEncode_ReturnsTheKeypointWithoutBias()
    {
        var keypoints = LabelledPoints.Random(200, left: 44, top: 44, right: 148, bottom: 212);
        CodecAssert.RoundTrip(_codec, keypoints, 64, 48, tolerance: 0.005, bias: 0.0005);
    }

    [Fact]
    public void HeatmapToInput_OfTheCorners_IsTheCorners()
    {
        Assert.Equal(new InputPoint(0, 0), _codec.HeatmapToInput.Apply(new HeatmapPoint(0, 0)));
        InputPoint last = _codec.HeatmapToInput.Apply(new HeatmapPoint(47, 63));
        Assert.Equal(191, last.X, 1e-9);
        Assert.Equal(255, last.Y, 1e-9);
    }

    [Fact]
    public void Merge_OfMirroredTargets_MovesNoKeypoint()
    {
        // One keypoint that is its own mirror image: a perfect network answers with the two targets.
        foreach (LabelledPoint<InputPoint> keypoint in LabelledPoints.Random(50, left: 44, top: 44, right: 148, bottom: 212))
        {
            float[] heatmap = new float[64 * 48], mirrored = new float[64 * 48];
            _codec.Encode([keypoint], heatmap, new float[1], 64, 48);
            _codec.Encode(HorizontalFlip.Mirror([keypoint], [0], width: 192), mirrored, new float[1], 64, 48);

            FlipAverage.Merge(heatmap, mirrored, [0], 64, 48, shift: false);

            InputPoint decoded = _codec.HeatmapToInput.Apply(_codec.Decode(heatmap, 64, 48)[0].Position);
            Assert.Equal(keypoint.Position.X, decoded.X, 0.2);
            Assert.Equal(keypoint.Position.Y, decoded.Y, 0.2);
        }
    }

    [Fact]
    public void Decode_OfAnotherSize_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => _codec.Decode(new float[64 * 48], height: 48, width: 64));
        Assert.Contains("64 × 48", exception.Message, StringComparison.Ordinal);
    }
}
