using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Networks.Operations;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class IntegralCodecTests
{
    [Theory]
    [InlineData(SoftArgMaxOrder.SoftmaxFirst, 0.7)]
    [InlineData(SoftArgMaxOrder.SumsFirst, 3)]
    public void Decode_OfEncode_ReturnsTheKeypoint(SoftArgMaxOrder order, double temperature)
    {
        var keypoints = LabelledPoints.Random(200, left: 44, top: 44, right: 144, bottom: 208);
        var codec = new IntegralCodec(new IntegralCodecOptions { Order = order, Temperature = temperature });
        CodecAssert.RoundTrip(codec, keypoints, 64, 48, tolerance: 0.1, bias: 0.01);
    }

    [Theory]
    [InlineData("joints", "heatmaps_64x32_len64", 64)]
    [InlineData("joints_b", "heatmaps_b_64x32_len200", 200)]
    public void Encode_OfRecordedKeypoints_EqualsTheReference(string points, string maps, double boxLength)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/make_gaussian.safetensors"));
        double[] values = points == "joints"
            ? Array.ConvertAll(file[points].ToArray<long>(), value => (double)value)
            : file[points].ToArray<double>();
        float[] expected = file[maps].ToArray<float>(), heatmaps = new float[expected.Length];

        new IntegralCodec(new IntegralCodecOptions { Stride = 1, FullWidth = IntegralCodecOptions.FullWidthOf(boxLength) }).Encode(
            LabelledPoints.Of<InputPoint>(values, groupLength: 2, _ => 1), heatmaps, new float[values.Length / 2], 64, 32);

        CodecAssert.Equal(expected, heatmaps, 1e-5f);
    }

    [Fact]
    public void Encode_OfTheMiddle_EqualsTheReference()
    {
        double[] expected = Safetensors.Load(Repository.Fixture("data/make_gaussian.safetensors"))["gaussian_7x5_sigma3_centred"].ToArray<double>();
        float[] heatmap = new float[35];

        new IntegralCodec(new IntegralCodecOptions { Stride = 1, FullWidth = 3 }).Encode(
            [new LabelledPoint<InputPoint>(new InputPoint(2, 3), 1)], heatmap, new float[1], 7, 5);

        CodecAssert.Equal(Array.ConvertAll(expected, value => (float)value), heatmap, 1e-5f);
    }

    [Theory]
    [InlineData("xy_softmax_before_sums", SoftArgMaxOrder.SoftmaxFirst)]
    [InlineData("xy_softmax_after_sums", SoftArgMaxOrder.SumsFirst)]
    public void Decode_OfRecordedHeatmaps_EqualsTheReference(string name, SoftArgMaxOrder order)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/integral_2d.safetensors"));

        var decoded = new IntegralCodec(new IntegralCodecOptions { Order = order }).Decode(file["heatmaps"].ToArray<float>(), 64, 32);

        float[][] expected = [.. file[name].ToArray<float>().Chunk(2)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i][0], decoded[i].Position.X, 1e-4);
            Assert.Equal(expected[i][1], decoded[i].Position.Y, 1e-4);
            Assert.InRange(decoded[i].Score, 0f, 1f);
        }
    }

    [Fact]
    public void Decode_OfAFlatMap_IsTheMiddleWithTheLeastScore()
    {
        var decoded = new IntegralCodec().Decode(new float[12], height: 3, width: 4)[0];
        Assert.Equal(1.5, decoded.Position.X, 1e-12);
        Assert.Equal(1, decoded.Position.Y, 1e-12);
        Assert.Equal(1 / 12f, decoded.Score, 1e-6f);
    }

    [Theory]
    [InlineData(0, 4, 10)]
    [InlineData(1, double.NaN, 10)]
    [InlineData(1, 4, -1)]
    public void Constructor_WithBadOption_Throws(double temperature, double fullWidth, float height) =>
        Assert.Throws<ArgumentException>(() => new IntegralCodec(new IntegralCodecOptions { Temperature = temperature, FullWidth = fullWidth, Height = height }));
}
