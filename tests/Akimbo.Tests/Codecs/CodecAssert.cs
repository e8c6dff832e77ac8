using Akimbo.Codecs;
using Akimbo.Geometry;

namespace Akimbo.Tests.Codecs;

/// <summary>What every codec is tested for.</summary>
internal static class CodecAssert
{
    /// <summary>Decode(Encode(k)) is k, and the errors have no common direction.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="keypoints">Visible keypoints well inside the input.</param>
    /// <param name="height">Rows of a heatmap.</param>
    /// <param name="width">Columns of a heatmap.</param>
    /// <param name="tolerance">The largest error in x and in y, in heatmap pixels.</param>
    /// <param name="bias">The largest mean error in x and in y, in heatmap pixels.</param>
    public static void RoundTrip(
        HeatmapCodec codec, LabelledPoint<InputPoint>[] keypoints, int height, int width, double tolerance, double bias)
    {
        float[] heatmaps = new float[keypoints.Length * height * width], weights = new float[keypoints.Length];
        Array.Fill(heatmaps, 5);
        codec.Encode(keypoints, heatmaps, weights, height, width);
        IReadOnlyList<DecodedKeypoint> decoded = codec.Decode(heatmaps, height, width);

        Transform<InputPoint, HeatmapPoint> inputToHeatmap = codec.HeatmapToInput.Invert();
        double sumX = 0, sumY = 0;
        for (int i = 0; i < keypoints.Length; i++)
        {
            HeatmapPoint expected = inputToHeatmap.Apply(keypoints[i].Position);
            Assert.Equal(expected.X, decoded[i].Position.X, tolerance);
            Assert.Equal(expected.Y, decoded[i].Position.Y, tolerance);
            Assert.True(decoded[i].Score > 0);
            Assert.Equal(1, weights[i]);
            sumX += decoded[i].Position.X - expected.X;
            sumY += decoded[i].Position.Y - expected.Y;
        }

        Assert.Equal(0, sumX / keypoints.Length, bias);
        Assert.Equal(0, sumY / keypoints.Length, bias);
    }

    /// <summary>Equal values up to a tolerance.</summary>
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance)) Assert.Fail($"Value {i} is {actual[i]}, expected {expected[i]}.");
    }
}
