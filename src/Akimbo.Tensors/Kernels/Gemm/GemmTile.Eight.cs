using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>Tiles of eight pixels, for outputs that larger tiles do not divide well.</summary>
internal static partial class GemmTile
{
    /// <summary>8 pixels × 2 blocks of output channels: 16 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<T>(in TileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T>
    {
        T bias0 = T.Load(in bias);
        T bias1 = T.Load(in Unsafe.Add(ref Unsafe.AsRef(in bias), Lanes));
        T c0_0 = bias0, c0_1 = bias1;
        T c1_0 = bias0, c1_1 = bias1;
        T c2_0 = bias0, c2_1 = bias1;
        T c3_0 = bias0, c3_1 = bias1;
        T c4_0 = bias0, c4_1 = bias1;
        T c5_0 = bias0, c5_1 = bias1;
        T c6_0 = bias0, c6_1 = bias1;
        T c7_0 = bias0, c7_1 = bias1;

        ref float w = ref Unsafe.AsRef(in weights);
        ref float next = ref Unsafe.Add(ref w, operands.PrefetchAhead);
        for (int block = 0; block < operands.InputBlocks; block++)
        {
            ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in input), block * operands.InputBlockStride);
            int lanes = block == operands.InputBlocks - 1 ? operands.LastBlockLanes : Lanes;
            for (int lane = 0; lane < lanes; lane++)
            {
                T w0 = T.Load(in w);
                T w1 = T.Load(in Unsafe.Add(ref w, Lanes));
                Prefetch.ToSecondLevel(ref next);
                Prefetch.ToSecondLevel(ref Unsafe.Add(ref next, operands.PrefetchStep >> 1));
                next = ref Unsafe.Add(ref next, operands.PrefetchStep);
                T a0 = T.Broadcast(a);
                c0_0 = T.MultiplyAdd(a0, w0, c0_0);
                c0_1 = T.MultiplyAdd(a0, w1, c0_1);
                T a1 = T.Broadcast(Unsafe.Add(ref a, 1 * Lanes));
                c1_0 = T.MultiplyAdd(a1, w0, c1_0);
                c1_1 = T.MultiplyAdd(a1, w1, c1_1);
                T a2 = T.Broadcast(Unsafe.Add(ref a, 2 * Lanes));
                c2_0 = T.MultiplyAdd(a2, w0, c2_0);
                c2_1 = T.MultiplyAdd(a2, w1, c2_1);
                T a3 = T.Broadcast(Unsafe.Add(ref a, 3 * Lanes));
                c3_0 = T.MultiplyAdd(a3, w0, c3_0);
                c3_1 = T.MultiplyAdd(a3, w1, c3_1);
                T a4 = T.Broadcast(Unsafe.Add(ref a, 4 * Lanes));
                c4_0 = T.MultiplyAdd(a4, w0, c4_0);
                c4_1 = T.MultiplyAdd(a4, w1, c4_1);
                T a5 = T.Broadcast(Unsafe.Add(ref a, 5 * Lanes));
                c5_0 = T.MultiplyAdd(a5, w0, c5_0);
                c5_1 = T.MultiplyAdd(a5, w1, c5_1);
                T a6 = T.Broadcast(Unsafe.Add(ref a, 6 * Lanes));
                c6_0 = T.MultiplyAdd(a6, w0, c6_0);
                c6_1 = T.MultiplyAdd(a6, w1, c6_1);
                T a7 = T.Broadcast(Unsafe.Add(ref a, 7 * Lanes));
                c7_0 = T.MultiplyAdd(a7, w0, c7_0);
                c7_1 = T.MultiplyAdd(a7, w1, c7_1);
                w = ref Unsafe.Add(ref w, 2 * Lanes);
                a = ref Unsafe.Add(ref a, 1);
            }
        }

        {
            ref float o = ref output;
            if (operands.HasResidual)
            {
                ref float r = ref Unsafe.AsRef(in residual);
                c0_0 = T.Add(c0_0, T.Load(in r));
                c1_0 = T.Add(c1_0, T.Load(in Unsafe.Add(ref r, 1 * Lanes)));
                c2_0 = T.Add(c2_0, T.Load(in Unsafe.Add(ref r, 2 * Lanes)));
                c3_0 = T.Add(c3_0, T.Load(in Unsafe.Add(ref r, 3 * Lanes)));
                c4_0 = T.Add(c4_0, T.Load(in Unsafe.Add(ref r, 4 * Lanes)));
                c5_0 = T.Add(c5_0, T.Load(in Unsafe.Add(ref r, 5 * Lanes)));
                c6_0 = T.Add(c6_0, T.Load(in Unsafe.Add(ref r, 6 * Lanes)));
                c7_0 = T.Add(c7_0, T.Load(in Unsafe.Add(ref r, 7 * Lanes)));
            }

            T low0 = T.Broadcast(operands.Range.Low), high0 = T.Broadcast(operands.Range.High);
            T.Store(T.Min(high0, T.Max(low0, c0_0)), ref o);
            T.Store(T.Min(high0, T.Max(low0, c1_0)), ref Unsafe.Add(ref o, 1 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c2_0)), ref Unsafe.Add(ref o, 2 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c3_0)), ref Unsafe.Add(ref o, 3 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c4_0)), ref Unsafe.Add(ref o, 4 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c5_0)), ref Unsafe.Add(ref o, 5 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c6_0)), ref Unsafe.Add(ref o, 6 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c7_0)), ref Unsafe.Add(ref o, 7 * Lanes));
        }

        {
            ref float o = ref Unsafe.Add(ref output, operands.OutputBlockStride);
            if (operands.HasResidual)
            {
                ref float r = ref Unsafe.AsRef(in Unsafe.Add(ref Unsafe.AsRef(in residual), operands.OutputBlockStride));
                c0_1 = T.Add(c0_1, T.Load(in r));
                c1_1 = T.Add(c1_1, T.Load(in Unsafe.Add(ref r, 1 * Lanes)));
                c2_1 = T.Add(c2_1, T.Load(in Unsafe.Add(ref r, 2 * Lanes)));
                c3_1 = T.Add(c3_1, T.Load(in Unsafe.Add(ref r, 3 * Lanes)));
                c4_1 = T.Add(c4_1, T.Load(in Unsafe.Add(ref r, 4 * Lanes)));
                c5_1 = T.Add(c5_1, T.Load(in Unsafe.Add(ref r, 5 * Lanes)));
                c6_1 = T.Add(c6_1, T.Load(in Unsafe.Add(ref r, 6 * Lanes)));
                c7_1 = T.Add(c7_1, T.Load(in Unsafe.Add(ref r, 7 * Lanes)));
            }

            T low1 = T.Broadcast(operands.Range.Low), high1 = T.Broadcast(operands.Range.High);
            T.Store(T.Min(high1, T.Max(low1, c0_1)), ref o);
            T.Store(T.Min(high1, T.Max(low1, c1_1)), ref Unsafe.Add(ref o, 1 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c2_1)), ref Unsafe.Add(ref o, 2 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c3_1)), ref Unsafe.Add(ref o, 3 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c4_1)), ref Unsafe.Add(ref o, 4 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c5_1)), ref Unsafe.Add(ref o, 5 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c6_1)), ref Unsafe.Add(ref o, 6 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c7_1)), ref Unsafe.Add(ref o, 7 * Lanes));
        }
    }

    /// <summary>8 pixels × 1 block of output channels: 8 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x1<T>(in TileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T>
    {
        T bias0 = T.Load(in bias);
        T c0_0 = bias0;
        T c1_0 = bias0;
        T c2_0 = bias0;
        T c3_0 = bias0;
        T c4_0 = bias0;
        T c5_0 = bias0;
        T c6_0 = bias0;
        T c7_0 = bias0;

        ref float w = ref Unsafe.AsRef(in weights);
        ref float next = ref Unsafe.Add(ref w, operands.PrefetchAhead);
        for (int block = 0; block < operands.InputBlocks; block++)
        {
            ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in input), block * operands.InputBlockStride);
            int lanes = block == operands.InputBlocks - 1 ? operands.LastBlockLanes : Lanes;
            for (int lane = 0; lane < lanes; lane++)
            {
                T w0 = T.Load(in w);
                Prefetch.ToSecondLevel(ref next);
                next = ref Unsafe.Add(ref next, operands.PrefetchStep);
                c0_0 = T.MultiplyAdd(T.Broadcast(a), w0, c0_0);
                c1_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 1 * Lanes)), w0, c1_0);
                c2_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 2 * Lanes)), w0, c2_0);
                c3_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 3 * Lanes)), w0, c3_0);
                c4_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 4 * Lanes)), w0, c4_0);
                c5_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 5 * Lanes)), w0, c5_0);
                c6_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 6 * Lanes)), w0, c6_0);
                c7_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 7 * Lanes)), w0, c7_0);
                w = ref Unsafe.Add(ref w, 1 * Lanes);
                a = ref Unsafe.Add(ref a, 1);
            }
        }

        ref float o = ref output;
        if (operands.HasResidual)
        {
            ref float r = ref Unsafe.AsRef(in residual);
            c0_0 = T.Add(c0_0, T.Load(in r));
            c1_0 = T.Add(c1_0, T.Load(in Unsafe.Add(ref r, 1 * Lanes)));
            c2_0 = T.Add(c2_0, T.Load(in Unsafe.Add(ref r, 2 * Lanes)));
            c3_0 = T.Add(c3_0, T.Load(in Unsafe.Add(ref r, 3 * Lanes)));
            c4_0 = T.Add(c4_0, T.Load(in Unsafe.Add(ref r, 4 * Lanes)));
            c5_0 = T.Add(c5_0, T.Load(in Unsafe.Add(ref r, 5 * Lanes)));
            c6_0 = T.Add(c6_0, T.Load(in Unsafe.Add(ref r, 6 * Lanes)));
            c7_0 = T.Add(c7_0, T.Load(in Unsafe.Add(ref r, 7 * Lanes)));
        }

        T low0 = T.Broadcast(operands.Range.Low), high0 = T.Broadcast(operands.Range.High);
        T.Store(T.Min(high0, T.Max(low0, c0_0)), ref o);
        T.Store(T.Min(high0, T.Max(low0, c1_0)), ref Unsafe.Add(ref o, 1 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c2_0)), ref Unsafe.Add(ref o, 2 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c3_0)), ref Unsafe.Add(ref o, 3 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c4_0)), ref Unsafe.Add(ref o, 4 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c5_0)), ref Unsafe.Add(ref o, 5 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c6_0)), ref Unsafe.Add(ref o, 6 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c7_0)), ref Unsafe.Add(ref o, 7 * Lanes));
    }
}
