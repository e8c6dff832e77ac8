using Akimbo.Codecs;

namespace Akimbo.Tests.Codecs;

public sealed class SmoothedHeatmapTests
{
    [Theory]
    [InlineData(1, 1, 3)]
    [InlineData(3, 7, 5)]
    [InlineData(9, 2, 7)]
    [InlineData(48, 33, 5)]
    public void Write_AnyMap_EqualsTheBlurEvaluatedPixelByPixel(int height, int width, int kernelSize)
    {
        var random = new Random(kernelSize);
        float[] map = [.. Enumerable.Range(0, height * width).Select(_ => random.NextSingle())], smoothed = new float[map.Length];
        double[] kernel = BlurredHeatmap.Kernel(kernelSize);
        SmoothedHeatmap.Write(map, width, kernel, smoothed);

        var blurred = new BlurredHeatmap(map, width, kernel, reflect: false);
        for (int i = 0; i < map.Length; i++) Assert.Equal(Math.Exp(blurred.LogAt(i % width, i / width)), smoothed[i], 1e-5);
    }

    [Fact]
    public void Write_LargestPixelAlone_PeaksWhereMoreLiesTogether()
    {
        float[] map = new float[20 * 20], smoothed = new float[map.Length];
        map[3 * 20 + 3] = 0.6f;
        foreach (int at in (int[])[12 * 20 + 12, 12 * 20 + 13, 13 * 20 + 12, 13 * 20 + 13, 12 * 20 + 11]) map[at] = 0.5f;

        SmoothedHeatmap.Write(map, 20, BlurredHeatmap.Kernel(5), smoothed);

        Assert.Equal((3, 3), (ArgMax.Find(map, 20)!.Value.X, ArgMax.Find(map, 20)!.Value.Y));
        Assert.Equal((12, 12), (ArgMax.Find(smoothed, 20)!.Value.X, ArgMax.Find(smoothed, 20)!.Value.Y));
    }
}
