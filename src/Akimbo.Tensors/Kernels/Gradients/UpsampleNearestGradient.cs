using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>The gradient of <see cref="Upsampling.UpsampleNearest"/> by its input: the sum over the copies of a pixel.</summary>
internal static class UpsampleNearestGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on <paramref name="planes"/> planes of [H, W].</summary>
    public static void Define(ReadOnlySpan<float> outputGradient, int planes, int height, int width, int scale, Span<float> inputGradient)
    {
        inputGradient.Clear();
        int at = 0;
        for (int plane = 0; plane < planes; plane++)
            for (int y = 0; y < height * scale; y++)
                for (int x = 0; x < width * scale; x++)
                    inputGradient[(plane * height + y / scale) * width + x / scale] += outputGradient[at++];
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="outputGradient">[H·scale, W·scale, 16].</param>
    /// <param name="addend">[H, W, 16] to add, or empty.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="scale">The integer scale, 1 or more.</param>
    /// <param name="inputGradient">[H, W, 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, int height, int width, int scale, Span<float> inputGradient)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(outputGradient, addend, height, width, scale, inputGradient); break;
            case SimdPath.Vector256: Run<Block256>(outputGradient, addend, height, width, scale, inputGradient); break;
            default: Run<Block128>(outputGradient, addend, height, width, scale, inputGradient); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, int height, int width, int scale, Span<float> inputGradient)
        where T : struct, IBlock<T>
    {
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int pixel = (y * width + x) * Lanes;
                T sum = addend.IsEmpty ? T.Zero : T.Load(in addend[pixel]);
                for (int dy = 0; dy < scale; dy++)
                    for (int dx = 0; dx < scale; dx++)
                        sum = T.Add(sum, T.Load(in outputGradient[((y * scale + dy) * width * scale + x * scale + dx) * Lanes]));
                T.Store(sum, ref inputGradient[pixel]);
            }
    }
}
