using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class VolumetricIntegralCodecTests
{
    [Fact]
    public void Decode_OfRecordedVolumes_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/integral_3d.safetensors"));
        float[][] expected = [.. file["xyz_normalised"].ToArray<float>().Chunk(3)];
        double[][] patch = [.. file["xyz_in_patch_40x48"].ToArray<double>().Chunk(3)];

        var points = VolumetricIntegralCodec.Decode(file["volumes_n_jd_h_w"].ToArray<float>(), depth: 8, height: 12, width: 10);

        Assert.Equal(expected.Length, points.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i][0], points[i].X, 1e-6);
            Assert.Equal(expected[i][1], points[i].Y, 1e-6);
            Assert.Equal(expected[i][2], points[i].Z, 1e-6);
            InputPoint input = points[i].ToInput(width: 40, height: 48);
            Assert.Equal(patch[i][0], input.X, 1e-4);
            Assert.Equal(patch[i][1], input.Y, 1e-4);
        }
    }

    [Fact]
    public void Decode_OfASinglePeak_IsThere()
    {
        float[] volume = new float[4 * 5 * 10];
        volume[3 * 50 + 2 * 10 + 5] = 200;
        VolumePoint point = Assert.Single(VolumetricIntegralCodec.Decode(volume, depth: 4, height: 5, width: 10));
        Assert.Equal(0, point.X, 1e-9);
        Assert.Equal(-0.1, point.Y, 1e-9);
        Assert.Equal(0.25, point.Z, 1e-9);
    }

    [Fact]
    public void Decode_OfAPartOfAVolume_Throws()
    {
        Assert.Throws<ArgumentException>(() => VolumetricIntegralCodec.Decode(new float[7], 2, 2, 2));
        Assert.Throws<ArgumentException>(() => VolumetricIntegralCodec.Decode(new float[8], int.MaxValue, int.MaxValue, int.MaxValue));
    }
}
