using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The register-blocked heart of the weights' gradient: <c>sums[i, o] += Σ_p input[p, i] · gradient[p, o]</c> for a few input
/// channels i and one or two blocks of output channels o. The accumulators are written out because the JIT keeps locals in
/// registers, not array elements.
/// </summary>
internal static class WeightGradientTile
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Sums products of neighbouring pixels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="pixels">How many.</param>
    /// <param name="input">[P, 16], one block of input channels.</param>
    /// <param name="gradient">[P, 16], the first block of output channels.</param>
    /// <param name="gradientStride">Floats to the second block, or 0 where there is none.</param>
    /// <param name="sums">[16, …], the sums of the first input channel and the first output channel.</param>
    /// <param name="sumStride">Floats from one input channel's sums to the next.</param>
    public static void Run(SimdPath path, int pixels, ref readonly float input, ref readonly float gradient, int gradientStride, ref float sums, int sumStride)
    {
        switch (path, gradientStride)
        {
            case (SimdPath.Vector512, > 0):
                for (int lane = 0; lane < Lanes; lane += 8)
                    Tile8x2<Block512>(pixels, ref At(in input, lane), ref At(in gradient, 0), gradientStride, ref Unsafe.Add(ref sums, lane * sumStride), sumStride);
                break;
            case (SimdPath.Vector512, _):
                for (int lane = 0; lane < Lanes; lane += 8)
                    Tile8x1<Block512>(pixels, ref At(in input, lane), ref At(in gradient, 0), ref Unsafe.Add(ref sums, lane * sumStride), sumStride);
                break;
            default:
                for (int block = 0; block < (gradientStride > 0 ? 2 : 1); block++)
                    for (int lane = 0; lane < Lanes; lane += 4)
                    {
                        ref float target = ref Unsafe.Add(ref sums, lane * sumStride + block * Lanes);
                        if (path == SimdPath.Vector256) Tile4x1<Block256>(pixels, ref At(in input, lane), ref At(in gradient, block * gradientStride), ref target, sumStride);
                        else Tile4x1<Block128>(pixels, ref At(in input, lane), ref At(in gradient, block * gradientStride), ref target, sumStride);
                    }

                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float At(ref readonly float first, int offset) => ref Unsafe.Add(ref Unsafe.AsRef(in first), offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(T value, ref float target) where T : struct, IBlock<T> => T.Store(T.Add(T.Load(in target), value), ref target);

    /// <summary>8 input channels × 2 blocks of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2<T>(int pixels, ref float a, ref float g, int gradientStride, ref float sums, int sumStride) where T : struct, IBlock<T>
    {
        T c0_0 = T.Zero, c0_1 = T.Zero;
        T c1_0 = T.Zero, c1_1 = T.Zero;
        T c2_0 = T.Zero, c2_1 = T.Zero;
        T c3_0 = T.Zero, c3_1 = T.Zero;
        T c4_0 = T.Zero, c4_1 = T.Zero;
        T c5_0 = T.Zero, c5_1 = T.Zero;
        T c6_0 = T.Zero, c6_1 = T.Zero;
        T c7_0 = T.Zero, c7_1 = T.Zero;
        for (int p = 0; p < pixels; p++)
        {
            T g0 = T.Load(in g);
            T g1 = T.Load(in Unsafe.Add(ref g, gradientStride));
            T a0 = T.Broadcast(a);
            c0_0 = T.MultiplyAdd(a0, g0, c0_0);
            c0_1 = T.MultiplyAdd(a0, g1, c0_1);
            T a1 = T.Broadcast(Unsafe.Add(ref a, 1));
            c1_0 = T.MultiplyAdd(a1, g0, c1_0);
            c1_1 = T.MultiplyAdd(a1, g1, c1_1);
            T a2 = T.Broadcast(Unsafe.Add(ref a, 2));
            c2_0 = T.MultiplyAdd(a2, g0, c2_0);
            c2_1 = T.MultiplyAdd(a2, g1, c2_1);
            T a3 = T.Broadcast(Unsafe.Add(ref a, 3));
            c3_0 = T.MultiplyAdd(a3, g0, c3_0);
            c3_1 = T.MultiplyAdd(a3, g1, c3_1);
            T a4 = T.Broadcast(Unsafe.Add(ref a, 4));
            c4_0 = T.MultiplyAdd(a4, g0, c4_0);
            c4_1 = T.MultiplyAdd(a4, g1, c4_1);
            T a5 = T.Broadcast(Unsafe.Add(ref a, 5));
            c5_0 = T.MultiplyAdd(a5, g0, c5_0);
            c5_1 = T.MultiplyAdd(a5, g1, c5_1);
            T a6 = T.Broadcast(Unsafe.Add(ref a, 6));
            c6_0 = T.MultiplyAdd(a6, g0, c6_0);
            c6_1 = T.MultiplyAdd(a6, g1, c6_1);
            T a7 = T.Broadcast(Unsafe.Add(ref a, 7));
            c7_0 = T.MultiplyAdd(a7, g0, c7_0);
            c7_1 = T.MultiplyAdd(a7, g1, c7_1);
            a = ref Unsafe.Add(ref a, Lanes);
            g = ref Unsafe.Add(ref g, Lanes);
        }

        Add(c0_0, ref sums);
        Add(c0_1, ref Unsafe.Add(ref sums, Lanes));
        Add(c1_0, ref Unsafe.Add(ref sums, sumStride));
        Add(c1_1, ref Unsafe.Add(ref sums, sumStride + Lanes));
        Add(c2_0, ref Unsafe.Add(ref sums, 2 * sumStride));
        Add(c2_1, ref Unsafe.Add(ref sums, 2 * sumStride + Lanes));
        Add(c3_0, ref Unsafe.Add(ref sums, 3 * sumStride));
        Add(c3_1, ref Unsafe.Add(ref sums, 3 * sumStride + Lanes));
        Add(c4_0, ref Unsafe.Add(ref sums, 4 * sumStride));
        Add(c4_1, ref Unsafe.Add(ref sums, 4 * sumStride + Lanes));
        Add(c5_0, ref Unsafe.Add(ref sums, 5 * sumStride));
        Add(c5_1, ref Unsafe.Add(ref sums, 5 * sumStride + Lanes));
        Add(c6_0, ref Unsafe.Add(ref sums, 6 * sumStride));
        Add(c6_1, ref Unsafe.Add(ref sums, 6 * sumStride + Lanes));
        Add(c7_0, ref Unsafe.Add(ref sums, 7 * sumStride));
        Add(c7_1, ref Unsafe.Add(ref sums, 7 * sumStride + Lanes));
    }

    /// <summary>8 input channels × 1 block of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1<T>(int pixels, ref float a, ref float g, ref float sums, int sumStride) where T : struct, IBlock<T>
    {
        T c0_0 = T.Zero;
        T c1_0 = T.Zero;
        T c2_0 = T.Zero;
        T c3_0 = T.Zero;
        T c4_0 = T.Zero;
        T c5_0 = T.Zero;
        T c6_0 = T.Zero;
        T c7_0 = T.Zero;
        for (int p = 0; p < pixels; p++)
        {
            T g0 = T.Load(in g);
            T a0 = T.Broadcast(a);
            c0_0 = T.MultiplyAdd(a0, g0, c0_0);
            T a1 = T.Broadcast(Unsafe.Add(ref a, 1));
            c1_0 = T.MultiplyAdd(a1, g0, c1_0);
            T a2 = T.Broadcast(Unsafe.Add(ref a, 2));
            c2_0 = T.MultiplyAdd(a2, g0, c2_0);
            T a3 = T.Broadcast(Unsafe.Add(ref a, 3));
            c3_0 = T.MultiplyAdd(a3, g0, c3_0);
            T a4 = T.Broadcast(Unsafe.Add(ref a, 4));
            c4_0 = T.MultiplyAdd(a4, g0, c4_0);
            T a5 = T.Broadcast(Unsafe.Add(ref a, 5));
            c5_0 = T.MultiplyAdd(a5, g0, c5_0);
            T a6 = T.Broadcast(Unsafe.Add(ref a, 6));
            c6_0 = T.MultiplyAdd(a6, g0, c6_0);
            T a7 = T.Broadcast(Unsafe.Add(ref a, 7));
            c7_0 = T.MultiplyAdd(a7, g0, c7_0);
            a = ref Unsafe.Add(ref a, Lanes);
            g = ref Unsafe.Add(ref g, Lanes);
        }

        Add(c0_0, ref sums);
        Add(c1_0, ref Unsafe.Add(ref sums, sumStride));
        Add(c2_0, ref Unsafe.Add(ref sums, 2 * sumStride));
        Add(c3_0, ref Unsafe.Add(ref sums, 3 * sumStride));
        Add(c4_0, ref Unsafe.Add(ref sums, 4 * sumStride));
        Add(c5_0, ref Unsafe.Add(ref sums, 5 * sumStride));
        Add(c6_0, ref Unsafe.Add(ref sums, 6 * sumStride));
        Add(c7_0, ref Unsafe.Add(ref sums, 7 * sumStride));
    }

    /// <summary>4 input channels × 1 block of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4x1<T>(int pixels, ref float a, ref float g, ref float sums, int sumStride) where T : struct, IBlock<T>
    {
        T c0_0 = T.Zero;
        T c1_0 = T.Zero;
        T c2_0 = T.Zero;
        T c3_0 = T.Zero;
        for (int p = 0; p < pixels; p++)
        {
            T g0 = T.Load(in g);
            T a0 = T.Broadcast(a);
            c0_0 = T.MultiplyAdd(a0, g0, c0_0);
            T a1 = T.Broadcast(Unsafe.Add(ref a, 1));
            c1_0 = T.MultiplyAdd(a1, g0, c1_0);
            T a2 = T.Broadcast(Unsafe.Add(ref a, 2));
            c2_0 = T.MultiplyAdd(a2, g0, c2_0);
            T a3 = T.Broadcast(Unsafe.Add(ref a, 3));
            c3_0 = T.MultiplyAdd(a3, g0, c3_0);
            a = ref Unsafe.Add(ref a, Lanes);
            g = ref Unsafe.Add(ref g, Lanes);
        }

        Add(c0_0, ref sums);
        Add(c1_0, ref Unsafe.Add(ref sums, sumStride));
        Add(c2_0, ref Unsafe.Add(ref sums, 2 * sumStride));
        Add(c3_0, ref Unsafe.Add(ref sums, 3 * sumStride));
    }
}
