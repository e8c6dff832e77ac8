using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Gradients;

public sealed class WeightGradientTests
{
    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(7, 2, 3, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(1, 2, 0, 1)]
    [InlineData(3, 1, 1, 3)]
    public void Run_EveryChannelCountAndMap_EqualsDefinition(int kernelSize, int stride, int padding, int groups)
    {
        var random = new Random(kernelSize * 10 + stride);
        foreach (var (inChannels, outChannels) in groups == 1 ? new[] { (3, 3), (3, 16), (16, 33), (17, 48), (36, 18) } : [(3, 3), (15, 33), (18, 48), (36, 18)])
            foreach (var (height, width) in new[] { (7, 7), (8, 9), (13, 21) })
                Check(new ConvolutionGeometry(random.Next(1, 4), inChannels, height, width, outChannels, kernelSize, stride, padding, groups), random);
    }

    [Fact]
    public void Run_MapOfManyParts_EqualsDefinition() =>
        Check(new ConvolutionGeometry(4, 17, 32, 33, 18, KernelSize: 1), new Random(5));

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(4, 3, 0)]
    [InlineData(5, 1, 2)]
    [InlineData(5, 2, 2)]
    [InlineData(7, 1, 3)]
    [InlineData(7, 2, 3)]
    [InlineData(7, 1, 0)]
    [InlineData(9, 1, 4)]
    public void Depthwise_EveryChannelCountAndMap_EqualsDefinition(int kernelSize, int stride, int padding)
    {
        var random = new Random(kernelSize);
        foreach (int channels in Samples.Channels.Where(channels => channels > 1))
            foreach (var (height, width) in new[] { (1, 5), (4, 7), (9, 11), (35, 18) }.Where(map => Math.Min(map.Item1, map.Item2) + 2 * padding >= kernelSize))
            {
                var g = new ConvolutionGeometry(2, channels, height, width, channels, kernelSize, stride, padding, Groups: channels);
                var (input, gradient) = Draw(g, random);
                float[] weights = random.Values(channels * kernelSize * kernelSize);
                float[] expected = new float[weights.Length], expectedInput = new float[input.Length];
                ConvolutionGradient.DefineWeights(g, input, gradient, expected);
                ConvolutionGradient.DefineInput(g, gradient, weights, expectedInput);
                foreach (var path in SimdPaths.Supported)
                {
                    Near(expected, DepthwiseWeights(path, g, input, gradient), $"{path}, {g}");
                    Near(expectedInput, DepthwiseInput(path, g, gradient, weights), $"{path}, {g}");
                }
            }
    }

    private static void Check(ConvolutionGeometry g, Random random)
    {
        var (input, gradient) = Draw(g, random);
        float[] expected = new float[g.OutChannels * g.InChannels / g.Groups * g.KernelSize * g.KernelSize], expectedBias = new float[g.OutChannels];
        ConvolutionGradient.DefineWeights(g, input, gradient, expected);
        ConvolutionGradient.DefineBias(gradient, g.OutChannels, g.OutHeight * g.OutWidth, expectedBias);
        foreach (var path in SimdPaths.Supported)
            foreach (bool isPlanar in PlanarConvolution.Fits(g) ? new[] { false, true } : [false])
            {
                var (weights, bias) = Run(path, g, isPlanar, input, gradient);
                Near(expected, weights, $"{path}, {g}");
                Near(expectedBias, bias, $"bias, {path}, {g}");
            }
    }

    private static (float[] Weights, float[] Bias) Run(SimdPath path, ConvolutionGeometry g, bool isPlanar, float[] input, float[] gradient)
    {
        var kernel = new WeightGradient(g, path, isPlanar);
        var from = isPlanar ? new GuardedBuffer(input) : Blocked.From(input, g.Batch, g.InChannels, g.InHeight * g.InWidth);
        var by = Blocked.From(gradient, g.Batch, g.OutChannels, g.OutHeight * g.OutWidth);
        GuardedBuffer sums = new((int)kernel.SumsLength), scratch = new(kernel.ScratchLength), totals = new(kernel.ReduceScratchLength);
        for (int chunk = kernel.Chunks - 1; chunk >= 0; chunk--) kernel.Run(from.Span, by.Span, sums.Span, scratch.Span, chunk);
        sums.AssertGuardsUntouched("sums");
        scratch.AssertGuardsUntouched("scratch");

        GuardedBuffer weights = new(g.OutChannels * g.InChannels / g.Groups * g.KernelSize * g.KernelSize);
        float[] bias = new float[g.OutChannels];
        foreach (bool accumulates in new[] { false, true }) // twice the gradient, so that both ways to write it are tried
        {
            for (int chunk = kernel.ReduceChunks - 1; chunk >= 0; chunk--) kernel.ReduceWeights(sums.Span, accumulates, weights.Span, totals.Span, chunk);
            kernel.ReduceBias(sums.Span, accumulates, bias);
        }

        weights.AssertGuardsUntouched("weights");
        totals.AssertGuardsUntouched("totals");
        return ([.. weights.Span.ToArray().Select(value => value / 2)], [.. bias.Select(value => value / 2)]);
    }

    private static float[] DepthwiseWeights(SimdPath path, ConvolutionGeometry g, float[] input, float[] gradient)
    {
        GuardedBuffer from = Blocked.From(input, g.Batch, g.InChannels, g.InHeight * g.InWidth), by = Blocked.From(gradient, g.Batch, g.OutChannels, g.OutHeight * g.OutWidth);
        int taps = g.KernelSize * g.KernelSize;
        GuardedBuffer scratch = new(DepthwiseWeightGradient.ScratchLength(g));
        float[] packed = new float[taps * 16], weights = new float[g.InChannels * taps];
        for (int block = 0; block < BlockedLayout.Blocks(g.InChannels); block++)
        {
            DepthwiseWeightGradient.Run(path, g, from.Span, by.Span, block, packed, scratch.Span);
            DepthwisePacking.UnpackBlock(packed, block, accumulates: false, weights, g.InChannels, taps);
        }

        scratch.AssertGuardsUntouched("scratch");

        return weights;
    }

    private static float[] DepthwiseInput(SimdPath path, ConvolutionGeometry g, float[] gradient, float[] weights)
    {
        int taps = g.KernelSize * g.KernelSize, block = 0;
        float[] packed = new float[BlockedLayout.Blocks(g.InChannels) * taps * 16];
        DepthwisePacking.Pack(weights, packed, g.InChannels, taps, isFlipped: false);
        int blocks = BlockedLayout.Blocks(g.InChannels);
        block = g.Batch * blocks - 1;
        return PlaneKernel.RunAll(gradient, g.Batch, g.OutChannels, g.OutHeight * g.OutWidth, g.InHeight * g.InWidth, (plane, target) =>
            DepthwiseInputGradient.Run(path, g, plane, packed.AsSpan(block-- % blocks * taps * 16, taps * 16), [], target));
    }

    private static (float[] Input, float[] Gradient) Draw(in ConvolutionGeometry g, Random random) =>
        (random.Values((long)g.Batch * g.InChannels * g.InHeight * g.InWidth), random.Values((long)g.Batch * g.OutChannels * g.OutHeight * g.OutWidth));

    private static void Near(float[] expected, float[] actual, string what)
    {
        double error = RelativeError.Of(actual, expected);
        Assert.True(error <= 2e-6, $"{what}: relative error {error:g3}.");
    }
}
