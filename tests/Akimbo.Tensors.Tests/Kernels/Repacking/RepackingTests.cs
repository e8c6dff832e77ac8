using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Repacking;

public sealed class RepackingTests
{
    public static TheoryData<int, int, int, int> Convolutions { get; } = new()
    {
        { 1, 1, 1, 1 }, { 17, 33, 1, 1 }, { 33, 48, 3, 1 }, { 3, 16, 7, 1 }, { 18, 36, 3, 3 }, { 64, 32, 1, 2 },
    };

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void WritePanel_ForwardView_GivesWhatPackingGives(int inChannels, int outChannels, int kernelSize, int groups)
    {
        var g = new ConvolutionGeometry(1, inChannels, 8, 8, outChannels, kernelSize, Padding: kernelSize / 2, Groups: groups);
        var random = new Random(1);
        float[] weights = random.Values(outChannels * (inChannels / groups) * kernelSize * kernelSize), bias = random.Values(outChannels);
        foreach (var path in SimdPaths.Supported)
        {
            AssertSame(GemmWeights.PackConvolution(path, weights, bias, g), Repacked(GemmWeights.PackConvolution(path, new float[weights.Length], [], g), weights, bias, WeightView.Forward(g)));
            if (groups == 1)
                AssertSame(GemmWeights.PackPatches(path, weights, bias, g), Repacked(GemmWeights.PackPatches(path, new float[weights.Length], [], g), weights, bias, WeightView.Patches(g)));
        }
    }

    [Theory]
    [MemberData(nameof(Convolutions))]
    public void WritePanel_InputGradientView_GivesTheTransposedAndFlippedKernel(int inChannels, int outChannels, int kernelSize, int groups)
    {
        var g = new ConvolutionGeometry(1, inChannels, 8, 8, outChannels, kernelSize, Padding: kernelSize / 2, Groups: groups);
        int taps = kernelSize * kernelSize, groupInputs = inChannels / groups, groupOutputs = outChannels / groups;
        float[] weights = new Random(2).Values(outChannels * groupInputs * taps), turned = new float[weights.Length];
        for (int o = 0; o < outChannels; o++)
            for (int i = 0; i < groupInputs; i++)
                for (int tap = 0; tap < taps; tap++)
                    turned[((o / groupOutputs * groupInputs + i) * groupOutputs + o % groupOutputs) * taps + taps - 1 - tap] = weights[(o * groupInputs + i) * taps + tap];
        var gradient = g with { InChannels = outChannels, OutChannels = inChannels };
        foreach (var path in SimdPaths.Supported)
            AssertSame(GemmWeights.PackConvolution(path, turned, [], gradient), Repacked(GemmWeights.PackConvolution(path, new float[weights.Length], [], gradient), weights, [], WeightView.InputGradient(g)));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(2)]
    public void WriteBlock_Winograd_GivesWhatPackingGives(int tile)
    {
        var g = new ConvolutionGeometry(1, 17, 8, 8, 49, KernelSize: 3, Padding: 1);
        float[] weights = new Random(3).Values(49 * 17 * 9);
        foreach (var path in SimdPaths.Supported)
        {
            WinogradWeights expected = WinogradWeights.Pack(path, tile, weights, [], g), actual = WinogradWeights.Pack(path, tile, new float[weights.Length], [], g);
            for (int block = 0; block < 4; block++) WinogradRepacking.WriteBlock(path, actual, block, weights, WeightView.Forward(g));
            for (int panel = 0; panel < expected.Panels; panel++) Assert.InRange(RelativeError.Of(actual.Panel(panel), expected.Panel(panel)), 0, 1e-6);
        }
    }

    [Fact]
    public void Pack_Depthwise_GivesWhatPackingGivesAndUnpacksAgain()
    {
        var g = new ConvolutionGeometry(1, 17, 8, 8, 17, KernelSize: 3, Padding: 1, Groups: 17);
        float[] weights = new Random(4).Values(17 * 9), packed = new float[2 * 9 * 16], unpacked = new float[weights.Length];
        DepthwisePacking.Pack(weights, packed, 17, 9, isFlipped: false);
        for (int block = 0; block < 2; block++) DepthwisePacking.UnpackBlock(packed.AsSpan(block * 9 * 16, 9 * 16), block, accumulates: false, unpacked, 17, 9);

        Assert.Equal(DepthwiseConvolution.Pack(weights, g).Span.ToArray(), packed);
        Assert.Equal(weights, unpacked);
    }

    private static GemmWeights Repacked(GemmWeights packed, float[] weights, float[] bias, WeightView view)
    {
        for (int panel = 0; panel < packed.Panels; panel++) GemmRepacking.WritePanel(packed, panel, weights, view);
        GemmRepacking.WriteBias(packed, bias);
        return packed;
    }

    private static void AssertSame(GemmWeights expected, GemmWeights actual)
    {
        for (int panel = 0; panel < expected.Panels; panel++)
        {
            Assert.Equal(expected.Panel(panel), actual.Panel(panel));
            Assert.Equal(expected.Bias(panel), actual.Bias(panel));
        }
    }
}
