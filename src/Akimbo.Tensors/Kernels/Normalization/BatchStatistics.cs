using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Normalization;

/// <summary>
/// The mean and the (biased) variance of every channel over images and pixels:
/// <c>mean[c] = Σ_{n, p} x[n, c, p] / m</c>, <c>variance[c] = Σ_{n, p} (x[n, c, p] − mean[c])² / m</c>, m = N · P.
/// Sums run in floats over a few hundred pixels, about the mean of those, and in doubles over all.
/// </summary>
internal static class BatchStatistics
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int SegmentLength = 256 * Lanes;

    /// <summary>Computes the definition on [N, C, P].</summary>
    public static void Define(ReadOnlySpan<float> input, int channels, int pixels, Span<float> mean, Span<float> variance)
    {
        double[] sums = new double[channels], squares = new double[channels];
        int count = input.Length / channels;
        for (int i = 0; i < input.Length; i++) sums[i / pixels % channels] += input[i];
        for (int c = 0; c < channels; c++) sums[c] /= count;
        for (int i = 0; i < input.Length; i++)
        {
            int c = i / pixels % channels;
            squares[c] += (input[i] - sums[c]) * (input[i] - sums[c]);
        }

        for (int c = 0; c < channels; c++) (mean[c], variance[c]) = ((float)sums[c], (float)(squares[c] / count));
    }

    /// <summary>Computes sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="block">The channels.</param>
    /// <param name="input">The blocked map.</param>
    /// <param name="mean">[16].</param>
    /// <param name="variance">[16].</param>
    public static void Run(SimdPath path, in ChannelBlock block, ReadOnlySpan<float> input, Span<float> mean, Span<float> variance)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(block, input, mean, variance); break;
            case SimdPath.Vector256: Run<Block256>(block, input, mean, variance); break;
            default: Run<Block128>(block, input, mean, variance); break;
        }
    }

    private static void Run<T>(in ChannelBlock block, ReadOnlySpan<float> input, Span<float> mean, Span<float> variance) where T : struct, IBlock<T>
    {
        Span<double> sums = stackalloc double[Lanes], squares = stackalloc double[Lanes], part = stackalloc double[Lanes];
        Span<double> partDeviations = stackalloc double[Lanes], partSquares = stackalloc double[Lanes];
        Span<float> center = stackalloc float[Lanes], origin = stackalloc float[Lanes];
        for (int n = 0; n < block.Batch; n++)
        {
            var plane = block.Plane(input, n);
            for (int at = 0; at < plane.Length; at += SegmentLength)
            {
                var segment = plane.Slice(at, Math.Min(SegmentLength, plane.Length - at)); // read twice, the second time from the first-level cache
                int count = segment.Length / Lanes;
                part.Clear();
                partDeviations.Clear();
                partSquares.Clear();
                AddSums<T>(segment, part);
                for (int lane = 0; lane < Lanes; lane++) center[lane] = (float)(part[lane] / count);
                if (n == 0 && at == 0) center.CopyTo(origin);
                AddDeviations<T>(segment, center, partDeviations, partSquares);
                for (int lane = 0; lane < Lanes; lane++)
                {
                    double offset = (double)center[lane] - origin[lane];
                    sums[lane] += partDeviations[lane] + count * offset;
                    squares[lane] += partSquares[lane] + 2 * offset * partDeviations[lane] + count * offset * offset;
                }
            }
        }

        for (int lane = 0; lane < Lanes; lane++)
        {
            double offset = sums[lane] / block.Count;
            mean[lane] = (float)(origin[lane] + offset);
            variance[lane] = (float)Math.Max(0, squares[lane] / block.Count - offset * offset);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSums<T>(ReadOnlySpan<float> values, Span<double> sums) where T : struct, IBlock<T>
    {
        T s0 = T.Zero, s1 = T.Zero, s2 = T.Zero, s3 = T.Zero;
        int i = 0;
        for (; i <= values.Length - 4 * Lanes; i += 4 * Lanes)
        {
            s0 = T.Add(s0, T.Load(in values[i]));
            s1 = T.Add(s1, T.Load(in values[i + Lanes]));
            s2 = T.Add(s2, T.Load(in values[i + 2 * Lanes]));
            s3 = T.Add(s3, T.Load(in values[i + 3 * Lanes]));
        }

        for (; i < values.Length; i += Lanes) s0 = T.Add(s0, T.Load(in values[i]));
        LaneSums.Add(T.Add(T.Add(s0, s1), T.Add(s2, s3)), sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDeviations<T>(ReadOnlySpan<float> values, ReadOnlySpan<float> mean, Span<double> deviations, Span<double> squares) where T : struct, IBlock<T>
    {
        T m = T.Load(in mean[0]), d0 = T.Zero, d1 = T.Zero, q0 = T.Zero, q1 = T.Zero;
        int i = 0;
        for (; i <= values.Length - 2 * Lanes; i += 2 * Lanes)
        {
            T x0 = T.Subtract(T.Load(in values[i]), m), x1 = T.Subtract(T.Load(in values[i + Lanes]), m);
            d0 = T.Add(d0, x0);
            d1 = T.Add(d1, x1);
            q0 = T.MultiplyAdd(x0, x0, q0);
            q1 = T.MultiplyAdd(x1, x1, q1);
        }

        if (i < values.Length)
        {
            T x0 = T.Subtract(T.Load(in values[i]), m);
            d0 = T.Add(d0, x0);
            q0 = T.MultiplyAdd(x0, x0, q0);
        }

        LaneSums.Add(T.Add(d0, d1), deviations);
        LaneSums.Add(T.Add(q0, q1), squares);
    }
}
