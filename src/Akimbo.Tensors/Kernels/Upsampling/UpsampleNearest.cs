using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Upsampling;

/// <summary><c>output[n, c, y, x] = input[n, c, ⌊y / scale⌋, ⌊x / scale⌋]</c>.</summary>
internal static class UpsampleNearest
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on <paramref name="planes"/> planes of [H, W].</summary>
    public static void Define(ReadOnlySpan<float> input, int planes, int height, int width, int scale, Span<float> output)
    {
        int at = 0;
        for (int plane = 0; plane < planes; plane++)
            for (int y = 0; y < height * scale; y++)
                for (int x = 0; x < width * scale; x++)
                    output[at++] = input[(plane * height + y / scale) * width + x / scale];
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[H, W, 16].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="scale">The integer scale, 1 or more.</param>
    /// <param name="output">[H·scale, W·scale, 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> input, int height, int width, int scale, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(input, height, width, scale, output); break;
            case SimdPath.Vector256: Run<Block256>(input, height, width, scale, output); break;
            default: Run<Block128>(input, height, width, scale, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> input, int height, int width, int scale, Span<float> output) where T : struct, IBlock<T>
    {
        int outRow = width * scale * Lanes;
        for (int y = 0; y < height; y++)
        {
            var first = output.Slice(y * scale * outRow, outRow);
            for (int x = 0; x < width; x++)
            {
                T value = T.Load(in input[(y * width + x) * Lanes]);
                for (int copy = 0; copy < scale; copy++)
                    T.Store(value, ref first[(x * scale + copy) * Lanes]);
            }

            for (int copy = 1; copy < scale; copy++)
                first.CopyTo(output[((y * scale + copy) * outRow)..]);
        }
    }

    /// <summary>Adds the upsampled plane to another: <c>output[y, x] = range(other[y, x] + input[⌊y / scale⌋, ⌊x / scale⌋])</c>.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[H, W, 16].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="scale">The integer scale, 1 or more.</param>
    /// <param name="other">[H·scale, W·scale, 16].</param>
    /// <param name="range">The activation.</param>
    /// <param name="output">[H·scale, W·scale, 16]; may be <paramref name="other"/>.</param>
    public static void Add(SimdPath path, ReadOnlySpan<float> input, int height, int width, int scale, ReadOnlySpan<float> other, ActivationRange range, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Add<Block512>(input, height, width, scale, other, range, output); break;
            case SimdPath.Vector256: Add<Block256>(input, height, width, scale, other, range, output); break;
            default: Add<Block128>(input, height, width, scale, other, range, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<T>(ReadOnlySpan<float> input, int height, int width, int scale, ReadOnlySpan<float> other, ActivationRange range, Span<float> output) where T : struct, IBlock<T>
    {
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        int outRow = width * scale * Lanes;
        for (int y = 0; y < height * scale; y++)
        {
            var small = input.Slice(y / scale * width * Lanes, width * Lanes);
            var addend = other.Slice(y * outRow, outRow);
            var target = output.Slice(y * outRow, outRow);
            int at = 0;
            for (int x = 0; x < width; x++)
            {
                T value = T.Load(in small[x * Lanes]);
                for (int copy = 0; copy < scale; copy++, at += Lanes)
                    T.Store(T.Min(high, T.Max(low, T.Add(T.Load(in addend[at]), value))), ref target[at]);
            }
        }
    }
}
