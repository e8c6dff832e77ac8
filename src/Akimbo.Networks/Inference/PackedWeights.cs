using System.Collections.Concurrent;
using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Inference;

/// <summary>The folded and packed weights of a network, made once and shared by the programs of all shapes and threads.</summary>
internal sealed class PackedWeights(SimdPath path)
{
    private readonly ConcurrentDictionary<(Convolve, string), object> _packed = new();

    /// <summary>The vector width the weights are packed for.</summary>
    public SimdPath Path => path;

    /// <summary>The kernel that computes a node whose operation is a convolution.</summary>
    public ConvolutionKernel Kernel(FusedNode node)
    {
        var convolve = (Convolve)node.Operation;
        var geometry = convolve.GeometryFor(node.Inputs[0].Shape);
        object packed = _packed.GetOrAdd((convolve, node.FoldedNames), _ => Pack(node, convolve, geometry));
        return packed switch
        {
            TransposedConvolution.PhaseWeights[] phases => new TransposedConvolution(geometry, phases) { Geometry = geometry, Range = node.Range },
            Depthwise depthwise => new DepthwiseConvolution(geometry, path, depthwise.Weights, depthwise.Bias) { Geometry = geometry, Range = node.Range },
            GemmWeights weights when PointwiseConvolution.Fits(geometry) => new PointwiseConvolution(geometry, weights) { Geometry = geometry, Range = node.Range },
            GemmWeights weights => new DenseConvolution(geometry, weights) { Geometry = geometry, Range = node.Range },
            _ => throw new InvalidOperationException($"{convolve} has packed weights of no known kind."),
        };
    }

    private sealed record Depthwise(float[] Weights, float[] Bias);

    private object Pack(FusedNode node, Convolve convolve, in ConvolutionGeometry geometry)
    {
        var (weights, bias) = FoldedWeights(node, convolve, geometry);
        if (convolve.IsTransposed) return TransposedConvolution.Pack(path, weights, bias, geometry);
        if (geometry.IsDepthwise)
        {
            var packedBias = new float[BlockedLayout.Blocks(geometry.OutChannels) * BlockedLayout.Lanes];
            bias.CopyTo(packedBias, 0);
            return new Depthwise(DepthwiseConvolution.Pack(weights, geometry), packedBias);
        }

        return PointwiseConvolution.Fits(geometry)
            ? GemmWeights.PackConvolution(path, weights, bias, geometry)
            : DenseConvolution.Pack(path, weights, bias, geometry);
    }

    private static (float[] Weights, float[] Bias) FoldedWeights(FusedNode node, Convolve convolve, in ConvolutionGeometry geometry)
    {
        var (scale, shift) = node.Affine(geometry.OutChannels);
        float[] weights = convolve.Weight.Value.Span.ToArray(), bias = shift;
        int taps = geometry.KernelSize * geometry.KernelSize;
        int perOutput = convolve.IsTransposed ? taps : weights.Length / geometry.OutChannels;
        for (int i = 0; i < weights.Length; i++) weights[i] *= scale[i / perOutput % geometry.OutChannels];
        if (convolve.Bias is { } added)
            for (int o = 0; o < bias.Length; o++) bias[o] += added.Value.Span[o] * scale[o];
        return (weights, bias);
    }
}
