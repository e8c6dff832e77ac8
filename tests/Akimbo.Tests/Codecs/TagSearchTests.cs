using Akimbo.Codecs;

namespace Akimbo.Tests.Codecs;

public sealed class TagSearchTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(1, 7, 2)]
    [InlineData(5, 7, 2)]
    [InlineData(13, 9, 1)]
    [InlineData(6, 8, 3)]
    public void Find_OnRandomMaps_MatchesTheDefinition(int height, int width, int tagLength)
    {
        var random = new Random(3);
        for (int trial = 0; trial < 50; trial++)
        {
            float[] heatmaps = Values(2 * height * width, () => random.Next(8) / 8f);
            float[] tags = Values(tagLength * heatmaps.Length, () => random.NextSingle() * 4);
            float[] tag = Values(tagLength, () => random.NextSingle() * 4);
            var maps = new TaggedHeatmaps(heatmaps, tags, keypointCount: 2, height, width);
            Assert.Equal(ByDefinition(maps, keypoint: 1, tag), TagSearch.Find(maps, keypoint: 1, tag));
        }
    }

    [Fact]
    public void Find_WhereNothingIsFinite_IsNull()
    {
        float[] heatmaps = new float[20];
        Array.Fill(heatmaps, float.NaN, 0, 10);
        Array.Fill(heatmaps, float.PositiveInfinity, 10, 10);
        Assert.Null(TagSearch.Find(new TaggedHeatmaps(heatmaps, new float[20], 1, 2, 10), keypoint: 0, [0]));
    }

    [Fact]
    public void Find_TagOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => TagSearch.Find(new TaggedHeatmaps(new float[4], new float[8], 1, 2, 2), keypoint: 0, [0]));

    private static Peak? ByDefinition(TaggedHeatmaps maps, int keypoint, float[] tag)
    {
        float best = float.NegativeInfinity;
        Peak? found = null;
        for (int y = 0; y < maps.Height; y++)
            for (int x = 0; x < maps.Width; x++)
            {
                float sum = 0;
                float[] here = maps.TagAt(keypoint, x, y);
                for (int i = 0; i < tag.Length; i++) sum += (here[i] - tag[i]) * (here[i] - tag[i]);
                float value = maps.Heatmap(keypoint)[y * maps.Width + x];
                if (value - MathF.Round(MathF.Sqrt(sum)) is float fit && fit > best) (best, found) = (fit, new Peak(x, y, value));
            }

        return found;
    }

    private static float[] Values(int count, Func<float> next)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = next();
        return values;
    }
}
