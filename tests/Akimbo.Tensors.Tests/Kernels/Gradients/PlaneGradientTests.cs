using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Pooling;
using Akimbo.Tensors.Kernels.Regression;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Gradients;

public sealed class PlaneGradientTests
{
    [Theory]
    [InlineData(2, 2, 0)]
    [InlineData(3, 2, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(1, 1, 0)]
    public void MaxPool_ManyEqualValues_EqualsDefinition(int kernelSize, int stride, int padding)
    {
        var random = new Random(1);
        foreach (var (height, width) in Samples.Maps.Where(map => Math.Min(map.Height, map.Width) + 2 * padding >= kernelSize))
        {
            var g = new ConvolutionGeometry(2, 17, height, width, 17, kernelSize, stride, padding);
            float[] input = [.. random.Values(2 * 17 * height * width).Select(value => MathF.Round(value * 2))];
            int outPixels = g.OutHeight * g.OutWidth;
            float[] output = new float[2 * 17 * outPixels], gradient = random.Values(output.Length), expected = new float[input.Length];
            MaxPool2d.Define(g, input, output);
            MaxPoolGradient.Define(g, input, gradient, expected);
            GuardedBuffer from = Blocked.From(input, 2, 17, height * width), to = Blocked.From(output, 2, 17, outPixels);
            foreach (var path in SimdPaths.Supported)
                CheckWithAndWithoutAddend(expected, gradient, height * width, outPixels, (plane, chunk, addend, target) =>
                    MaxPoolGradient.Run(path, g, from.Span.Slice(chunk * height * width * 16, height * width * 16), to.Span.Slice(chunk * outPixels * 16, outPixels * 16), plane, addend, target));
        }
    }

    [Fact]
    public void Nearest_EveryMapAndScale_EqualsDefinition()
    {
        var random = new Random(2);
        foreach (var (height, width) in Samples.Maps)
            foreach (int scale in new[] { 1, 2, 3 })
            {
                int outPixels = height * width * scale * scale;
                float[] gradient = random.Values(2 * 17 * outPixels), expected = new float[2 * 17 * height * width];
                UpsampleNearestGradient.Define(gradient, 2 * 17, height, width, scale, expected);
                foreach (var path in SimdPaths.Supported)
                    CheckWithAndWithoutAddend(expected, gradient, height * width, outPixels, (plane, _, addend, target) => UpsampleNearestGradient.Run(path, plane, addend, height, width, scale, target));
            }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bilinear_EveryMapAndSize_EqualsDefinition(bool alignCorners)
    {
        var random = new Random(3);
        foreach (var (height, width) in Samples.Maps)
            foreach (var (outHeight, outWidth) in new[] { (1, 1), (2 * height, 2 * width), (height + 3, 2 * width + 1) })
            {
                int outPixels = outHeight * outWidth;
                float[] gradient = random.Values(2 * 17 * outPixels), expected = new float[2 * 17 * height * width];
                UpsampleBilinearGradient.Define(gradient, 2 * 17, height, width, outHeight, outWidth, alignCorners, expected);
                foreach (var path in SimdPaths.Supported)
                    CheckWithAndWithoutAddend(expected, gradient, height * width, outPixels, (plane, _, addend, target) =>
                        UpsampleBilinearGradient.Run(path, plane, addend, height, width, outHeight, outWidth, alignCorners, target));
            }
    }

    [Fact]
    public void Clamp_ValuesOnTheLimits_EqualsDefinition()
    {
        var random = new Random(4);
        foreach (var range in Samples.Ranges)
        {
            float[] output = [.. random.Values(2 * 17 * 9, limit: 8).Select(value => range.Apply(MathF.Round(value)))];
            float[] gradient = random.Values(output.Length), expected = new float[output.Length];
            ClampGradient.Define(output, gradient, range, expected);
            var from = Blocked.From(output, 2, 17, 9);
            foreach (var path in SimdPaths.Supported)
                CheckWithAndWithoutAddend(expected, gradient, 9, 9, (plane, chunk, addend, target) => ClampGradient.Run(path, from.Span.Slice(chunk * 9 * 16, 9 * 16), plane, range, addend, target));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 7)]
    public void SoftArgMax_AnyMap_IsTheSlopeOfThePosition(int height, int width)
    {
        float[] map = new Random(5).Values(height * width, limit: 2), first = new float[map.Length], sums = new float[map.Length];
        const float temperature = 0.7f, gradientX = 0.8f, gradientY = -1.3f, step = 1e-2f;
        SoftArgMaxGradient.SoftmaxFirst(map, 1, height, width, temperature, gradientX, gradientY, first);
        SoftArgMaxGradient.SumsFirst(map, 1, height, width, temperature, gradientX, gradientY, sums);
        for (int p = 0; p < map.Length; p++)
        {
            Assert.Equal(Slope(p, SoftArgMax2d.SoftmaxFirst), first[p], 2e-3);
            Assert.Equal(Slope(p, SoftArgMax2d.SumsFirst), sums[p], 2e-3);
        }

        double Slope(int p, Func<ReadOnlySpan<float>, int, int, int, float, (float X, float Y)> locate)
        {
            float[] moved = [.. map];
            moved[p] += step;
            var above = locate(moved, 1, height, width, temperature);
            moved[p] -= 2 * step;
            var below = locate(moved, 1, height, width, temperature);
            return (gradientX * ((double)above.X - below.X) + gradientY * ((double)above.Y - below.Y)) / (2 * step);
        }
    }

    private delegate void PlaneGradient(ReadOnlySpan<float> outputGradient, int chunk, ReadOnlySpan<float> addend, Span<float> inputGradient);

    /// <summary>On maps [2, 17, P], which have four blocks.</summary>
    private static void CheckWithAndWithoutAddend(float[] expected, float[] gradient, int pixels, int outPixels, PlaneGradient run)
    {
        int chunk = 4;
        float[] actual = PlaneKernel.RunAll(gradient, 2, 17, outPixels, pixels, (plane, target) => run(plane, --chunk, [], target));
        Assert.InRange(RelativeError.Of(actual, expected), 0, 1e-6);

        float[] ones = [.. Enumerable.Repeat(1f, pixels * 16)];
        chunk = 4;
        float[] added = PlaneKernel.RunAll(gradient, 2, 17, outPixels, pixels, (plane, target) => run(plane, --chunk, ones, target));
        Assert.InRange(RelativeError.Of(added, [.. expected.Select(value => value + 1)]), 0, 1e-6);
    }
}
