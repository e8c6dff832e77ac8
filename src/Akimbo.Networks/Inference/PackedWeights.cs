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
    private readonly ConcurrentDictionary<Recipe, object> _packed = new();

    /// <summary>The vector width the weights are packed for.</summary>
    public SimdPath Path => path;

    /// <summary>The kernel that computes a node whose operation is a convolution.</summary>
    public ConvolutionKernel Kernel(FusedNode node)
    {
        var convolve = (Convolve)node.Operation;
        var geometry = KernelGeometry(convolve, node.Inputs[0]);
        object packed = _packed.GetOrAdd(new Recipe(convolve, node.Folded, geometry.InChannels), _ => Pack(node, convolve, geometry));
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

    /// <summary>What determines packed weights: not the shape of the map, so that they serve all shapes.</summary>
    private sealed record Recipe(Convolve Convolve, IReadOnlyList<(BatchNormalize, bool)> Folded, int InChannels)
    {
        public bool Equals(Recipe? other) =>
            other is not null && Convolve == other.Convolve && InChannels == other.InChannels && Folded.SequenceEqual(other.Folded);

        public override int GetHashCode() => HashCode.Combine(Convolve, InChannels, Folded.Count);
    }

    /// <summary>
    /// The convolution as its kernel sees it. The dense kernel takes an input of few channels for the caller's, which is not
    /// blocked; between kernels such a map is, so that a channel of zero weights, from an unused lane, makes it one of more.
    /// </summary>
    private static ConvolutionGeometry KernelGeometry(Convolve convolve, Value input)
    {
        var geometry = convolve.GeometryFor(input.Shape);
        bool takenForCallers = geometry is { Groups: 1, Transposed: false } && DenseConvolution.IsPlanar(geometry)
            && !PointwiseConvolution.Fits(geometry) && input.Operation is not Input;
        return takenForCallers ? geometry with { InChannels = DenseConvolution.MaxPlanarChannels + 1 } : geometry;
    }

    private object Pack(FusedNode node, Convolve convolve, in ConvolutionGeometry geometry)
    {
        var (scale, shift) = node.Affine(geometry.OutChannels);
        var (weights, bias) = convolve.Scaled(scale, shift);
        if (convolve.IsTransposed) return TransposedConvolution.Pack(path, weights, bias, geometry);
        if (geometry.IsDepthwise)
        {
            var packedBias = new float[BlockedLayout.Blocks(geometry.OutChannels) * BlockedLayout.Lanes];
            bias.CopyTo(packedBias, 0);
            return new Depthwise(DepthwiseConvolution.Pack(weights, geometry), packedBias);
        }

        return PointwiseConvolution.Fits(geometry)
            ? GemmWeights.PackConvolution(path, weights, bias, geometry)
            : DenseConvolution.Pack(path, Widen(weights, geometry), bias, geometry);
    }

    /// <summary>[O, I, k, k] with zeros for the input channels that only the kernel sees.</summary>
    private static float[] Widen(float[] weights, in ConvolutionGeometry geometry)
    {
        int length = weights.Length / geometry.OutChannels;
        int wanted = geometry.InChannels / geometry.Groups * geometry.KernelSize * geometry.KernelSize;
        if (length == wanted) return weights;
        float[] wider = new float[geometry.OutChannels * wanted];
        for (int o = 0; o < geometry.OutChannels; o++) weights.AsSpan(o * length, length).CopyTo(wider.AsSpan(o * wanted));
        return wider;
    }
}
