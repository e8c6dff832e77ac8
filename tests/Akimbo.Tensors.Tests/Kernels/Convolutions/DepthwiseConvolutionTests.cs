using Akimbo.Tensors.Kernels;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

public class DepthwiseConvolutionTests
{
    private static readonly int[] Channels = [2, 3, 15, 16, 17, 31, 33, 48];

    [Fact]
    public void Run_EveryKernelStridePaddingAndMap_EqualsDefinition()
    {
        var random = new Random(30);
        foreach (int kernelSize in new[] { 1, 2, 3, 4, 5, 7 })
            for (int stride = 1; stride <= 3; stride++)
                for (int padding = 0; padding <= kernelSize / 2; padding++)
                    foreach (var (height, width) in Samples.Maps)
                        if (Math.Min(height, width) + 2 * padding >= kernelSize)
                            Check(random, random.Pick(Channels), height, width, kernelSize, stride, padding, random.Pick([1, 3]));
    }

    [Fact]
    public void Run_EveryWidthAroundTheStep_EqualsDefinition()
    {
        var random = new Random(31);
        foreach (int channels in Channels)
            for (int width = 1; width <= 18; width++)
                Check(random, channels, height: 2, width, kernelSize: 3, stride: random.Pick([1, 2]), padding: 1);
    }

    [Fact]
    public void Run_EveryWidthAroundTheTiles_EqualsDefinition()
    {
        var random = new Random(34);
        foreach (int kernelSize in new[] { 3, 5, 7 })
            for (int stride = 1; stride <= 2; stride++)
                for (int padding = 0; padding <= kernelSize / 2; padding++)
                    for (int width = 1; width <= 50; width++)
                        if (width + 2 * padding >= kernelSize)
                            Check(random, random.Pick(Channels), random.Next(Math.Max(1, kernelSize - 2 * padding), 10), width, kernelSize, stride, padding);
    }

    [Fact]
    public void Run_RowsWiderThanTheCache_EqualsDefinition()
    {
        var random = new Random(35);
        Check(random, channels: 3, height: 23, width: 90, kernelSize: 7, stride: 1, padding: 3);
        Check(random, channels: 17, height: 21, width: 107, kernelSize: 5, stride: 2, padding: 2, batch: 2);
        Check(random, channels: 3, height: 9, width: 180, kernelSize: 3, stride: 1, padding: 1);
    }

    [Fact]
    public void Run_RowsInSeveralParts_EqualsDefinition()
    {
        var random = new Random(32);
        Check(random, channels: 17, height: 64, width: 70, kernelSize: 3, stride: 1, padding: 1);
        Check(random, channels: 3, height: 90, width: 61, kernelSize: 7, stride: 2, padding: 3);
        Check(random, channels: 3, height: 3, width: 3000, kernelSize: 5, stride: 1, padding: 2);
        Check(random, channels: 3, height: 9, width: 1700, kernelSize: 4, stride: 3, padding: 0);
    }

    [Fact]
    public void Run_PaddingWiderThanHalfTheKernel_EqualsDefinition()
    {
        var random = new Random(33);
        Check(random, channels: 17, height: 1, width: 1, kernelSize: 1, stride: 1, padding: 9);
        Check(random, channels: 16, height: 2, width: 3, kernelSize: 3, stride: 3, padding: 5);
        Check(random, channels: 15, height: 1, width: 1, kernelSize: 2, stride: 7, padding: 3);
    }

    [Fact]
    public void IsDepthwise_OnlyWhereEveryChannelIsAGroup()
    {
        var geometry = new ConvolutionGeometry(1, 16, 8, 8, 16, KernelSize: 3, Groups: 16);

        Assert.True(geometry.IsDepthwise);
        Assert.False((geometry with { Groups = 8 }).IsDepthwise);
        Assert.False((geometry with { OutChannels = 32 }).IsDepthwise);
        Assert.False((geometry with { Transposed = true }).IsDepthwise);
        Assert.False((geometry with { InChannels = 1, OutChannels = 1, Groups = 1 }).IsDepthwise);
    }

    private static void Check(Random random, int channels, int height, int width, int kernelSize, int stride, int padding, int batch = 1)
    {
        var geometry = new ConvolutionGeometry(batch, channels, height, width, channels, kernelSize, stride, padding, Groups: channels);
        ConvolutionCase.Draw(random, geometry).Check();
    }
}
