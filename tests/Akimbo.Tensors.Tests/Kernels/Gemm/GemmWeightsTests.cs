using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Gemm;

/// <summary>The packed order, [panel][tap][⌈I/16⌉][16][16·blocks], read back one weight at a time.</summary>
public class GemmWeightsTests
{
    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void PackConvolution_EveryPairOfChannels_PutsEveryWeightInItsPlace(SimdPath path)
    {
        foreach (int inChannels in Samples.Channels)
            foreach (int outChannels in Samples.Channels)
            {
                float[] weights = Distinct(outChannels * inChannels * 9), bias = Distinct(outChannels);
                var geometry = new ConvolutionGeometry(1, inChannels, 3, 3, outChannels, KernelSize: 3);
                var packed = GemmWeights.PackConvolution(path, weights, bias, geometry);

                Assert.Equal(9 * packed.InBlocks * 16, packed.Depth);
                Assert.Equal(inChannels, (packed.InBlocks - 1) * 16 + packed.LastBlockLanes);
                AssertHolds(packed, outChannels, weights.Length,
                    (o, tap, i) => i < inChannels ? weights[(o * inChannels + i) * 9 + tap] : 0);
                AssertHoldsBias(packed, bias);
            }
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void PackConvolution_Groups_HaveZerosBetweenThem(SimdPath path)
    {
        float[] weights = Distinct(34 * 11);
        var packed = GemmWeights.PackConvolution(path, weights, [], new ConvolutionGeometry(1, 22, 3, 3, 34, KernelSize: 1, Groups: 2));

        AssertHolds(packed, 34, weights.Length, (o, _, i) => i / 11 == o / 17 && i < 22 ? weights[o * 11 + i % 11] : 0);
        AssertHoldsBias(packed, new float[34]);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void PackPatches_Photo_HasChannelsAndTapsInARow(SimdPath path)
    {
        float[] weights = Distinct(33 * 3 * 49);
        var packed = GemmWeights.PackPatches(path, weights, [], new ConvolutionGeometry(1, 3, 9, 9, 33, KernelSize: 7));

        Assert.Equal(3 * 49 % 16, packed.LastBlockLanes);
        AssertHolds(packed, 33, weights.Length, (o, _, term) => term < 3 * 49 ? weights[o * 3 * 49 + term] : 0);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void PackPhase_SomeTaps_TakesThemInOrder(SimdPath path)
    {
        float[] weights = Distinct(17 * 18 * 16);
        var geometry = new ConvolutionGeometry(1, 17, 3, 3, 18, KernelSize: 4, Stride: 2, Transposed: true);
        int[] rows = [1, 3], columns = [0, 2];
        var packed = GemmWeights.PackPhase(path, weights, [], geometry, rows, columns);

        AssertHolds(packed, 18, 17 * 18 * 4,
            (o, tap, i) => i < 17 ? weights[((i * 18 + o) * 4 + rows[tap / 2]) * 4 + columns[tap % 2]] : 0);
    }

    [Fact]
    public void PackPhase_NoTaps_HasNoDepth()
    {
        var geometry = new ConvolutionGeometry(1, 3, 3, 3, 5, KernelSize: 1, Stride: 2, Transposed: true);
        var packed = GemmWeights.PackPhase(SimdPath.Vector128, Distinct(15), [1, 2, 3, 4, 5], geometry, [], [0]);

        Assert.Equal(0, packed.Depth);
        Assert.True(packed.Panel(0).IsEmpty);
        AssertHoldsBias(packed, [1, 2, 3, 4, 5]);
    }

    [Theory]
    [InlineData(SimdPath.Vector512, 48, 2, 1)]
    [InlineData(SimdPath.Vector512, 32, 1, 2)]
    [InlineData(SimdPath.Vector256, 48, 3, 1)]
    [InlineData(SimdPath.Vector128, 17, 2, 1)]
    public void Panels_OddAndEvenBlocks_CoverThem(SimdPath path, int outChannels, int panels, int lastBlocks)
    {
        var packed = GemmWeights.PackConvolution(path, new float[outChannels], [], new ConvolutionGeometry(1, 1, 1, 1, outChannels, KernelSize: 1));

        Assert.Equal(panels, packed.Panels);
        Assert.Equal(lastBlocks, packed.BlocksOf(panels - 1));
        Assert.Equal(packed.OutBlocks, packed.FirstBlockOf(panels - 1) + lastBlocks);
    }

    private static void AssertHolds(GemmWeights packed, int outChannels, int weightCount, Func<int, int, int, float> weightOf)
    {
        int tapDepth = packed.InBlocks * 16, found = 0;
        for (int panel = 0; panel < packed.Panels; panel++)
        {
            var weights = packed.Panel(panel);
            int width = packed.BlocksOf(panel) * 16;
            Assert.Equal(packed.Depth * width, weights.Length);
            for (int at = 0; at < weights.Length; at++)
            {
                var (term, lane) = Math.DivRem(at, width);
                int o = packed.FirstBlockOf(panel) * 16 + lane;
                float expected = o < outChannels ? weightOf(o, term / tapDepth, term % tapDepth) : 0;
                if (weights[at] != expected) Assert.Fail($"Output {o}, term {term}: {weights[at]} instead of {expected}.");
                if (expected != 0) found++;
            }
        }

        Assert.Equal(weightCount, found);
    }

    private static void AssertHoldsBias(GemmWeights packed, float[] bias)
    {
        var all = new List<float>();
        for (int panel = 0; panel < packed.Panels; panel++) all.AddRange(packed.Bias(panel));
        Assert.Equal([.. bias, .. new float[packed.OutBlocks * 16 - bias.Length]], all);
    }

    private static float[] Distinct(int count) => [.. Enumerable.Range(1, count).Select(i => (float)i)];
}
