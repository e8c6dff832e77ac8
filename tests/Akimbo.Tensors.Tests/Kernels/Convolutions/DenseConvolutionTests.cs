using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

public class DenseConvolutionTests
{
    private static readonly int[] FewAndManyChannels = [.. Samples.Channels, 2, 4, 5];

    [Fact]
    public void Run_EveryKernelStridePaddingAndMap_EqualsDefinition()
    {
        var random = new Random(20);
        foreach (int kernelSize in new[] { 1, 2, 3, 4, 5, 7 })
            for (int stride = 1; stride <= 3; stride++)
                for (int padding = 0; padding <= kernelSize / 2; padding++)
                    foreach (var (height, width) in Samples.Maps)
                        if (Math.Min(height, width) + 2 * padding >= kernelSize)
                            ConvolutionCase.DrawSmall(random, () => new ConvolutionGeometry(
                                random.Pick([1, 3]), random.Pick(FewAndManyChannels), height, width, random.Pick(Samples.Channels), kernelSize, stride, padding)).Check();
    }

    [Fact]
    public void Run_EveryPairOfChannels_EqualsDefinition()
    {
        var random = new Random(21);
        foreach (int inChannels in FewAndManyChannels)
            foreach (int outChannels in Samples.Channels)
                Check(random, new ConvolutionGeometry(1, inChannels, 4, 5, outChannels, KernelSize: 3, random.Pick([1, 2]), Padding: 1));
    }

    [Fact]
    public void Run_TwoAndThreeGroups_EqualsDefinition()
    {
        var random = new Random(22);
        foreach (var (inChannels, outChannels, groups) in new[] { (6, 9, 3), (2, 4, 2), (4, 4, 2), (3, 6, 3), (34, 32, 2), (48, 48, 3), (32, 62, 2) })
            for (int stride = 1; stride <= 2; stride++)
                Check(random, new ConvolutionGeometry(random.Pick([1, 3]), inChannels, 5, 7, outChannels, KernelSize: 3, stride, Padding: 1, groups));
    }

    [Fact]
    public void Run_ManyTilesAndPanels_EqualsDefinition()
    {
        var random = new Random(23);
        Check(random, new ConvolutionGeometry(1, 17, 28, 29, 33, KernelSize: 3, Padding: 1));
        Check(random, new ConvolutionGeometry(2, 200, 6, 7, 20, KernelSize: 3, Padding: 1));
        Check(random, new ConvolutionGeometry(1, 16, 3, 5, 200, KernelSize: 3, Padding: 1));
        Check(random, new ConvolutionGeometry(1, 3, 56, 57, 33, KernelSize: 7, Stride: 2, Padding: 3));
    }

    [Fact]
    public void Run_PaddingWiderThanHalfTheKernel_EqualsDefinition()
    {
        var random = new Random(24);
        foreach (int inChannels in new[] { 3, 17 })
        {
            Check(random, new ConvolutionGeometry(1, inChannels, 1, 2, 17, KernelSize: 1, Padding: 2));
            Check(random, new ConvolutionGeometry(1, inChannels, 2, 3, 16, KernelSize: 3, Stride: 2, Padding: 4));
        }
    }

    [Theory]
    [InlineData(3, 1, true)]
    [InlineData(4, 1, true)]
    [InlineData(5, 1, false)]
    [InlineData(2, 2, false)]
    public void PlanarFits_FewChannelsInOneGroup_Only(int inChannels, int groups, bool fits) =>
        Assert.Equal(fits, PlanarConvolution.Fits(new ConvolutionGeometry(1, inChannels, 4, 4, 4, KernelSize: 3, Groups: groups)));

    private static void Check(Random random, ConvolutionGeometry geometry) => ConvolutionCase.Draw(random, geometry).Check();
}
