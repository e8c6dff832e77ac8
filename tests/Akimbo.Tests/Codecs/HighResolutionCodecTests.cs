using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class HighResolutionCodecTests
{
    [Fact]
    public void Decode_OfEncode_ReturnsTheKeypoint()
    {
        var keypoints = LabelledPoints.Random(200, left: 20, top: 20, right: 172, bottom: 236);
        CodecAssert.RoundTrip(new HighResolutionCodec(), keypoints, 64, 48, tolerance: 0.5, bias: 0.05);
    }

    [Fact]
    public void Encode_OfRecordedKeypoints_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/hrnet_generate_target.safetensors"));
        double[] visibility = file["joints_vis"].ToArray<double>();
        var keypoints = LabelledPoints.Of<InputPoint>(file["joints_192x256"].ToArray<double>(), groupLength: 3, i => visibility[3 * i]);

        Compare(file, "target", "target_weight", keypoints, new HighResolutionCodecOptions());
        Compare(file, "target", "target_weight_times_joints_weight", keypoints, new HighResolutionCodecOptions
        {
            KeypointWeights = file["joints_weight"].ToArray<float>(),
        });
    }

    [Fact]
    public void Encode_WithKernelBounds_EqualsKeypointToHeatMap()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/keypoint_to_heatmap.safetensors"));
        float[] visibility = file["visible"].ToArray<float>();
        var keypoints = LabelledPoints.Of<InputPoint>(file["keypoints_192x256"].ToArray<double>(), groupLength: 2, i => visibility[i]);

        Compare(file, "heatmap", "kps_weights_without_weights", keypoints, new HighResolutionCodecOptions { KernelBounds = true });
        Compare(file, "heatmap", "kps_weights", keypoints, new HighResolutionCodecOptions
        {
            KernelBounds = true,
            KeypointWeights = file["keypoints_weights"].ToArray<float>(),
        });
    }

    [Theory]
    [InlineData("final_preds_quarter_offset", PeakAdjustment.HighResolutionQuarterOffset)]
    [InlineData("final_preds_without_offset", PeakAdjustment.None)]
    public void Decode_OfRecordedHeatmaps_EqualsTheReference(string name, PeakAdjustment adjustment)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/hrnet_final_preds.safetensors"));
        float[] heatmaps = file["heatmaps"].ToArray<float>(), maxima = file["maxvals"].ToArray<float>();
        float[] centres = file["center"].ToArray<float>(), scales = file["scale"].ToArray<float>();
        float[][] expected = [.. file[name].ToArray<float>().Chunk(2)];
        var codec = new HighResolutionCodec(new HighResolutionCodecOptions { Adjustment = adjustment });

        for (int n = 0; n < 2; n++)
        {
            var region = new PersonRegion(new ImagePoint(centres[2 * n], centres[2 * n + 1]), scales[2 * n] * 200, scales[2 * n + 1] * 200);
            var heatmapToImage = codec.HeatmapToInput.Then(AffineCrop.HighResolution(region, width: 192, height: 256).ImageToInput.Invert());
            var decoded = codec.Decode(heatmaps.AsSpan(n * 17 * 3072, 17 * 3072), height: 64, width: 48);
            for (int i = 0; i < 17; i++)
            {
                ImagePoint point = heatmapToImage.Apply(decoded[i].Position);
                Assert.Equal(expected[n * 17 + i][0], point.X, 1e-3);
                Assert.Equal(expected[n * 17 + i][1], point.Y, 1e-3);
                Assert.Equal(Math.Max(maxima[n * 17 + i], 0), decoded[i].Score);
            }
        }
    }

    [Fact]
    public void Encode_FarOutsideOrNotFinite_DrawsNothing()
    {
        LabelledPoint<InputPoint>[] keypoints =
        [
            new(new InputPoint(1e300, 5), 1), new(new InputPoint(-1e300, 5), 1), new(new InputPoint(double.NaN, 5), 1),
            new(new InputPoint(5, double.PositiveInfinity), 1),
        ];
        float[] heatmaps = new float[4 * 12], weights = new float[4];
        new HighResolutionCodec().Encode(keypoints, heatmaps, weights, 3, 4);
        Assert.All(heatmaps, value => Assert.Equal(0, value));
        Assert.All(weights, weight => Assert.Equal(0, weight));
    }

    [Theory]
    [InlineData(-30, 20, 1, 0)]
    [InlineData(20, -30, 1, 0)]
    [InlineData(-34, 20, 0, 0)]
    [InlineData(20, -34, 0, 0)]
    [InlineData(60, 20, 1, 1)]
    [InlineData(20, 60, 1, 1)]
    [InlineData(64, 20, 0, 0)]
    [InlineData(20, 64, 0, 0)]
    public void Encode_OneStepAroundTheBounds_WeighsAsHrnetAndAsTheKernelDo(double x, double y, float hrnet, float kernel)
    {
        LabelledPoint<InputPoint>[] keypoints = [new(new InputPoint(x, y), 1)];
        float[] heatmap = new float[100], weights = new float[1];
        new HighResolutionCodec().Encode(keypoints, heatmap, weights, 10, 10);
        Assert.Equal(hrnet, weights[0]);
        new HighResolutionCodec(new HighResolutionCodecOptions { KernelBounds = true }).Encode(keypoints, heatmap, weights, 10, 10);
        Assert.Equal(kernel, weights[0]);
    }

    [Fact]
    public void Encode_OfAHardlyVisibleKeypointOutside_KeepsItsWeightOnlyWithKernelBounds()
    {
        LabelledPoint<InputPoint>[] keypoints = [new(new InputPoint(-100, 20), 0.4f)];
        float[] weights = new float[1];
        new HighResolutionCodec().Encode(keypoints, new float[100], weights, 10, 10);
        Assert.Equal(0, weights[0]);
        var codec = new HighResolutionCodec(new HighResolutionCodecOptions { KernelBounds = true });
        codec.Encode(keypoints, new float[100], weights, 10, 10);
        Assert.Equal(0.4f, weights[0]);
    }

    [Fact]
    public void Encode_WithTooFewKeypointWeights_Throws()
    {
        var codec = new HighResolutionCodec(new HighResolutionCodecOptions { KeypointWeights = [1] });
        var exception = Assert.Throws<ArgumentException>(() => codec.Encode(LabelledPoints.Random(2, 0, 0, 9, 9), new float[50], new float[2], 5, 5));
        Assert.Contains("none for keypoint 1", exception.Message, StringComparison.Ordinal);
    }

    private static void Compare(
        SafetensorsFile file, string heatmapName, string weightName, LabelledPoint<InputPoint>[] keypoints, HighResolutionCodecOptions options)
    {
        float[] heatmaps = new float[17 * 64 * 48], weights = new float[17];
        new HighResolutionCodec(options).Encode(keypoints, heatmaps, weights, 64, 48);
        CodecAssert.Equal(file[heatmapName].ToArray<float>(), heatmaps, 1e-6f);
        CodecAssert.Equal(file[weightName].ToArray<float>(), weights, 1e-6f);
    }
}
