using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Upsampling;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Upsampling;

public class UpsampleBilinearTests
{
    [Theory]
    [InlineData(2, 4, false, new[] { 0, 0.25f, 0.75f, 1 })]
    [InlineData(2, 4, true, new[] { 0, 1 / 3f, 2 / 3f, 1 })]
    [InlineData(4, 2, false, new[] { 0.5f, 2.5f })]
    [InlineData(4, 2, true, new[] { 0, 3f })]
    [InlineData(5, 1, true, new[] { 0f })]
    [InlineData(5, 1, false, new[] { 2f })]
    [InlineData(1, 3, false, new[] { 0f, 0, 0 })]
    [InlineData(1, 3, true, new[] { 0f, 0, 0 })]
    [InlineData(3, 3, false, new[] { 0f, 1, 2 })]
    [InlineData(3, 3, true, new[] { 0f, 1, 2 })]
    [InlineData(2, 3, false, new[] { 0, 0.5f, 1 })]
    public void Define_Ramp_ReadsPyTorchsPositions(int length, int outLength, bool alignCorners, float[] expected)
    {
        float[] ramp = [.. Enumerable.Range(0, length).Select(i => (float)i)], along = new float[outLength], down = new float[outLength];
        UpsampleBilinear.Define(ramp, planes: 1, height: 1, width: length, outHeight: 1, outWidth: outLength, alignCorners, along);
        UpsampleBilinear.Define(ramp, planes: 1, height: length, width: 1, outHeight: outLength, outWidth: 1, alignCorners, down);

        for (int i = 0; i < outLength; i++)
        {
            Assert.Equal(expected[i], along[i], 1e-6);
            Assert.Equal(expected[i], down[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void SourceOf_EveryLength_StaysInside(bool alignCorners)
    {
        for (int length = 1; length <= 65; length++)
            for (int outLength = 1; outLength <= 200; outLength++)
                for (int at = 0; at < outLength; at++)
                {
                    var source = UpsampleBilinear.SourceOf(at, length, outLength, alignCorners);
                    bool inside = source.Low >= 0 && source.High >= source.Low && source.High <= Math.Min(source.Low + 1, length - 1);
                    if (!inside || source.Share is not (>= 0 and <= 1))
                        Assert.Fail($"{at} of {outLength} reads {source} of {length}.");
                }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_EveryMapAndSize_EqualsDefinition(SimdPath path)
    {
        var random = new Random(83);
        foreach (var (height, width) in Samples.Maps)
            foreach (var (outHeight, outWidth) in new[]
            {
                (height, width), (2 * height, 2 * width), (4 * height, 3 * width), (1, 1), (height + 1, 5),
            })
                foreach (bool alignCorners in new[] { false, true })
                {
                    int batch = random.Pick([1, 3]), channels = random.Pick(Samples.Channels), outPixels = outHeight * outWidth;
                    float[] input = random.Values(batch * channels * height * width), expected = new float[batch * channels * outPixels];
                    UpsampleBilinear.Define(input, batch * channels, height, width, outHeight, outWidth, alignCorners, expected);

                    float[] actual = PlaneKernel.RunAll(input, batch, channels, height * width, outPixels,
                        (plane, output) => UpsampleBilinear.Run(path, plane, height, width, outHeight, outWidth, alignCorners, output));
                    Assert.InRange(RelativeError.Of(actual, expected), 0, 1e-6);
                }
    }
}
