using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Normalization;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Gradients;

public sealed class BatchNormGradientTests
{
    public static TheoryData<int, int> Sizes { get; } = new() { { 1, 1 }, { 3, 7 }, { 2, 300 }, { 4, 257 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Statistics_AnySize_EqualDefinition(int batch, int pixels)
    {
        float[] input = [.. new Random(1).Values(batch * 17 * pixels).Select(value => value + 30)]; // a mean far above the deviation
        float[] mean = new float[17], variance = new float[17], ownMean = new float[32], ownVariance = new float[32];
        BatchStatistics.Define(input, 17, pixels, mean, variance);
        var blocked = Blocked.From(input, batch, 17, pixels);
        foreach (var path in SimdPaths.Supported)
        {
            for (int block = 0; block < 2; block++)
                BatchStatistics.Run(path, new ChannelBlock(batch, 2, pixels, block), blocked.Span, ownMean.AsSpan(block * 16, 16), ownVariance.AsSpan(block * 16, 16));
            Assert.InRange(RelativeError.Of(ownMean.AsSpan(0, 17), mean), 0, 1e-7);
            Assert.InRange(RelativeError.Of(ownVariance.AsSpan(0, 17), variance), 0, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void NormalizedActivation_WithAndWithoutResidual_EqualsDefinition(int batch, int pixels)
    {
        var random = new Random(2);
        float[] input = random.Values(batch * 17 * pixels, limit: 5), residual = random.Values(input.Length), expected = new float[input.Length];
        float[] mean = random.Values(17), scale = random.Values(17), shift = random.Values(17);
        GuardedBuffer from = Blocked.From(input, batch, 17, pixels), added = Blocked.From(residual, batch, 17, pixels);
        foreach (var range in Samples.Ranges)
            foreach (bool hasResidual in new[] { false, true })
            {
                NormalizedActivation.Define(input, new(mean, scale, shift), hasResidual ? residual : [], range, pixels, expected);
                foreach (var path in SimdPaths.Supported)
                {
                    var output = Blocked.Empty(batch, 17, pixels);
                    for (int n = 0; n < batch; n++)
                        for (int block = 0; block < 2; block++)
                        {
                            var channels = new ChannelBlock(batch, 2, pixels, block);
                            NormalizedActivation.Run(path, channels.Plane(from.Span, n), new(Padded(mean, block), Padded(scale, block), Padded(shift, block)),
                                hasResidual ? channels.Plane(added.Span, n) : [], range, channels.Plane(output.Span, n));
                        }

                    output.AssertGuardsUntouched("output");
                    Assert.InRange(RelativeError.Of(Blocked.ToPlanar(output.Span, batch, 17, pixels), expected), 0, 1e-6);
                }
            }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ReduceAndApply_ActivationResidualAndAddend_EqualFormula(int batch, int pixels) => CheckReduceAndApply(batch, pixels, readsOutput: true);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void ReduceAndApply_OutputComputedAgain_EqualFormula(int batch, int pixels) => CheckReduceAndApply(batch, pixels, readsOutput: false);

    private static void CheckReduceAndApply(int batch, int pixels, bool readsOutput)
    {
        var random = new Random(3);
        int length = batch * 17 * pixels;
        float[] input = random.Values(length), output = random.Values(length), gradient = random.Values(length), addend = random.Values(length);
        float[] mean = random.Values(17), scale = random.Values(17), shift = random.Values(17), slope = random.Values(17), offset = random.Values(17);
        double[] products = new double[17], sums = new double[17];
        float[] masked = new float[length], expected = new float[length];
        for (int i = 0; i < length; i++)
        {
            int c = i / pixels % 17;
            if (!readsOutput) output[i] = (input[i] - mean[c]) * scale[c] + shift[c];
            masked[i] = output[i] > 0 ? gradient[i] : 0;
            sums[c] += masked[i];
            products[c] += masked[i] * ((double)input[i] - mean[c]);
            expected[i] = (masked[i] - offset[c] + (input[i] - mean[c]) * slope[c]) * scale[c] + addend[i];
        }

        GuardedBuffer x = Blocked.From(input, batch, 17, pixels), y = Blocked.From(output, batch, 17, pixels);
        GuardedBuffer g = Blocked.From(gradient, batch, 17, pixels), added = Blocked.From(addend, batch, 17, pixels);
        foreach (var path in SimdPaths.Supported)
        {
            GuardedBuffer target = Blocked.Empty(batch, 17, pixels), residual = Blocked.Empty(batch, 17, pixels);
            for (int block = 0; block < 2; block++)
            {
                var channels = new ChannelBlock(batch, 2, pixels, block);
                var affine = new NormalizationAffine(Padded(mean, block), Padded(scale, block), Padded(shift, block));
                double[] ownProducts = new double[16], ownSums = new double[16];
                BatchNormGradient.Reduce(path, channels, x.Span, readsOutput ? y.Span : [], g.Span, ActivationRange.Relu, affine, ownProducts, ownSums);
                for (int lane = 0; lane < 16 && block * 16 + lane < 17; lane++)
                {
                    Assert.Equal(products[block * 16 + lane], ownProducts[lane], 1e-4);
                    Assert.Equal(sums[block * 16 + lane], ownSums[lane], 1e-4);
                }

                for (int n = 0; n < batch; n++)
                    BatchNormGradient.Apply(path, channels.Plane(x.Span, n), readsOutput ? channels.Plane(y.Span, n) : [], channels.Plane(g.Span, n), ActivationRange.Relu,
                        new(affine, Padded(slope, block), Padded(offset, block)), channels.Plane(added.Span, n), channels.Plane(target.Span, n), channels.Plane(residual.Span, n));
            }

            target.AssertGuardsUntouched("gradient by the input");
            Assert.InRange(RelativeError.Of(Blocked.ToPlanar(target.Span, batch, 17, pixels), expected), 0, 1e-6);
            Assert.Equal(masked, Blocked.ToPlanar(residual.Span, batch, 17, pixels));
        }
    }

    private static float[] Padded(float[] values, int block)
    {
        float[] lanes = new float[16];
        values.AsSpan(block * 16, Math.Min(16, values.Length - block * 16)).CopyTo(lanes);
        return lanes;
    }
}
