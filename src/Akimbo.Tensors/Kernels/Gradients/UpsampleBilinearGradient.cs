using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Upsampling;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of <see cref="UpsampleBilinear"/> by its input: each output pixel's gradient goes to the four pixels it was
/// mixed from, by their shares.
/// </summary>
internal static class UpsampleBilinearGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on <paramref name="planes"/> planes of [H, W].</summary>
    public static void Define(ReadOnlySpan<float> outputGradient, int planes, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> inputGradient)
    {
        double[] sums = new double[inputGradient.Length];
        int at = 0;
        for (int plane = 0; plane < planes; plane++)
            for (int y = 0; y < outHeight; y++)
            {
                var row = UpsampleBilinear.SourceOf(y, height, outHeight, alignCorners);
                for (int x = 0; x < outWidth; x++)
                {
                    var column = UpsampleBilinear.SourceOf(x, width, outWidth, alignCorners);
                    double gradient = outputGradient[at++];
                    int low = (plane * height + row.Low) * width, high = (plane * height + row.High) * width;
                    sums[low + column.Low] += gradient * (1 - row.Share) * (1 - column.Share);
                    sums[low + column.High] += gradient * (1 - row.Share) * column.Share;
                    sums[high + column.Low] += gradient * row.Share * (1 - column.Share);
                    sums[high + column.High] += gradient * row.Share * column.Share;
                }
            }

        for (int i = 0; i < sums.Length; i++) inputGradient[i] = (float)sums[i];
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="outputGradient">[H', W', 16].</param>
    /// <param name="addend">[H, W, 16] to add, or empty.</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="outHeight">H'.</param>
    /// <param name="outWidth">W'.</param>
    /// <param name="alignCorners">Whether the centres of the corner pixels coincide.</param>
    /// <param name="inputGradient">[H, W, 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> inputGradient)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(outputGradient, addend, height, width, outHeight, outWidth, alignCorners, inputGradient); break;
            case SimdPath.Vector256: Run<Block256>(outputGradient, addend, height, width, outHeight, outWidth, alignCorners, inputGradient); break;
            default: Run<Block128>(outputGradient, addend, height, width, outHeight, outWidth, alignCorners, inputGradient); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> outputGradient, ReadOnlySpan<float> addend, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> inputGradient)
        where T : struct, IBlock<T>
    {
        if (addend.IsEmpty) inputGradient.Clear();
        else addend.CopyTo(inputGradient);
        for (int y = 0; y < outHeight; y++)
        {
            var row = UpsampleBilinear.SourceOf(y, height, outHeight, alignCorners);
            var low = inputGradient.Slice(row.Low * width * Lanes, width * Lanes);
            var high = inputGradient.Slice(row.High * width * Lanes, width * Lanes);
            T up = T.Broadcast(1 - row.Share), down = T.Broadcast(row.Share);
            for (int x = 0; x < outWidth; x++)
            {
                var column = UpsampleBilinear.SourceOf(x, width, outWidth, alignCorners);
                T left = T.Broadcast(1 - column.Share), right = T.Broadcast(column.Share);
                T gradient = T.Load(in outputGradient[(y * outWidth + x) * Lanes]);
                T top = T.Multiply(gradient, up), bottom = T.Multiply(gradient, down);
                AddTo(top, left, ref low[column.Low * Lanes]);
                AddTo(top, right, ref low[column.High * Lanes]);
                AddTo(bottom, left, ref high[column.Low * Lanes]);
                AddTo(bottom, right, ref high[column.High * Lanes]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<T>(T gradient, T share, ref float target) where T : struct, IBlock<T> =>
        T.Store(T.MultiplyAdd(gradient, share, T.Load(in target)), ref target);
}
