using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// <c>∂x[c, y·s − p + ky, x·s − p + kx] = Σ_{ky, kx} g[c, y, x] · w[c, ky, kx]</c>: the input's gradient of a convolution in which
/// every channel is by itself, of any stride. Defined by <see cref="ConvolutionGradient.DefineInput"/>.
/// </summary>
internal static class DepthwiseInputGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The depthwise convolution.</param>
    /// <param name="outputGradient">[H', W', 16].</param>
    /// <param name="weights">[kernelSize, kernelSize, 16].</param>
    /// <param name="addend">[H, W, 16] to add, or empty.</param>
    /// <param name="inputGradient">[H, W, 16].</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> weights, ReadOnlySpan<float> addend, Span<float> inputGradient)
    {
        if (addend.IsEmpty) inputGradient.Clear();
        else addend.CopyTo(inputGradient);
        switch (path)
        {
            case SimdPath.Vector512: Add<Block512>(geometry, outputGradient, weights, inputGradient); break;
            case SimdPath.Vector256: Add<Block256>(geometry, outputGradient, weights, inputGradient); break;
            default: Add<Block128>(geometry, outputGradient, weights, inputGradient); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(in ConvolutionGeometry geometry, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> weights, Span<float> inputGradient)
        where T : struct, IBlock<T>
    {
        var g = geometry;
        for (int y = 0; y < g.OutHeight; y++)
            for (int ky = 0; ky < g.KernelSize; ky++)
            {
                int row = y * g.Stride - g.Padding + ky;
                if ((uint)row >= (uint)g.InHeight) continue;
                for (int kx = 0; kx < g.KernelSize; kx++)
                {
                    int firstX = Math.Max(0, (g.Padding - kx + g.Stride - 1) / g.Stride);
                    int endX = Math.Min(g.OutWidth, (g.InWidth - 1 + g.Padding - kx + g.Stride) / g.Stride);
                    T weight = T.Load(in weights[(ky * g.KernelSize + kx) * Lanes]);
                    int from = y * g.OutWidth * Lanes, to = (row * g.InWidth - g.Padding + kx) * Lanes;
                    for (int x = firstX; x < endX; x++)
                    {
                        ref float target = ref inputGradient[to + x * g.Stride * Lanes];
                        T.Store(T.MultiplyAdd(T.Load(in outputGradient[from + x * Lanes]), weight, T.Load(in target)), ref target);
                    }
                }
            }
    }
}
