using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// <c>∂w[c, ky, kx] = Σ_{n, y, x} g[n, c, y, x] · x[n, c, y·s − p + ky, x·s − p + kx]</c>: the weights' gradient of a convolution in
/// which every channel is by itself, sixteen at a time. Defined by <see cref="ConvolutionGradient.DefineWeights"/>.
/// </summary>
internal static class DepthwiseWeightGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes one block of channels over all images.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The depthwise convolution.</param>
    /// <param name="input">The blocked input.</param>
    /// <param name="outputGradient">The blocked gradient of the output.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="weightGradient">[kernelSize, kernelSize, 16].</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, int block, Span<float> weightGradient)
    {
        var g = geometry;
        int blocks = BlockedLayout.Blocks(g.InChannels), inPlane = g.InHeight * g.InWidth * Lanes, outPlane = g.OutHeight * g.OutWidth * Lanes;
        weightGradient.Clear();
        for (int n = 0; n < g.Batch; n++)
        {
            var x = input.Slice((n * blocks + block) * inPlane, inPlane);
            var gradient = outputGradient.Slice((n * blocks + block) * outPlane, outPlane);
            switch (path)
            {
                case SimdPath.Vector512: Add<Block512>(g, x, gradient, weightGradient); break;
                case SimdPath.Vector256: Add<Block256>(g, x, gradient, weightGradient); break;
                default: Add<Block128>(g, x, gradient, weightGradient); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> weightGradient)
        where T : struct, IBlock<T>
    {
        var g = geometry;
        for (int ky = 0; ky < g.KernelSize; ky++)
            for (int kx = 0; kx < g.KernelSize; kx++)
            {
                int firstX = Math.Max(0, (g.Padding - kx + g.Stride - 1) / g.Stride);
                int endX = Math.Min(g.OutWidth, (g.InWidth - 1 + g.Padding - kx + g.Stride) / g.Stride);
                T total = T.Zero;
                for (int y = 0; y < g.OutHeight; y++)
                {
                    int row = y * g.Stride - g.Padding + ky;
                    if ((uint)row >= (uint)g.InHeight) continue;
                    T even = T.Zero, odd = T.Zero;
                    int from = (row * g.InWidth - g.Padding + kx) * Lanes, to = y * g.OutWidth * Lanes, x = firstX;
                    for (; x <= endX - 2; x += 2)
                    {
                        even = T.MultiplyAdd(T.Load(in input[from + x * g.Stride * Lanes]), T.Load(in outputGradient[to + x * Lanes]), even);
                        odd = T.MultiplyAdd(T.Load(in input[from + (x + 1) * g.Stride * Lanes]), T.Load(in outputGradient[to + (x + 1) * Lanes]), odd);
                    }

                    if (x < endX) even = T.MultiplyAdd(T.Load(in input[from + x * g.Stride * Lanes]), T.Load(in outputGradient[to + x * Lanes]), even);
                    total = T.Add(total, T.Add(even, odd));
                }

                ref float target = ref weightGradient[(ky * g.KernelSize + kx) * Lanes];
                T.Store(T.Add(T.Load(in target), total), ref target);
            }
    }
}
