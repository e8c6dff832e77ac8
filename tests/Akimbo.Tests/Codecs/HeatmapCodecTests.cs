using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Networks.Operations;

namespace Akimbo.Tests.Codecs;

public sealed class HeatmapCodecTests
{
    public static TheoryData<HeatmapCodec> Codecs =>
    [
        new PrincetonCodec(), new BearpawCodec(), new HighResolutionCodec(), new DarkCodec(), new UnbiasedCodec(32, 24, 8, 6),
        new IntegralCodec(), new IntegralCodec(new IntegralCodecOptions { Order = SoftArgMaxOrder.SumsFirst }),
    ];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Decode_OfHostileValues_StaysInside(HeatmapCodec codec)
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, -float.MaxValue, float.Epsilon, 0, 1, -1];
        var random = new Random(5);
        for (int round = 0; round < 300; round++)
        {
            float[] heatmaps = new float[2 * 48];
            for (int i = 0; i < heatmaps.Length; i++)
                heatmaps[i] = random.Next(3) == 0 ? special[random.Next(special.Length)] : random.NextSingle();
            foreach (DecodedKeypoint keypoint in codec.Decode(heatmaps, height: 6, width: 8))
            {
                Assert.InRange(keypoint.Position.X, -2, 9);
                Assert.InRange(keypoint.Position.Y, -2, 7);
                Assert.True(float.IsFinite(keypoint.Score));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void EncodeAndDecode_WithWrongLengths_NameThem(HeatmapCodec codec)
    {
        var decoding = Assert.Throws<ArgumentException>(() => codec.Decode(new float[49], height: 6, width: 8));
        Assert.Contains("49 came", decoding.Message, StringComparison.Ordinal);
        var encoding = Assert.Throws<ArgumentException>(
            () => codec.Encode(new LabelledPoint<InputPoint>[2], new float[48], new float[1], height: 6, width: 8));
        Assert.Contains("2 and 1 came", encoding.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => codec.Decode(new float[48], height: 0, width: 8));
        Assert.Throws<ArgumentException>(() => codec.Decode(new float[48], height: int.MaxValue, width: int.MaxValue));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Encode_OfUnlabelledKeypoint_LeavesTheMapEmpty(HeatmapCodec codec)
    {
        float[] heatmaps = new float[48], weights = [7];
        Array.Fill(heatmaps, 3);
        codec.Encode([new LabelledPoint<InputPoint>(new InputPoint(15, 12), 0)], heatmaps, weights, height: 6, width: 8);
        Assert.All(heatmaps, value => Assert.Equal(0, value));
        Assert.Equal(codec is PrincetonCodec ? 1 : 0, weights[0]);
    }

    [Fact]
    public void Decode_OfATiltedPeak_IsItsTop()
    {
        // A person's pose makes real maps longer in one direction; the mixed derivative is then not zero.
        float[] heatmap = new float[48 * 48];
        for (int i = 0; i < heatmap.Length; i++)
        {
            double dx = i % 48 - 23.3, dy = i / 48 - 24.4;
            heatmap[i] = (float)Math.Exp(-(dx * dx - 1.2 * dx * dy + dy * dy) / 12);
        }

        foreach (HeatmapCodec codec in new HeatmapCodec[] { new DarkCodec(), new UnbiasedCodec(192, 192, 48, 48) })
        {
            HeatmapPoint top = codec.Decode(heatmap, 48, 48)[0].Position;
            Assert.Equal(23.3, top.X, 0.02);
            Assert.Equal(24.4, top.Y, 0.02);
        }
    }
}
