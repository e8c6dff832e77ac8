using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

/// <summary>The definitions, which all fast paths are compared with, against numbers worked out by hand.</summary>
public class Convolution2dTests
{
    [Fact]
    public void Define_NineAsPaddedKernelOfThree_SumsNeighboursUnflipped()
    {
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float[] corners = [1, 0, 0, 0, 0, 0, 0, 0, 10];

        Assert.Equal([50, 60, 0, 80, 91, 2, 0, 4, 5], Run(new ConvolutionGeometry(1, 1, 3, 3, 1, KernelSize: 3, Padding: 1), input, corners));
        Assert.Equal([91], Run(new ConvolutionGeometry(1, 1, 3, 3, 1, KernelSize: 3), input, corners));
        Assert.Equal([50, 0, 0, 5], Run(new ConvolutionGeometry(1, 1, 3, 3, 1, KernelSize: 3, Stride: 2, Padding: 1), input, corners));
    }

    [Fact]
    public void Define_ChannelsImagesAndBias_StayApart()
    {
        var geometry = new ConvolutionGeometry(2, 2, 1, 1, 3, KernelSize: 1);

        Assert.Equal([21, 43, 65, 83, 169, 255], Run(geometry, [1, 2, 3, 8], [1, 10, 3, 20, 5, 30]));
        Assert.Equal([121, 243, 365, 183, 369, 555], Run(geometry, [1, 2, 3, 8], [1, 10, 3, 20, 5, 30], 100, 200, 300));
    }

    [Fact]
    public void Define_TwoGroups_DoNotSeeEachOther()
    {
        var geometry = new ConvolutionGeometry(1, 4, 1, 1, 2, KernelSize: 1, Groups: 2);

        Assert.Equal([21, 4300], Run(geometry, [1, 2, 3, 4], [1, 10, 100, 1000]));
    }

    [Fact]
    public void DefineTransposed_TwoPixels_AddTheirKernels()
    {
        var geometry = new ConvolutionGeometry(1, 1, 1, 2, 1, KernelSize: 3, Stride: 2, Transposed: true);
        float[] kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9];

        Assert.Equal([1, 2, 13, 20, 30, 4, 5, 46, 50, 60, 7, 8, 79, 80, 90], Run(geometry, [1, 10], kernel));
        Assert.Equal([5, 46, 50], Run(geometry with { Padding = 1 }, [1, 10], kernel));
    }

    [Fact]
    public void DefineTransposed_AnySizes_IsTheAdjointOfDefine()
    {
        var random = new Random(60);
        for (int repeat = 0; repeat < 40; repeat++)
        {
            int kernelSize = random.Next(1, 6), stride = random.Next(1, 4), padding = random.Next(kernelSize / 2 + 1);
            int height = kernelSize + stride * random.Next(4), width = kernelSize + stride * random.Next(4);
            int inside = 2 * padding;
            if (height <= inside || width <= inside) continue;
            var forward = new ConvolutionGeometry(2, 3, height - inside, width - inside, 4, kernelSize, stride, padding);
            var back = new ConvolutionGeometry(2, 4, forward.OutHeight, forward.OutWidth, 3, kernelSize, stride, padding, Transposed: true);
            Assert.Equal((forward.InHeight, forward.InWidth), (back.OutHeight, back.OutWidth));

            float[] x = random.Values(2L * 3 * forward.InHeight * forward.InWidth), y = random.Values(2L * 4 * forward.OutHeight * forward.OutWidth);
            float[] weights = random.Values(4L * 3 * kernelSize * kernelSize);
            Assert.Equal(Dot(Run(forward, x, weights), y), Dot(x, Run(back, y, weights)), 1e-4);
        }
    }

    [Theory]
    [InlineData(256, 7, 2, 3, false, 128)]
    [InlineData(5, 2, 2, 0, false, 2)]
    [InlineData(6, 3, 1, 1, false, 6)]
    [InlineData(1, 1, 3, 0, false, 1)]
    [InlineData(16, 4, 2, 1, true, 32)]
    [InlineData(1, 2, 3, 0, true, 2)]
    public void OutHeight_IsPyTorchs(int inLength, int kernelSize, int stride, int padding, bool transposed, int expected)
    {
        var geometry = new ConvolutionGeometry(1, 1, inLength, inLength, 1, kernelSize, stride, padding, Transposed: transposed);

        Assert.Equal(expected, geometry.OutHeight);
        Assert.Equal(expected, geometry.OutWidth);
    }

    [Fact]
    public void MultiplyAdds_CountsEveryTapOfEveryOutput()
    {
        Assert.Equal(2L * 64 * 3 * 49 * 128 * 96, new ConvolutionGeometry(2, 3, 256, 192, 64, KernelSize: 7, Stride: 2, Padding: 3).MultiplyAdds);
        Assert.Equal(32L * 9 * 100, new ConvolutionGeometry(1, 32, 10, 10, 32, KernelSize: 3, Padding: 1, Groups: 32).MultiplyAdds);
        Assert.Equal(8L * 4 * 16 * 25, new ConvolutionGeometry(1, 8, 5, 5, 4, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true).MultiplyAdds);
    }

    private static float[] Run(ConvolutionGeometry geometry, float[] input, float[] weights, params float[] bias)
    {
        var output = new float[geometry.Batch * geometry.OutChannels * geometry.OutHeight * geometry.OutWidth];
        if (geometry.Transposed) Convolution2d.DefineTransposed(geometry, input, weights, bias, output);
        else Convolution2d.Define(geometry, input, weights, bias, output);
        return output;
    }

    private static double Dot(float[] left, float[] right) => left.Zip(right, (l, r) => (double)l * r).Sum();
}
