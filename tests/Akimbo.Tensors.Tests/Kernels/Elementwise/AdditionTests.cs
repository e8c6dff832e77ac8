using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Elementwise;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Elementwise;

public class AdditionTests
{
    [Fact]
    public void Define_TwoSpans_AddsAndClamps()
    {
        float[] output = new float[3];
        Addition.Define([1, -5, 4], [2, 1, 4], ActivationRange.Relu6, output);

        Assert.Equal([3, 0, 6], output);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_EveryLengthAndRange_EqualsDefinition(SimdPath path)
    {
        var random = new Random(70);
        foreach (int blocks in new[] { 0, 1, 2, 3, 5, 29 })
            foreach (var range in Samples.Ranges)
            {
                float[] left = random.Values(blocks * 16, limit: 5), right = random.Values(blocks * 16, limit: 5);
                float[] expected = new float[left.Length];
                Addition.Define(left, right, range, expected);

                var output = new GuardedBuffer(left.Length);
                Addition.Run(path, new GuardedBuffer(left).Span, new GuardedBuffer(right).Span, range, output.Span);

                output.AssertGuardsUntouched($"{blocks} blocks");
                Assert.Equal(expected, output.Span);
            }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_OutputIsAnInput_EqualsDefinition(SimdPath path)
    {
        var random = new Random(71);
        float[] left = random.Values(80), right = random.Values(80), sum = new float[80], twice = new float[80];
        Addition.Define(left, right, ActivationRange.Relu, sum);
        Addition.Define(left, left, ActivationRange.None, twice);

        float[] asLeft = [.. left], asRight = [.. right], asBoth = [.. left];
        Addition.Run(path, asLeft, right, ActivationRange.Relu, asLeft);
        Addition.Run(path, left, asRight, ActivationRange.Relu, asRight);
        Addition.Run(path, asBoth, asBoth, ActivationRange.None, asBoth);

        Assert.Equal(sum, asLeft);
        Assert.Equal(sum, asRight);
        Assert.Equal(twice, asBoth);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_NaN_StaysNaNInEveryRange(SimdPath path)
    {
        float[] left = new float[16], output = new float[16];
        left[5] = float.NaN;
        foreach (var range in Samples.Ranges)
        {
            Addition.Run(path, left, new float[16], range, output);
            Assert.Equal(left, output);
        }
    }
}
