using Akimbo.Codecs;
using Akimbo.Geometry;

namespace Akimbo.Tests.Codecs;

public sealed class SubPixelTests
{
    private static readonly float[] Map =
    [
        0, 2, 0,
        3, 8, 5,
        0, 6, 0,
    ];

    [Fact]
    public void Locate_None_StaysAtThePeak() =>
        Assert.Equal(new HeatmapPoint(1, 1), SubPixel.Locate(Map, width: 3, x: 1, y: 1, PeakAdjustment.None));

    [Fact]
    public void Locate_QuarterOffset_GoesTowardsTheLargerNeighbour()
    {
        Assert.Equal(new HeatmapPoint(1.25, 1.25), SubPixel.Locate(Map, width: 3, x: 1, y: 1, PeakAdjustment.QuarterOffset));
        Assert.Equal(new HeatmapPoint(0.75, 0.75), SubPixel.Locate(new float[9], width: 3, x: 1, y: 1, PeakAdjustment.QuarterOffset));
    }

    [Fact]
    public void Locate_QuarterOffsetAtTheBorder_ComparesWithThePeakItself()
    {
        // At the corner the peak stands for the neighbour that is missing.
        Assert.Equal(new HeatmapPoint(-0.25, -0.25), SubPixel.Locate([9, 1, 1, 1], width: 2, x: 0, y: 0, PeakAdjustment.QuarterOffset));
        Assert.Equal(new HeatmapPoint(1.25, 1.25), SubPixel.Locate([1, 1, 1, 9], width: 2, x: 1, y: 1, PeakAdjustment.QuarterOffset));
    }

    [Theory]
    [InlineData(4.3, 5.8)]
    [InlineData(5.5, 4.6)]
    [InlineData(5, 5)]
    public void Locate_ParabolaOnAQuadratic_IsExact(double peakX, double peakY)
    {
        float[] map = new float[11 * 11];
        for (int y = 0; y < 11; y++)
            for (int x = 0; x < 11; x++)
                map[y * 11 + x] = (float)(100 - (x - peakX) * (x - peakX) - 2 * (y - peakY) * (y - peakY));

        HeatmapPoint point = SubPixel.Locate(map, width: 11, (int)Math.Round(peakX), (int)Math.Round(peakY), PeakAdjustment.Parabola);

        Assert.Equal(peakX, point.X, 1e-5);
        Assert.Equal(peakY, point.Y, 1e-5);
    }

    [Fact]
    public void Locate_ParabolaWithoutATop_StaysAtThePeak()
    {
        Assert.Equal(new HeatmapPoint(1, 0), SubPixel.Locate([1, 1, 1], width: 3, x: 1, y: 0, PeakAdjustment.Parabola));
        Assert.Equal(new HeatmapPoint(0, 0), SubPixel.Locate([3, 1, 1], width: 3, x: 0, y: 0, PeakAdjustment.Parabola));
        Assert.Equal(new HeatmapPoint(1, 0), SubPixel.Locate([float.NaN, 1, 0], width: 3, x: 1, y: 0, PeakAdjustment.Parabola));
    }
}
