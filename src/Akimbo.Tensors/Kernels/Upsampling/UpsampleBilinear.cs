using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Upsampling;

/// <summary>
/// <c>output[y, x] = Σ input[rows, columns] · weights</c> of the four nearest pixels, with source positions
/// <c>(y + ½) · H / H' − ½</c> (not below 0), or <c>y · (H − 1) / (H' − 1)</c> with aligned corners: PyTorch's <c>interpolate</c>.
/// </summary>
internal static class UpsampleBilinear
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Where one output row or column reads: <c>input[Low] · (1 − Share) + input[High] · Share</c>.</summary>
    internal readonly record struct Source(int Low, int High, float Share);

    /// <summary>The source of output position <paramref name="at"/>.</summary>
    /// <param name="at">From 0 to <paramref name="outLength"/> − 1.</param>
    /// <param name="inLength">Rows or columns of the input.</param>
    /// <param name="outLength">Rows or columns of the output.</param>
    /// <param name="alignCorners">Whether the centres of the corner pixels coincide.</param>
    public static Source SourceOf(int at, int inLength, int outLength, bool alignCorners)
    {
        float position = alignCorners
            ? outLength > 1 ? at * ((float)(inLength - 1) / (outLength - 1)) : 0
            : Math.Max(0, (at + 0.5f) * ((float)inLength / outLength) - 0.5f);
        int low = Math.Min((int)position, inLength - 1);
        return new Source(low, Math.Min(low + 1, inLength - 1), position - low);
    }

    /// <summary>Computes the definition on <paramref name="planes"/> planes of [H, W].</summary>
    public static void Define(ReadOnlySpan<float> input, int planes, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> output)
    {
        int at = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            var map = input.Slice(plane * height * width, height * width);
            for (int y = 0; y < outHeight; y++)
            {
                var row = SourceOf(y, height, outHeight, alignCorners);
                for (int x = 0; x < outWidth; x++)
                {
                    var column = SourceOf(x, width, outWidth, alignCorners);
                    float top = map[row.Low * width + column.Low] * (1 - column.Share) + map[row.Low * width + column.High] * column.Share;
                    float bottom = map[row.High * width + column.Low] * (1 - column.Share) + map[row.High * width + column.High] * column.Share;
                    output[at++] = top * (1 - row.Share) + bottom * row.Share;
                }
            }
        }
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[H, W, 16].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="outHeight">H'.</param>
    /// <param name="outWidth">W'.</param>
    /// <param name="alignCorners">Whether the centres of the corner pixels coincide.</param>
    /// <param name="output">[H', W', 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> input, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(input, height, width, outHeight, outWidth, alignCorners, output); break;
            case SimdPath.Vector256: Run<Block256>(input, height, width, outHeight, outWidth, alignCorners, output); break;
            default: Run<Block128>(input, height, width, outHeight, outWidth, alignCorners, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> input, int height, int width, int outHeight, int outWidth, bool alignCorners, Span<float> output)
        where T : struct, IBlock<T>
    {
        for (int y = 0; y < outHeight; y++)
        {
            var row = SourceOf(y, height, outHeight, alignCorners);
            T up = T.Broadcast(1 - row.Share), down = T.Broadcast(row.Share);
            var low = input.Slice(row.Low * width * Lanes, width * Lanes);
            var high = input.Slice(row.High * width * Lanes, width * Lanes);
            for (int x = 0; x < outWidth; x++)
            {
                var column = SourceOf(x, width, outWidth, alignCorners);
                T left = T.Broadcast(1 - column.Share), right = T.Broadcast(column.Share);
                T top = Mix(T.Load(in low[column.Low * Lanes]), left, T.Load(in low[column.High * Lanes]), right);
                T bottom = Mix(T.Load(in high[column.Low * Lanes]), left, T.Load(in high[column.High * Lanes]), right);
                T.Store(Mix(top, up, bottom, down), ref output[(y * outWidth + x) * Lanes]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Mix<T>(T first, T firstShare, T second, T secondShare) where T : struct, IBlock<T> =>
        T.MultiplyAdd(first, firstShare, T.MultiplyAdd(second, secondShare, T.Zero));
}
