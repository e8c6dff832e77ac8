using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

public class PointwiseConvolutionTests
{
    [Fact]
    public void Run_EveryPairOfChannels_EqualsDefinition()
    {
        var random = new Random(10);
        foreach (int inChannels in Samples.Channels)
            foreach (int outChannels in Samples.Channels)
                Check(random, inChannels, outChannels, random.Pick(Samples.Maps));
    }

    [Fact]
    public void Run_EveryMapAndBatch_EqualsDefinition()
    {
        var random = new Random(11);
        foreach (var map in Samples.Maps)
            foreach (int batch in new[] { 1, 3 })
                for (int repeat = 0; repeat < 3; repeat++)
                    Check(random, random.Pick(Samples.Channels), random.Pick(Samples.Channels), map, batch);
    }

    [Fact]
    public void Run_ManyTilesAndPanels_EqualsDefinition()
    {
        var random = new Random(12);
        Check(random, inChannels: 16, outChannels: 96, (24, 24));
        Check(random, inChannels: 33, outChannels: 17, (28, 29));
        Check(random, inChannels: 700, outChannels: 20, (5, 9), batch: 3);
        Check(random, inChannels: 3, outChannels: 300, (4, 4));
    }

    [Fact]
    public void Run_TwoAndThreeGroups_EqualsDefinition()
    {
        var random = new Random(13);
        foreach (var (inChannels, outChannels, groups) in new[] { (6, 9, 3), (2, 4, 2), (34, 32, 2), (48, 48, 3), (32, 62, 2) })
            foreach (var (height, width) in new[] { (1, 1), (3, 5), (4, 7) })
            {
                var geometry = new ConvolutionGeometry(1, inChannels, height, width, outChannels, KernelSize: 1, Groups: groups);
                ConvolutionCase.Draw(random, geometry).Check();
            }
    }

    [Fact]
    public void Fits_OnlyUnpaddedKernelsOfOnePixelAndStrideOne()
    {
        var fitting = new ConvolutionGeometry(1, 16, 8, 8, 16, KernelSize: 1);

        Assert.True(PointwiseConvolution.Fits(fitting));
        Assert.False(PointwiseConvolution.Fits(fitting with { KernelSize = 3 }));
        Assert.False(PointwiseConvolution.Fits(fitting with { Stride = 2 }));
        Assert.False(PointwiseConvolution.Fits(fitting with { Padding = 1 }));
        Assert.False(PointwiseConvolution.Fits(fitting with { Transposed = true }));
    }

    private static void Check(Random random, int inChannels, int outChannels, (int Height, int Width) map, int batch = 1) =>
        ConvolutionCase.Draw(random, new ConvolutionGeometry(batch, inChannels, map.Height, map.Width, outChannels, KernelSize: 1)).Check();
}
