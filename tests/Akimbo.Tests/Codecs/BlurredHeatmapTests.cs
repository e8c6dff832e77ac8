using Akimbo.Codecs;

namespace Akimbo.Tests.Codecs;

public sealed class BlurredHeatmapTests
{
    [Fact]
    public void Kernel_OfElevenPixels_HasDeviationTwo()
    {
        double[] kernel = BlurredHeatmap.Kernel(11);
        Assert.Equal(1, kernel.Sum(), 1e-12);
        Assert.Equal(Math.Exp(-1 / 8.0), kernel[4] / kernel[5], 1e-12);
        Assert.Equal(kernel[0], kernel[10]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void LogAt_EverywhereInAndAroundAMap_EqualsTheDefinition(bool reflect)
    {
        var random = new Random(2);
        foreach (var (height, width) in new[] { (1, 1), (1, 4), (2, 2), (9, 7) })
        {
            float[] heatmap = new float[height * width];
            for (int i = 0; i < heatmap.Length; i++) heatmap[i] = random.NextSingle();
            var map = new BlurredHeatmap(heatmap, width, BlurredHeatmap.Kernel(7), reflect);
            for (int y = -1; y <= height; y++)
                for (int x = -1; x <= width; x++)
                    Assert.Equal(Defined(heatmap, height, width, x, y, reflect), map.LogAt(x, y), 1e-9);
        }
    }

    [Fact]
    public void LogAt_OfEmptyOrNegativeMap_IsTheFloor() =>
        Assert.Equal(Math.Log(1e-10), new BlurredHeatmap([-1, 0, 0, -1], 2, BlurredHeatmap.Kernel(3), reflect: true).LogAt(0, 0));

    private static double Defined(float[] heatmap, int height, int width, int x, int y, bool reflect)
    {
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        double[] kernel = BlurredHeatmap.Kernel(7);
        double sum = 0;
        for (int dy = -3; dy <= 3; dy++)
        {
            for (int dx = -3; dx <= 3; dx++)
            {
                (bool rowInside, int row) = Continue(y + dy, height);
                (bool columnInside, int column) = Continue(x + dx, width);
                if (reflect || (rowInside && columnInside)) sum += kernel[dy + 3] * kernel[dx + 3] * heatmap[row * width + column];
            }
        }

        return Math.Log(sum);

        static (bool IsInside, int Position) Continue(int position, int size)
        {
            bool isInside = position >= 0 && position < size;
            while (position < 0 || position >= size)
                position = size == 1 ? 0 : position < 0 ? -position : 2 * (size - 1) - position;
            return (isInside, position);
        }
    }
}
