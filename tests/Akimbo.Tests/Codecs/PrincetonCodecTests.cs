using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class PrincetonCodecTests
{
    [Fact]
    public void Decode_OfEncode_ReturnsTheKeypoint()
    {
        var keypoints = LabelledPoints.Random(200, left: 20, top: 20, right: 236, bottom: 236);
        // On its own target the neighbours are equal, and the reference then moves left and up by a quarter.
        CodecAssert.RoundTrip(new PrincetonCodec(), keypoints, 64, 64, tolerance: 0.75, bias: 0.3);
        CodecAssert.RoundTrip(new PrincetonCodec(adjustment: PeakAdjustment.None), keypoints, 64, 64, tolerance: 0.5, bias: 0.05);
    }

    [Fact]
    public void Encode_OfRecordedKeypoints_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/princeton_heatmaps.safetensors"));
        var keypoints = LabelledPoints.Of<InputPoint>(file["keypoints"].ToArray<double>(), groupLength: 3, _ => 1);
        float[] heatmaps = new float[16 * 64 * 64], weights = new float[16];

        new PrincetonCodec(stride: 1).Encode(keypoints, heatmaps, weights, 64, 64);

        CodecAssert.Equal(file["heatmaps"].ToArray<float>(), heatmaps, 1e-6f);
        Assert.All(weights, weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData("parsed_adjusted_xyv", PeakAdjustment.QuarterOffset, 0.5)]
    [InlineData("parsed_unadjusted_xyv", PeakAdjustment.None, 0)]
    public void Decode_OfRecordedHeatmaps_EqualsTheReference(string name, PeakAdjustment adjustment, double corner)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/princeton_parse.safetensors"));

        var decoded = new PrincetonCodec(adjustment: adjustment).Decode(file["heatmaps"].ToArray<float>(), 32, 32);

        double[][] expected = [.. file[name].ToArray<double>().Chunk(3)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((float)expected[i][2], decoded[i].Score);
            bool isFound = expected[i][2] > 0;
            Assert.Equal(isFound ? new HeatmapPoint(expected[i][0] - corner, expected[i][1] - corner) : default, decoded[i].Position);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Decode_OfAveragedMapsToThePhoto_EqualsTheReference(int index)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/princeton_post_process.safetensors"));
        double[] centre = file[$"center_{index}"].ToArray<double>();
        var inputToImage = CentreScaleTransform.InputToImage(
            new ImagePoint(centre[0], centre[1]), file[$"scale_{index}"].ToArray<double>()[0], width: 128, height: 128);
        var codec = new PrincetonCodec();

        var heatmapToImage = codec.HeatmapToInput.Then(inputToImage);
        Compare(file, $"preds_{index}", codec, (point) => CentreScaleTransform.Truncate(heatmapToImage.Apply(point)), tolerance: 0);
    }

    [Fact]
    public void Decode_OfAveragedMapsToTheCrop_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/princeton_post_process.safetensors"));
        var codec = new PrincetonCodec();
        Compare(file, "crop_only_preds", codec, point => ToImage(codec.HeatmapToInput.Apply(point)), tolerance: 1e-4);

        static ImagePoint ToImage(InputPoint point) => new(point.X, point.Y);
    }

    private static void Compare(SafetensorsFile file, string name, PrincetonCodec codec, Func<HeatmapPoint, ImagePoint> map, double tolerance)
    {
        float[] heatmaps = file["heatmaps"].ToArray<float>();
        int[] flipIndices = Array.ConvertAll(file["flipped_parts"].ToArray<long>(), index => (int)index);
        FlipAverage.Merge(
            heatmaps, file["heatmaps_of_mirrored_input"].ToArray<float>(), flipIndices, 32, 32, shift: false, ceiling: 1);
        Assert.Equal(file["averaged"].ToArray<float>(), heatmaps);

        var decoded = codec.Decode(heatmaps, 32, 32);
        double[][] expected = [.. file[name].ToArray<double>().Chunk(3)];
        int found = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((float)expected[i][2], decoded[i].Score);
            if (!(decoded[i].Score > 0)) continue;
            found++;
            ImagePoint point = map(decoded[i].Position);
            Assert.Equal(expected[i][0], point.X, tolerance);
            Assert.Equal(expected[i][1], point.Y, tolerance);
        }

        Assert.Equal(15, found);
    }
}
