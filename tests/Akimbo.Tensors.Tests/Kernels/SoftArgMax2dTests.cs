using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Regression;

namespace Akimbo.Tensors.Tests.Kernels;

public sealed class SoftArgMax2dTests
{
    [Fact]
    public void SoftmaxFirst_TwoEqualPeaks_LiesBetweenThem()
    {
        float[] map = new float[5 * 7];
        map[1 * 7 + 2] = map[3 * 7 + 6] = 100;

        Assert.Equal((4f, 2f), SoftArgMax2d.SoftmaxFirst(map, step: 1, height: 5, width: 7, temperature: 1));
    }

    [Fact]
    public void SumsFirst_RidgeAndPeak_FollowsTheSums()
    {
        // The highest pixel is in column 0, the largest column sum in column 3.
        float[] map = new float[4 * 4];
        map[0] = 50;
        for (int row = 0; row < 4; row++) map[row * 4 + 3] = 30;

        var (x, y) = SoftArgMax2d.SumsFirst(map, step: 1, height: 4, width: 4, temperature: 1);

        Assert.Equal(3, x, tolerance: 1e-6f);
        Assert.Equal(0, y, tolerance: 1e-6f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void BothOrders_TwoPixels_AreTheLogisticFunction(float temperature)
    {
        float[] map = [0.5f, 2f];
        float expected = (float)(1 / (1 + Math.Exp((0.5 - 2) / temperature)));

        Assert.Equal(expected, SoftArgMax2d.SoftmaxFirst(map, step: 1, height: 1, width: 2, temperature).X, tolerance: 1e-6f);
        Assert.Equal(expected, SoftArgMax2d.SumsFirst(map, step: 1, height: 2, width: 1, temperature).Y, tolerance: 1e-6f);
    }

    [Fact]
    public void BothOrders_OnePixel_AreTheOrigin()
    {
        Assert.Equal((0f, 0f), SoftArgMax2d.SoftmaxFirst([-7], step: 1, height: 1, width: 1, temperature: 1));
        Assert.Equal((0f, 0f), SoftArgMax2d.SumsFirst([-7], step: 1, height: 1, width: 1, temperature: 1));
    }

    [Fact]
    public void BothOrders_HugeScores_StayFinite()
    {
        float[] map = [1e30f, -1e30f, 0, 1e30f];

        Assert.Equal((0.5f, 0.5f), SoftArgMax2d.SoftmaxFirst(map, step: 1, height: 2, width: 2, temperature: 1e-3f));
        Assert.Equal((1f, 1f), SoftArgMax2d.SumsFirst([0, 0, 0, 1e30f], step: 1, height: 2, width: 2, temperature: 1e-3f));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(8, 2)]
    public void BothOrders_OneLaneOfABlockedMap_EqualThePlainMap(int height, int width)
    {
        var random = new Random(1);
        float[] map = new float[height * width], blocked = new float[height * width * BlockedLayout.Lanes];
        for (int i = 0; i < blocked.Length; i++) blocked[i] = float.NaN;
        for (int p = 0; p < map.Length; p++) blocked[p * BlockedLayout.Lanes + 5] = map[p] = random.NextSingle() * 4;
        var lane = blocked.AsSpan(5);

        Assert.Equal(SoftArgMax2d.SoftmaxFirst(map, 1, height, width, temperature: 1), SoftArgMax2d.SoftmaxFirst(lane, BlockedLayout.Lanes, height, width, temperature: 1));
        Assert.Equal(SoftArgMax2d.SumsFirst(map, 1, height, width, temperature: 1), SoftArgMax2d.SumsFirst(lane, BlockedLayout.Lanes, height, width, temperature: 1));
    }
}
