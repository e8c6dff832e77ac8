using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Upsampling;

namespace Akimbo.Tensors.Tests.Kernels.Upsampling;

public class UpsampleNearestTests
{
    [Fact]
    public void Define_ScaleTwo_RepeatsPixels()
    {
        float[] output = new float[16];
        UpsampleNearest.Define([1, 2, 3, 4], planes: 1, height: 2, width: 2, scale: 2, output);

        Assert.Equal([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4], output);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_EveryScaleAndMap_EqualsDefinition(SimdPath path)
    {
        var random = new Random(82);
        for (int scale = 1; scale <= 4; scale++)
            foreach (var (height, width) in Samples.Maps)
            {
                int batch = random.Pick([1, 3]), channels = random.Pick(Samples.Channels), outPixels = height * scale * width * scale, copies = scale;
                float[] input = random.Values(batch * channels * height * width), expected = new float[batch * channels * outPixels];
                UpsampleNearest.Define(input, batch * channels, height, width, scale, expected);

                Assert.Equal(expected, PlaneKernel.RunAll(input, batch, channels, height * width, outPixels,
                    (plane, output) => UpsampleNearest.Run(path, plane, height, width, copies, output)));
            }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Add_EveryScaleAndMapInPlace_EqualsUpsamplingThenAdding(SimdPath path)
    {
        var random = new Random(83);
        for (int scale = 1; scale <= 3; scale++)
            foreach (var (height, width) in Samples.Maps)
            {
                int length = height * scale * width * scale * BlockedLayout.Lanes;
                float[] small = random.Values(height * width * BlockedLayout.Lanes), output = random.Values(length), expected = new float[length];
                UpsampleNearest.Run(path, small, height, width, scale, expected);
                for (int i = 0; i < length; i++) expected[i] = MathF.Max(0, expected[i] + output[i]);

                UpsampleNearest.Add(path, small, height, width, scale, output, ActivationRange.Relu, output);

                Assert.Equal(expected, output);
            }
    }
}
