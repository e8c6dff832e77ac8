using Akimbo.Tensors.Kernels;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

public class TransposedConvolutionTests
{
    [Fact]
    public void Run_EveryKernelStridePaddingAndMap_EqualsDefinition()
    {
        var random = new Random(40);
        foreach (int kernelSize in new[] { 2, 3, 4, 5 })
            for (int stride = 1; stride <= 3; stride++)
                for (int padding = 0; padding < kernelSize; padding++)
                    foreach (var (height, width) in Samples.Maps)
                        if ((Math.Min(height, width) - 1) * stride + kernelSize > 2 * padding)
                            ConvolutionCase.DrawSmall(random, () => new ConvolutionGeometry(
                                random.Pick([1, 3]), random.Pick(Samples.Channels), height, width, random.Pick(Samples.Channels), kernelSize, stride, padding, Transposed: true)).Check();
    }

    [Fact]
    public void Run_EveryPairOfChannels_EqualsDefinition()
    {
        var random = new Random(41);
        foreach (int inChannels in Samples.Channels)
            foreach (int outChannels in Samples.Channels)
                Check(random, inChannels, outChannels, (3, 4), kernelSize: 4, stride: 2, padding: 1);
    }

    [Fact]
    public void Run_EveryWidthAroundTheTiles_EqualsDefinition()
    {
        var random = new Random(44);
        foreach (var (kernelSize, stride, padding) in new[] { (4, 2, 1), (2, 2, 0), (3, 2, 1), (4, 2, 0), (5, 2, 2), (3, 1, 1), (5, 3, 1) })
            for (int width = 1; width <= 31; width++)
                Check(random, random.Pick(Samples.Channels), random.Pick(Samples.Channels), (random.Next(1, 4), width), kernelSize, stride, padding);
    }

    [Fact]
    public void Run_StrideLargerThanKernel_GivesTheBiasBetween()
    {
        var random = new Random(42);
        foreach (int outChannels in new[] { 3, 16, 33 })
        {
            Check(random, 17, outChannels, (3, 5), kernelSize: 1, stride: 2, padding: 0);
            Check(random, 17, outChannels, (3, 5), kernelSize: 1, stride: 3, padding: 0);
            Check(random, 17, outChannels, (3, 5), kernelSize: 2, stride: 3, padding: 0, batch: 3);
            Check(random, 17, outChannels, (3, 9), kernelSize: 1, stride: 2, padding: 0);
            Check(random, 17, outChannels, (2, 15), kernelSize: 2, stride: 3, padding: 0, batch: 2);
        }
    }

    [Fact]
    public void Run_ManyTilesAndPanels_EqualsDefinition()
    {
        var random = new Random(43);
        Check(random, inChannels: 48, outChannels: 24, (12, 13), kernelSize: 4, stride: 2, padding: 1);
        Check(random, inChannels: 24, outChannels: 17, (40, 20), kernelSize: 4, stride: 2, padding: 1);
        Check(random, inChannels: 100, outChannels: 3, (9, 150), kernelSize: 4, stride: 2, padding: 1);
        Check(random, inChannels: 5, outChannels: 100, (2, 3), kernelSize: 3, stride: 2, padding: 1);
        Check(random, inChannels: 3, outChannels: 5, (28, 29), kernelSize: 3, stride: 1, padding: 1);
        Check(random, inChannels: 300, outChannels: 20, (3, 3), kernelSize: 4, stride: 2, padding: 1, batch: 3);
    }

    private static void Check(Random random, int inChannels, int outChannels, (int Height, int Width) map,
        int kernelSize, int stride, int padding, int batch = 1)
    {
        var geometry = new ConvolutionGeometry(batch, inChannels, map.Height, map.Width, outChannels, kernelSize, stride, padding, Transposed: true);
        ConvolutionCase.Draw(random, geometry).Check();
    }
}
