using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Gradients;

public sealed class WinogradWeightGradientTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 13)]
    [InlineData(13, 1)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    [InlineData(5, 8)]
    [InlineData(9, 11)]
    [InlineData(16, 17)]
    public void Run_EveryChannelCountAndMap_EqualsDefinition(int height, int width)
    {
        var random = new Random(height * 100 + width);
        foreach (var (inChannels, outChannels) in new[] { (1, 1), (3, 16), (16, 33), (17, 48), (48, 18) })
            foreach (int batch in new[] { 1, 3 })
                Check(Convolution(batch, inChannels, height, width, outChannels), random);
    }

    [Fact]
    public void Run_MapOfManySegments_EqualsDefinition()
    {
        var g = Convolution(batch: 1, inChannels: 113, height: 65, width: 66, outChannels: 130);
        Assert.InRange(new WinogradWeightGradient(g, SimdPaths.Best).Segments, 2, 8);
        Check(g, new Random(5));
    }

    [Fact]
    public void IsFaster_ManyChannelsAndTiles_OfTheKindItComputes()
    {
        var fitting = Convolution(batch: 4, inChannels: 64, height: 32, width: 32, outChannels: 64);

        Assert.True(WinogradWeightGradient.IsFaster(fitting));
        Assert.False(WinogradWeightGradient.IsFaster(fitting with { Stride = 2 }));
        Assert.False(WinogradWeightGradient.IsFaster(fitting with { InChannels = 16 }));
        Assert.False(WinogradWeightGradient.IsFaster(fitting with { InHeight = 4, InWidth = 4 }));
    }

    private static ConvolutionGeometry Convolution(int batch, int inChannels, int height, int width, int outChannels) =>
        new(batch, inChannels, height, width, outChannels, KernelSize: 3, Padding: 1);

    private static void Check(ConvolutionGeometry g, Random random)
    {
        int pixels = g.InHeight * g.InWidth;
        float[] input = random.Values((long)g.Batch * g.InChannels * pixels), gradient = random.Values((long)g.Batch * g.OutChannels * pixels);
        float[] expected = new float[g.OutChannels * g.InChannels * 9], expectedBias = new float[g.OutChannels];
        ConvolutionGradient.DefineWeights(g, input, gradient, expected);
        ConvolutionGradient.DefineBias(gradient, g.OutChannels, pixels, expectedBias);
        foreach (var path in SimdPaths.Supported)
        {
            var (weights, bias) = Run(path, g, input, gradient);
            Near(expected, weights, $"{path}, {g}");
            Near(expectedBias, bias, $"bias, {path}, {g}");
        }
    }

    private static (float[] Weights, float[] Bias) Run(SimdPath path, ConvolutionGeometry g, float[] input, float[] gradient)
    {
        var kernel = new WinogradWeightGradient(g, path);
        int pixels = g.InHeight * g.InWidth;
        GuardedBuffer from = Blocked.From(input, g.Batch, g.InChannels, pixels), by = Blocked.From(gradient, g.Batch, g.OutChannels, pixels);
        GuardedBuffer operands = new(kernel.OperandsLength), sums = new(kernel.SumsLength);
        GuardedBuffer window = new(WinogradWeightGradient.TransformScratchLength), scratch = new(kernel.ReduceScratchLength);
        for (int segment = 0; segment < kernel.Segments; segment++)
        {
            for (int chunk = kernel.TransformChunks - 1; chunk >= 0; chunk--) kernel.Transform(segment, from.Span, by.Span, operands.Span, window.Span, chunk);
            for (int chunk = WinogradWeightGradient.MultiplyChunks - 1; chunk >= 0; chunk--) kernel.Multiply(segment, operands.Span, sums.Span, chunk);
        }

        GuardedBuffer weights = new(g.OutChannels * g.InChannels * 9), bias = new(g.OutChannels);
        foreach (bool accumulates in new[] { false, true }) // twice the gradient, so that both ways to write it are tried
        {
            for (int chunk = kernel.ReduceChunks - 1; chunk >= 0; chunk--) kernel.ReduceWeights(sums.Span, accumulates, weights.Span, scratch.Span, chunk);
            kernel.ReduceBias(sums.Span, accumulates, bias.Span);
        }

        foreach (var buffer in new[] { operands, sums, window, scratch, weights, bias }) buffer.AssertGuardsUntouched($"{path}, {g}");
        return (Halves(weights), Halves(bias));
    }

    private static float[] Halves(GuardedBuffer buffer) => [.. buffer.Span.ToArray().Select(value => value / 2)];

    private static void Near(float[] expected, float[] actual, string what)
    {
        double error = RelativeError.Of(actual, expected);
        Assert.True(error <= 5e-6, $"{what}: relative error {error:g3}.");
    }
}
