using System.Collections.Concurrent;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;

namespace Akimbo.Networks.Inference;

/// <summary>The folded and packed weights of a network, made once and shared by the programs of all shapes and threads.</summary>
internal sealed class PackedWeights(SimdPath path)
{
    private readonly ConcurrentDictionary<Recipe, object> _packed = new();

    /// <summary>The vector width the weights are packed for.</summary>
    public SimdPath Path => path;

    /// <summary>The kernel that computes a node whose operation is a convolution, its parts meant for so many threads.</summary>
    public ConvolutionKernel Kernel(FusedNode node, int threads)
    {
        var convolve = (Convolve)node.Operation;
        var geometry = convolve.GeometryFor(node.Inputs[0].Shape);
        bool isPlanar = node.Inputs[0].Operation is Input && PlanarConvolution.Fits(geometry) && !PointwiseConvolution.Fits(geometry);
        int winogradTile = !isPlanar && WinogradConvolution.Fits(geometry) ? WinogradTile.Best(geometry, path) : 0;
        var recipe = new Recipe(convolve, node.Folded, isPlanar, winogradTile);
        object packed = _packed.GetOrAdd(recipe, _ => Pack(node, recipe, geometry));
        return packed switch
        {
            TransposedConvolution.PhaseWeights[] phases => new TransposedConvolution(geometry, phases, threads) { Geometry = geometry, Range = node.Range },
            WinogradWeights weights => new WinogradConvolution(geometry, weights, threads) { Geometry = geometry, Range = node.Range },
            Depthwise depthwise => new DepthwiseConvolution(geometry, path, depthwise.Weights, depthwise.Bias) { Geometry = geometry, Range = node.Range },
            GemmWeights weights when isPlanar => new PlanarConvolution(geometry, weights) { Geometry = geometry, Range = node.Range },
            GemmWeights weights when PointwiseConvolution.Fits(geometry) => new PointwiseConvolution(geometry, weights, Prologue(node.Prologue), threads) { Geometry = geometry, Range = node.Range },
            GemmWeights weights => new DenseConvolution(geometry, weights, threads) { Geometry = geometry, Range = node.Range },
            _ => throw new InvalidOperationException($"{convolve} has packed weights of no known kind."),
        };
    }

    private static ChannelPrologue? Prologue(FusedNode? node)
    {
        if (node is null) return null;
        var (scale, shift) = ((BatchNormalize)node.Operation).Affine();
        int length = BlockedLayout.Blocks(scale.Length) * BlockedLayout.Lanes;
        AlignedFloats scales = new(length), shifts = new(length);
        scale.CopyTo(scales.Span);
        shift.CopyTo(shifts.Span);
        return new ChannelPrologue(scales, shifts, node.Range);
    }

    private sealed record Depthwise(AlignedFloats Weights, AlignedFloats Bias);

    /// <summary>What determines packed weights: not the shape of the map, so that they serve all shapes of one algorithm.</summary>
    private sealed record Recipe(Convolve Convolve, IReadOnlyList<(BatchNormalize, bool)> Folded, bool IsPlanar, int WinogradTile)
    {
        public bool Equals(Recipe? other) =>
            other is not null && Convolve == other.Convolve && IsPlanar == other.IsPlanar && WinogradTile == other.WinogradTile && Folded.SequenceEqual(other.Folded);

        public override int GetHashCode() => HashCode.Combine(Convolve, IsPlanar, WinogradTile, Folded.Count);
    }

    private object Pack(FusedNode node, Recipe recipe, in ConvolutionGeometry geometry)
    {
        var convolve = recipe.Convolve;
        var (scale, shift) = node.Affine(geometry.OutChannels);
        var (weights, bias) = convolve.Scaled(scale, shift);
        if (convolve.IsTransposed) return TransposedConvolution.Pack(path, weights, bias, geometry);
        if (recipe.WinogradTile > 0) return WinogradWeights.Pack(path, recipe.WinogradTile, weights, bias, geometry);
        if (geometry.IsDepthwise) return new Depthwise(DepthwiseConvolution.Pack(weights, geometry), DepthwiseConvolution.PackBias(bias, geometry));
        return recipe.IsPlanar ? PlanarConvolution.Pack(path, weights, bias, geometry) : GemmWeights.PackConvolution(path, weights, bias, geometry);
    }
}
