using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of <see cref="Pooling.MaxPool2d"/> by its input: each output's gradient goes to the largest pixel of its window,
/// to the first in row order of equals.
/// </summary>
internal static class MaxPoolGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on [N, C, H, W].</summary>
    /// <param name="geometry">The pooling.</param>
    /// <param name="input">[N, C, H, W].</param>
    /// <param name="outputGradient">[N, C, H', W'].</param>
    /// <param name="inputGradient">[N, C, H, W].</param>
    public static void Define(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient)
    {
        var g = geometry;
        inputGradient.Clear();
        int at = 0;
        for (int plane = 0; plane < g.Batch * g.InChannels; plane++)
            for (int y = 0; y < g.OutHeight; y++)
                for (int x = 0; x < g.OutWidth; x++)
                {
                    int best = -1;
                    for (int row = Math.Max(0, y * g.Stride - g.Padding); row < Math.Min(g.InHeight, y * g.Stride - g.Padding + g.KernelSize); row++)
                        for (int column = Math.Max(0, x * g.Stride - g.Padding); column < Math.Min(g.InWidth, x * g.Stride - g.Padding + g.KernelSize); column++)
                        {
                            int pixel = (plane * g.InHeight + row) * g.InWidth + column;
                            if (best < 0 || input[pixel] > input[best]) best = pixel;
                        }

                    inputGradient[best] += outputGradient[at++];
                }
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The pooling.</param>
    /// <param name="input">[H, W, 16].</param>
    /// <param name="output">[H', W', 16], what the pooling gave.</param>
    /// <param name="outputGradient">[H', W', 16].</param>
    /// <param name="addend">[H, W, 16] to add, or empty.</param>
    /// <param name="inputGradient">[H, W, 16].</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, Span<float> inputGradient)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(geometry, input, output, outputGradient, addend, inputGradient); break;
            case SimdPath.Vector256: Run<Block256>(geometry, input, output, outputGradient, addend, inputGradient); break;
            default: Run<Block128>(geometry, input, output, outputGradient, addend, inputGradient); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, Span<float> inputGradient) where T : struct, IBlock<T>
    {
        var g = geometry;
        if (g is { Padding: 0 } && g.KernelSize == g.Stride && g.InHeight == g.OutHeight * g.Stride && g.InWidth == g.OutWidth * g.Stride)
        {
            RunDisjoint<T>(g, input, output, outputGradient, addend, inputGradient);
            return;
        }

        if (addend.IsEmpty) inputGradient.Clear();
        else addend.CopyTo(inputGradient);
        for (int y = 0; y < g.OutHeight; y++)
        {
            int firstRow = Math.Max(0, y * g.Stride - g.Padding), endRow = Math.Min(g.InHeight, y * g.Stride - g.Padding + g.KernelSize);
            for (int x = 0; x < g.OutWidth; x++)
            {
                int firstColumn = Math.Max(0, x * g.Stride - g.Padding), endColumn = Math.Min(g.InWidth, x * g.Stride - g.Padding + g.KernelSize);
                T largest = T.Load(in output[(y * g.OutWidth + x) * Lanes]);
                T left = T.Load(in outputGradient[(y * g.OutWidth + x) * Lanes]);
                for (int row = firstRow; row < endRow; row++)
                    for (int column = firstColumn; column < endColumn; column++)
                    {
                        int pixel = (row * g.InWidth + column) * Lanes;
                        T taken = T.KeepEqual(T.Load(in input[pixel]), largest, left);
                        T.Store(T.Add(T.Load(in inputGradient[pixel]), taken), ref inputGradient[pixel]);
                        left = T.Subtract(left, taken);
                    }
            }
        }
    }

    /// <summary>Where every pixel is in one window, so that it is written once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunDisjoint<T>(in ConvolutionGeometry g, ReadOnlySpan<float> input, ReadOnlySpan<float> output,
        ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, Span<float> inputGradient) where T : struct, IBlock<T>
    {
        int size = g.KernelSize, width = g.InWidth, outWidth = g.OutWidth;
        for (int window = 0; window < g.OutHeight * outWidth; window++)
        {
            T largest = T.Load(in output[window * Lanes]), left = T.Load(in outputGradient[window * Lanes]);
            int first = (window / outWidth * width + window % outWidth) * size;
            for (int row = 0; row < size; row++)
                for (int pixel = (first + row * width) * Lanes, end = pixel + size * Lanes; pixel < end; pixel += Lanes)
                {
                    T taken = T.KeepEqual(T.Load(in input[pixel]), largest, left);
                    T.Store(addend.IsEmpty ? taken : T.Add(T.Load(in addend[pixel]), taken), ref inputGradient[pixel]);
                    left = T.Subtract(left, taken);
                }
        }
    }
}
