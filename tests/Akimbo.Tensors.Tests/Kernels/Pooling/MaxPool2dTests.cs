using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Pooling;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Pooling;

public class MaxPool2dTests
{
    [Fact]
    public void Define_NegativeMapWithPadding_IgnoresThePadding()
    {
        float[] output = new float[4];
        MaxPool2d.Define(new ConvolutionGeometry(1, 1, 3, 3, 1, KernelSize: 3, Stride: 2, Padding: 1), [-1, -2, -3, -4, -5, -6, -7, -8, -9], output);

        Assert.Equal([-1, -2, -4, -5], output);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_EveryKernelStridePaddingAndMap_EqualsDefinition(SimdPath path)
    {
        var random = new Random(80);
        foreach (int kernelSize in new[] { 1, 2, 3, 4, 5, 7 })
            for (int stride = 1; stride <= 3; stride++)
                for (int padding = 0; padding <= kernelSize / 2; padding++)
                    foreach (var (height, width) in Samples.Maps)
                    {
                        int channels = random.Pick(Samples.Channels);
                        var geometry = new ConvolutionGeometry(random.Pick([1, 3]), channels, height, width, channels, kernelSize, stride, padding);
                        if (Math.Min(height, width) + 2 * padding < kernelSize) continue;
                        float[] input = random.Values((long)geometry.Batch * channels * height * width);
                        Assert.Equal(Define(geometry, input), Run(path, geometry, input));
                    }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_Infinities_EqualsDefinition(SimdPath path)
    {
        var geometry = new ConvolutionGeometry(1, 17, 5, 6, 17, KernelSize: 2, Stride: 2);
        float[] input = new float[17 * 5 * 6];
        var random = new Random(81);
        for (int i = 0; i < input.Length; i++)
            input[i] = random.Pick([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, -float.MaxValue, float.PositiveInfinity]);
        float[] output = Run(path, geometry, input);

        Assert.Contains(float.NegativeInfinity, output);
        Assert.Equal(Define(geometry, input), output);
    }

    private static float[] Define(ConvolutionGeometry geometry, float[] input)
    {
        float[] output = new float[geometry.Batch * geometry.OutChannels * geometry.OutHeight * geometry.OutWidth];
        MaxPool2d.Define(geometry, input, output);
        return output;
    }

    private static float[] Run(SimdPath path, ConvolutionGeometry geometry, float[] input) =>
        PlaneKernel.RunAll(input, geometry.Batch, geometry.InChannels, geometry.InHeight * geometry.InWidth, geometry.OutHeight * geometry.OutWidth,
            (plane, output) => MaxPool2d.Run(path, geometry, plane, output));
}
