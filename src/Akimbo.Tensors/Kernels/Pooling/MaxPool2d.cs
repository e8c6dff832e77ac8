using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Pooling;

/// <summary>
/// <c>output[n, c, y, x] = max_{ky, kx} input[n, c, y·s − p + ky, x·s − p + kx]</c> over the pixels that exist.
/// A NaN may be passed over.
/// </summary>
internal static class MaxPool2d
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on [N, C, H, W]; the geometry's output channels are its input channels.</summary>
    public static void Define(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, Span<float> output)
    {
        var g = geometry;
        int at = 0;
        for (int plane = 0; plane < g.Batch * g.InChannels; plane++)
            for (int y = 0; y < g.OutHeight; y++)
                for (int x = 0; x < g.OutWidth; x++)
                {
                    float largest = float.NegativeInfinity;
                    for (int row = Math.Max(0, y * g.Stride - g.Padding); row < Math.Min(g.InHeight, y * g.Stride - g.Padding + g.KernelSize); row++)
                        for (int column = Math.Max(0, x * g.Stride - g.Padding); column < Math.Min(g.InWidth, x * g.Stride - g.Padding + g.KernelSize); column++)
                            largest = MathF.Max(largest, input[(plane * g.InHeight + row) * g.InWidth + column]);
                    output[at++] = largest;
                }
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The pooling.</param>
    /// <param name="input">[H, W, 16].</param>
    /// <param name="output">[H', W', 16].</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> input, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(geometry, input, output); break;
            case SimdPath.Vector256: Run<Block256>(geometry, input, output); break;
            default: Run<Block128>(geometry, input, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, Span<float> output) where T : struct, IBlock<T>
    {
        var g = geometry;
        int outWidth = g.OutWidth;
        for (int y = 0; y < g.OutHeight; y++)
        {
            int firstRow = Math.Max(0, y * g.Stride - g.Padding), endRow = Math.Min(g.InHeight, y * g.Stride - g.Padding + g.KernelSize);
            for (int x = 0; x < outWidth; x++)
            {
                int firstColumn = Math.Max(0, x * g.Stride - g.Padding), endColumn = Math.Min(g.InWidth, x * g.Stride - g.Padding + g.KernelSize);
                T largest = T.Broadcast(float.NegativeInfinity);
                for (int row = firstRow; row < endRow; row++)
                    for (int column = firstColumn; column < endColumn; column++)
                        largest = T.Max(largest, T.Load(in input[(row * g.InWidth + column) * Lanes]));
                T.Store(largest, ref output[(y * outWidth + x) * Lanes]);
            }
        }
    }
}
