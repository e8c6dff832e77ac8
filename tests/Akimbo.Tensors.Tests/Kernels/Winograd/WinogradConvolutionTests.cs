using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;
using Akimbo.Tensors.Tests.Kernels.Convolutions;

namespace Akimbo.Tensors.Tests.Kernels.Winograd;

public sealed class WinogradConvolutionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 40)]
    [InlineData(40, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(8, 6)]
    [InlineData(16, 12)]
    [InlineData(17, 19)]
    [InlineData(32, 28)]
    public void Run_EveryMapSize_EqualsDefinition(int height, int width)
    {
        var random = new Random(height * 100 + width);
        foreach (var (inChannels, outChannels) in new[] { (1, 1), (16, 16), (17, 33), (32, 48), (5, 80) })
            foreach (int batch in new[] { 1, 3 })
                ConvolutionCase.Draw(random, new ConvolutionGeometry(batch, inChannels, height, width, outChannels, KernelSize: 3, Padding: 1)).Check();
    }

    [Fact]
    public void Run_NetworkLayer_EqualsDefinition() =>
        new ConvolutionCase(new ConvolutionGeometry(1, 128, 16, 16, 128, KernelSize: 3, Padding: 1), HasBias: true, HasResidual: true, ActivationRange.Relu).Check();

    [Theory]
    [InlineData(64, 48, 32, 4)]
    [InlineData(64, 64, 128, 4)]
    [InlineData(8, 6, 256, 2)]
    [InlineData(64, 64, 16, 0)]
    public void Best_OfMapAndChannels_IsTheFastest(int height, int width, int channels, int tile) =>
        Assert.Equal(tile, WinogradTile.Best(new ConvolutionGeometry(1, channels, height, width, channels, KernelSize: 3, Padding: 1), SimdPath.Vector512));

    [Fact]
    public void Best_ManyThreads_SharesOutEveryGroupOfTilesAndPanelOnce()
    {
        var geometry = new ConvolutionGeometry(1, 64, 37, 41, 96, KernelSize: 3, Padding: 1);
        for (int threads = 1; threads <= 8; threads++)
        {
            var plan = WinogradPlan.Best(geometry, SimdPath.Vector512, tile: 4, threads);

            Assert.InRange(plan.Blocks, 1, plan.Groups);
            Assert.InRange(plan.PanelParts, 1, 3);
            Assert.True(2 * plan.Chunks > threads, $"{plan.Chunks} parts for {threads} threads.");
            Assert.Equal(10 * 11, Enumerable.Range(0, plan.Groups).Sum(group => Math.Min(plan.TilesOf(group), 110 - plan.FirstTileOf(group))));
        }
    }

    [Fact]
    public void Fits_OnlyThreeByThreeOfStrideOneInOneGroup()
    {
        var fitting = new ConvolutionGeometry(1, 32, 8, 8, 32, KernelSize: 3, Padding: 1);

        Assert.True(WinogradConvolution.Fits(fitting));
        Assert.False(WinogradConvolution.Fits(fitting with { Stride = 2 }));
        Assert.False(WinogradConvolution.Fits(fitting with { Padding = 0 }));
        Assert.False(WinogradConvolution.Fits(fitting with { Groups = 2 }));
        Assert.False(WinogradConvolution.Fits(fitting with { KernelSize = 5 }));
    }
}
