using Akimbo.Tensors.Kernels;
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
    [InlineData(16, 16, 128, 2)]
    [InlineData(8, 6, 256, 0)]
    [InlineData(4, 4, 256, 0)]
    [InlineData(64, 64, 16, 0)]
    public void BestTile_OfMapAndChannels_IsTheFastest(int height, int width, int channels, int tile) =>
        Assert.Equal(tile, WinogradConvolution.BestTile(new ConvolutionGeometry(1, channels, height, width, channels, KernelSize: 3, Padding: 1)));

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
