using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>What a tile needs beside the places it reads and writes.</summary>
/// <param name="InputBlocks">Blocks of sixteen input channels to sum over.</param>
/// <param name="InputBlockStride">Floats from one input block to the next.</param>
/// <param name="LastBlockLanes">Lanes of the last input block that hold channels, 1 to 16.</param>
/// <param name="OutputBlockStride">Floats from one output block to the next.</param>
/// <param name="HasResidual">Whether the residual is added before the range is applied.</param>
/// <param name="Range">The activation.</param>
/// <param name="PrefetchAhead">How many floats behind the first weights others are called into the cache.</param>
/// <param name="PrefetchStep">Floats from one such call to the next, one for each term summed; 0 for none.</param>
internal readonly record struct TileOperands(
    int InputBlocks, int InputBlockStride, int LastBlockLanes, int OutputBlockStride, bool HasResidual, ActivationRange Range, int PrefetchAhead = 0, int PrefetchStep = 0);

/// <summary>
/// The register-blocked heart of every dense convolution:
/// <c>output[p, o] = range(bias[o] + Σ_k input[p, k] · weights[k, o] + residual[p, o])</c> for a tile of pixels p
/// and one or two blocks of output channels o. Pixels of a tile lie sixteen floats apart, so that they are
/// constant displacements from one address and the input needs no packing.
/// The accumulators are written out because the JIT keeps locals in registers, not array elements.
/// </summary>
internal static partial class GemmTile
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>14 pixels × 2 blocks of output channels: 28 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile14x2<T>(in TileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias,
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
        T c8_0 = bias0, c8_1 = bias1;
        T c9_0 = bias0, c9_1 = bias1;
        T c10_0 = bias0, c10_1 = bias1;
        T c11_0 = bias0, c11_1 = bias1;
        T c12_0 = bias0, c12_1 = bias1;
        T c13_0 = bias0, c13_1 = bias1;

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
                T a8 = T.Broadcast(Unsafe.Add(ref a, 8 * Lanes));
                c8_0 = T.MultiplyAdd(a8, w0, c8_0);
                c8_1 = T.MultiplyAdd(a8, w1, c8_1);
                T a9 = T.Broadcast(Unsafe.Add(ref a, 9 * Lanes));
                c9_0 = T.MultiplyAdd(a9, w0, c9_0);
                c9_1 = T.MultiplyAdd(a9, w1, c9_1);
                T a10 = T.Broadcast(Unsafe.Add(ref a, 10 * Lanes));
                c10_0 = T.MultiplyAdd(a10, w0, c10_0);
                c10_1 = T.MultiplyAdd(a10, w1, c10_1);
                T a11 = T.Broadcast(Unsafe.Add(ref a, 11 * Lanes));
                c11_0 = T.MultiplyAdd(a11, w0, c11_0);
                c11_1 = T.MultiplyAdd(a11, w1, c11_1);
                T a12 = T.Broadcast(Unsafe.Add(ref a, 12 * Lanes));
                c12_0 = T.MultiplyAdd(a12, w0, c12_0);
                c12_1 = T.MultiplyAdd(a12, w1, c12_1);
                T a13 = T.Broadcast(Unsafe.Add(ref a, 13 * Lanes));
                c13_0 = T.MultiplyAdd(a13, w0, c13_0);
                c13_1 = T.MultiplyAdd(a13, w1, c13_1);
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
                c8_0 = T.Add(c8_0, T.Load(in Unsafe.Add(ref r, 8 * Lanes)));
                c9_0 = T.Add(c9_0, T.Load(in Unsafe.Add(ref r, 9 * Lanes)));
                c10_0 = T.Add(c10_0, T.Load(in Unsafe.Add(ref r, 10 * Lanes)));
                c11_0 = T.Add(c11_0, T.Load(in Unsafe.Add(ref r, 11 * Lanes)));
                c12_0 = T.Add(c12_0, T.Load(in Unsafe.Add(ref r, 12 * Lanes)));
                c13_0 = T.Add(c13_0, T.Load(in Unsafe.Add(ref r, 13 * Lanes)));
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
            T.Store(T.Min(high0, T.Max(low0, c8_0)), ref Unsafe.Add(ref o, 8 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c9_0)), ref Unsafe.Add(ref o, 9 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c10_0)), ref Unsafe.Add(ref o, 10 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c11_0)), ref Unsafe.Add(ref o, 11 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c12_0)), ref Unsafe.Add(ref o, 12 * Lanes));
            T.Store(T.Min(high0, T.Max(low0, c13_0)), ref Unsafe.Add(ref o, 13 * Lanes));
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
                c8_1 = T.Add(c8_1, T.Load(in Unsafe.Add(ref r, 8 * Lanes)));
                c9_1 = T.Add(c9_1, T.Load(in Unsafe.Add(ref r, 9 * Lanes)));
                c10_1 = T.Add(c10_1, T.Load(in Unsafe.Add(ref r, 10 * Lanes)));
                c11_1 = T.Add(c11_1, T.Load(in Unsafe.Add(ref r, 11 * Lanes)));
                c12_1 = T.Add(c12_1, T.Load(in Unsafe.Add(ref r, 12 * Lanes)));
                c13_1 = T.Add(c13_1, T.Load(in Unsafe.Add(ref r, 13 * Lanes)));
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
            T.Store(T.Min(high1, T.Max(low1, c8_1)), ref Unsafe.Add(ref o, 8 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c9_1)), ref Unsafe.Add(ref o, 9 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c10_1)), ref Unsafe.Add(ref o, 10 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c11_1)), ref Unsafe.Add(ref o, 11 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c12_1)), ref Unsafe.Add(ref o, 12 * Lanes));
            T.Store(T.Min(high1, T.Max(low1, c13_1)), ref Unsafe.Add(ref o, 13 * Lanes));
        }
    }

    /// <summary>14 pixels × 1 block of output channels: 14 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile14x1<T>(in TileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias,
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
        T c8_0 = bias0;
        T c9_0 = bias0;
        T c10_0 = bias0;
        T c11_0 = bias0;
        T c12_0 = bias0;
        T c13_0 = bias0;

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
                c8_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 8 * Lanes)), w0, c8_0);
                c9_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 9 * Lanes)), w0, c9_0);
                c10_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 10 * Lanes)), w0, c10_0);
                c11_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 11 * Lanes)), w0, c11_0);
                c12_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 12 * Lanes)), w0, c12_0);
                c13_0 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 13 * Lanes)), w0, c13_0);
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
            c8_0 = T.Add(c8_0, T.Load(in Unsafe.Add(ref r, 8 * Lanes)));
            c9_0 = T.Add(c9_0, T.Load(in Unsafe.Add(ref r, 9 * Lanes)));
            c10_0 = T.Add(c10_0, T.Load(in Unsafe.Add(ref r, 10 * Lanes)));
            c11_0 = T.Add(c11_0, T.Load(in Unsafe.Add(ref r, 11 * Lanes)));
            c12_0 = T.Add(c12_0, T.Load(in Unsafe.Add(ref r, 12 * Lanes)));
            c13_0 = T.Add(c13_0, T.Load(in Unsafe.Add(ref r, 13 * Lanes)));
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
        T.Store(T.Min(high0, T.Max(low0, c8_0)), ref Unsafe.Add(ref o, 8 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c9_0)), ref Unsafe.Add(ref o, 9 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c10_0)), ref Unsafe.Add(ref o, 10 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c11_0)), ref Unsafe.Add(ref o, 11 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c12_0)), ref Unsafe.Add(ref o, 12 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c13_0)), ref Unsafe.Add(ref o, 13 * Lanes));
    }

    /// <summary>6 pixels × 1 block of output channels: 6 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile6x1<T>(in TileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T>
    {
        T bias0 = T.Load(in bias);
        T c0_0 = bias0;
        T c1_0 = bias0;
        T c2_0 = bias0;
        T c3_0 = bias0;
        T c4_0 = bias0;
        T c5_0 = bias0;

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
        }

        T low0 = T.Broadcast(operands.Range.Low), high0 = T.Broadcast(operands.Range.High);
        T.Store(T.Min(high0, T.Max(low0, c0_0)), ref o);
        T.Store(T.Min(high0, T.Max(low0, c1_0)), ref Unsafe.Add(ref o, 1 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c2_0)), ref Unsafe.Add(ref o, 2 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c3_0)), ref Unsafe.Add(ref o, 3 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c4_0)), ref Unsafe.Add(ref o, 4 * Lanes));
        T.Store(T.Min(high0, T.Max(low0, c5_0)), ref Unsafe.Add(ref o, 5 * Lanes));
    }
}
