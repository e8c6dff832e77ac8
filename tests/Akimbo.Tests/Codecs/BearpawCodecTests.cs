using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class BearpawCodecTests
{
    [Fact]
    public void Decode_OfEncode_ReturnsTheKeypoint()
    {
        var keypoints = LabelledPoints.Random(200, left: 20, top: 20, right: 236, bottom: 236);
        CodecAssert.RoundTrip(new BearpawCodec(), keypoints, 64, 64, tolerance: 0.5, bias: 0.05);
    }

    [Fact]
    public void Encode_InsideOnTheEdgeAndOutside_WeighsWhatCanBeLearnt()
    {
        LabelledPoint<InputPoint>[] keypoints =
        [
            new(new InputPoint(8, 8), 1), new(new InputPoint(-12, 8), 1), new(new InputPoint(-20, 8), 1),
            new(new InputPoint(76, 8), 1), new(new InputPoint(72, 8), 1), new(new InputPoint(8, 8), 0),
        ];
        float[] heatmaps = new float[6 * 16 * 16], weights = new float[6];

        new BearpawCodec().Encode(keypoints, heatmaps, weights, 16, 16);

        Assert.Equal([1, 1, 0, 0, 1, 0], weights);
        Assert.Equal(1, heatmaps[2 * 16 + 2]);
        Assert.Equal((float)Math.Exp(-0.5), heatmaps[2 * 16 + 3]);
        Assert.Equal(0, heatmaps[2 * 16 + 6]);
        Assert.Equal((float)Math.Exp(-4.5), heatmaps[256 + 2 * 16]);
    }

    [Fact]
    public void Decode_OfRecordedHeatmaps_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/bearpaw_final_preds.safetensors"));
        float[] heatmaps = file["heatmaps"].ToArray<float>();
        float[][] maxima = [.. file["preds_one_based"].ToArray<float>().Chunk(2)], expected = [.. file["final_preds"].ToArray<float>().Chunk(2)];
        float[] centres = file["center"].ToArray<float>(), scales = file["scale"].ToArray<float>();
        var codec = new BearpawCodec(stride: 1);

        for (int n = 0; n < 2; n++)
        {
            var decoded = codec.Decode(heatmaps.AsSpan(n * 16 * 256, 16 * 256), 16, 16);
            var heatmapToImage = codec.HeatmapToInput.Then(InputToImage(centres[2 * n], centres[2 * n + 1], scales[n]));
            for (int i = 0; i < 16; i++)
            {
                float[] maximum = maxima[n * 16 + i];
                Assert.Equal(maximum[0] > 0, decoded[i].Score > 0);
                if (maximum[0] == 0) continue;

                Assert.Equal(maximum[0] - 1, Math.Round(decoded[i].Position.X));
                Assert.Equal(maximum[1] - 1, Math.Round(decoded[i].Position.Y));
                ImagePoint point = CentreScaleTransform.Truncate(heatmapToImage.Apply(decoded[i].Position));
                Assert.Equal((expected[n * 16 + i][0], expected[n * 16 + i][1]), (point.X + 1, point.Y + 1));
            }
        }
    }

    /// <summary>The reference computes the crop's matrix in single precision, which decides where whole numbers are cut.</summary>
    private static Transform<InputPoint, ImagePoint> InputToImage(float x, float y, float scale)
    {
        AffineTransform crop = CentreScaleTransform.ImageToInput(new ImagePoint(x, y), scale, 16, 16).Matrix;
        return new(new AffineTransform((float)crop.M11, 0, (float)crop.M13, 0, (float)crop.M22, (float)crop.M23).Invert());
    }
}
