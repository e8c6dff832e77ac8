using Akimbo.Codecs;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class PeakFinderTests
{
    [Theory]
    [InlineData("one")]
    [InlineData("three")]
    [InlineData("six")]
    public void Find_RecordedMaps_GivesTheRecordedTop30(string name)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture($"decoding/pose_ae_parse_{name}.safetensors"));
        float[] maps = file["det"].ToArray<float>();
        long[] places = file["top30_loc_xy"].ToArray<long>();
        float[] values = file["top30_val"].ToArray<float>();
        int keypoints = file["det"].Shape[0], height = file["det"].Shape[1], width = file["det"].Shape[2];

        int compared = 0;
        for (int k = 0; k < keypoints; k++)
        {
            List<Peak> peaks = PeakFinder.Find(maps.AsSpan(k * height * width, height * width), width, threshold: 0.001, kernelSize: 3, limit: 30);
            for (int i = 0; i < 30 && values[k * 30 + i] > 0.001; i++, compared++)
            {
                int at = k * 30 + i;
                Assert.Equal(new Peak((int)places[2 * at], (int)places[2 * at + 1], values[at]), peaks[i]);
            }
        }

        Assert.True(compared > 14);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 23)]
    [InlineData(23, 1)]
    [InlineData(5, 7)]
    [InlineData(9, 8)]
    [InlineData(17, 33)]
    public void Find_OnRandomMaps_MatchesMaxPooling(int height, int width)
    {
        var random = new Random(7);
        foreach (int kernel in new[] { 1, 3, 5 })
            foreach (int limit in new[] { 1, 4, 1000 })
            {
                // Few different values, so that there are plateaus and ties.
                float[] map = new float[height * width];
                for (int i = 0; i < map.Length; i++) map[i] = random.Next(6) / 10f;
                Assert.Equal(
                    ByDefinition(map, width, 0.1, kernel, limit),
                    PeakFinder.Find(map, width, threshold: 0.1, kernel, limit));
            }
    }

    [Fact]
    public void Find_OnAPlateau_KeepsEveryPixelInRowOrder()
    {
        float[] map = [0, 0, 0, 0, 0, 0.5f, 0.5f, 0, 0, 0.5f, 0.25f, 0];
        Assert.Equal(
            [new Peak(1, 1, 0.5f), new Peak(2, 1, 0.5f), new Peak(1, 2, 0.5f)],
            PeakFinder.Find(map, width: 4, threshold: 0.1, kernelSize: 3, limit: 10));
    }

    [Theory]
    [InlineData(0.1, 0.1f, true)] // 0.1f lies above 0.1, as in the reference's comparison in double precision
    [InlineData(0.3, 0.3f, true)]
    [InlineData(0.7, 0.7f, false)]
    [InlineData(0.5, 0.5f, false)]
    public void Find_ValueAtTheThreshold_ComparesInDoublePrecision(double threshold, float value, bool expected)
    {
        float[] map = new float[400];
        map[37] = value;
        Assert.Equal(expected, PeakFinder.Find(map, width: 20, threshold, kernelSize: 3, limit: 3).Count == 1);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Find_BesideAValueThatIsNoNumber_IsNotDisturbed(float value)
    {
        float[] map = new float[9 * 9];
        map[4 * 9 + 4] = 0.5f;
        map[4 * 9 + 5] = value;
        Assert.Equal([new Peak(4, 4, 0.5f)], PeakFinder.Find(map, width: 9, threshold: 0.1, kernelSize: 3, limit: 9));
    }

    [Fact]
    public void Find_Infinity_IsNoPeak()
    {
        float[] map = new float[40];
        map[3] = float.PositiveInfinity;
        Assert.Empty(PeakFinder.Find(map, width: 8, threshold: 0.1, kernelSize: 3, limit: 9));
    }

    [Fact]
    public void Find_AllNaN_FindsNothing()
    {
        float[] map = new float[35];
        Array.Fill(map, float.NaN);
        Assert.Empty(PeakFinder.Find(map, width: 7, threshold: 0, kernelSize: 5, limit: 30));
    }

    [Fact]
    public void Find_WithBadArguments_Throws()
    {
        Assert.Throws<ArgumentException>(() => PeakFinder.Find(new float[10], width: 3, threshold: 0, kernelSize: 3, limit: 1));
        Assert.Throws<ArgumentException>(() => PeakFinder.Find(new float[9], width: 3, threshold: 0, kernelSize: 2, limit: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PeakFinder.Find(new float[9], width: 3, threshold: 0, kernelSize: 3, limit: 0));
    }

    private static List<Peak> ByDefinition(float[] map, int width, double threshold, int kernel, int limit)
    {
        int height = map.Length / width, radius = kernel / 2;
        var peaks = new List<Peak>();
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                float pooled = float.NegativeInfinity;
                for (int dy = -radius; dy <= radius; dy++)
                    for (int dx = -radius; dx <= radius; dx++)
                        if (y + dy >= 0 && y + dy < height && x + dx >= 0 && x + dx < width)
                            pooled = Math.Max(pooled, map[(y + dy) * width + x + dx]);
                if (map[y * width + x] == pooled && pooled > threshold) peaks.Add(new Peak(x, y, pooled));
            }

        return [.. peaks.OrderByDescending(peak => peak.Score).Take(limit)];
    }
}
