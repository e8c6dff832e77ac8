using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>What every tile of a transposed convolution needs beside the places it reads and writes.</summary>
/// <param name="InputBlocks">Blocks of sixteen input channels to sum over.</param>
/// <param name="LastBlockLanes">Lanes of the last input block that hold channels, 1 to 16.</param>
/// <param name="InputBlockStride">Floats from one input block to the next.</param>
/// <param name="InputRowStride">Floats from one input row to the next.</param>
/// <param name="OutputBlockStride">Floats from one output block to the next.</param>
/// <param name="OutputPixelStride">Floats from one output pixel of a phase to the next.</param>
/// <param name="HasResidual">Whether the residual is added before the range is applied.</param>
/// <param name="Range">The activation.</param>
internal readonly record struct TransposedOperands(int InputBlocks, int LastBlockLanes, int InputBlockStride, int InputRowStride,
    int OutputBlockStride, int OutputPixelStride, bool HasResidual, ActivationRange Range);

/// <summary>What differs between tiles: the taps, those of a phase less the rows outside the input, and the pixels at the ends.</summary>
/// <param name="rows">Rows of taps; each sees the input row above that of the one before.</param>
/// <param name="columns">Columns of taps; each sees the input pixel left of that of the one before.</param>
/// <param name="lastColumnOfFirstPixel">The last column whose input pixel exists for the tile's first pixel.</param>
/// <param name="firstColumnOfLastPixel">The first column whose input pixel exists for the tile's last pixel.</param>
/// <param name="repeated">The first of the tile's pixels, which the tile before has computed: they are not stored again.</param>
/// <param name="zeros">Sixteen zeros, read where there is no input pixel.</param>
internal readonly ref struct TransposedSpan(int rows, int columns, int lastColumnOfFirstPixel, int firstColumnOfLastPixel, int repeated, ref float zeros)
{
    public readonly int Rows = rows;
    public readonly int Columns = columns;
    public readonly int LastColumnOfFirstPixel = lastColumnOfFirstPixel;
    public readonly int FirstColumnOfLastPixel = firstColumnOfLastPixel;
    public readonly int Repeated = repeated;
    public readonly ref float Zeros = ref zeros;
}

/// <summary>
/// The register-blocked heart of transposed convolutions: neighbouring outputs of one phase, whose inputs are neighbours of a
/// row and are read where they lie. Only the first and the last pixel of a tile may see beyond the ends of the input's row.
/// The accumulators are written out because the JIT keeps locals in registers, not array elements.
/// </summary>
internal static class TransposedTile
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>14 pixels × 1 or 2 blocks of output channels: up to 28 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile14<T, TPair>(in TransposedOperands operands, in TransposedSpan span, ref readonly float input, ref readonly float weights,
        ref readonly float bias, ref readonly float residual, ref float output) where T : struct, IBlock<T> where TPair : struct, IFlag
    {
        T bias0 = T.Load(in bias), bias1 = TPair.IsSet ? T.Load(in Unsafe.Add(ref Unsafe.AsRef(in bias), Lanes)) : bias0;
        T c0_0 = bias0, c0_1 = bias1, c1_0 = bias0, c1_1 = bias1;
        T c2_0 = bias0, c2_1 = bias1, c3_0 = bias0, c3_1 = bias1;
        T c4_0 = bias0, c4_1 = bias1, c5_0 = bias0, c5_1 = bias1;
        T c6_0 = bias0, c6_1 = bias1, c7_0 = bias0, c7_1 = bias1;
        T c8_0 = bias0, c8_1 = bias1, c9_0 = bias0, c9_1 = bias1;
        T c10_0 = bias0, c10_1 = bias1, c11_0 = bias0, c11_1 = bias1;
        T c12_0 = bias0, c12_1 = bias1, c13_0 = bias0, c13_1 = bias1;
        ref float w = ref Unsafe.AsRef(in weights);
        for (int ky = 0; ky < span.Rows; ky++)
            for (int kx = 0; kx < span.Columns; kx++)
                for (int block = 0; block < operands.InputBlocks; block++)
                {
                    ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in input), block * operands.InputBlockStride - ky * operands.InputRowStride - kx * Lanes);
                    ref float first = ref kx > span.LastColumnOfFirstPixel ? ref span.Zeros : ref a;
                    ref float last = ref kx < span.FirstColumnOfLastPixel ? ref span.Zeros : ref Unsafe.Add(ref a, 13 * Lanes);
                    int lanes = block == operands.InputBlocks - 1 ? operands.LastBlockLanes : Lanes;
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        T w0 = T.Load(in w), w1 = TPair.IsSet ? T.Load(in Unsafe.Add(ref w, Lanes)) : w0;
                        T a0 = T.Broadcast(first); c0_0 = T.MultiplyAdd(a0, w0, c0_0); if (TPair.IsSet) c0_1 = T.MultiplyAdd(a0, w1, c0_1);
                        T a1 = T.Broadcast(Unsafe.Add(ref a, Lanes)); c1_0 = T.MultiplyAdd(a1, w0, c1_0); if (TPair.IsSet) c1_1 = T.MultiplyAdd(a1, w1, c1_1);
                        T a2 = T.Broadcast(Unsafe.Add(ref a, 2 * Lanes)); c2_0 = T.MultiplyAdd(a2, w0, c2_0); if (TPair.IsSet) c2_1 = T.MultiplyAdd(a2, w1, c2_1);
                        T a3 = T.Broadcast(Unsafe.Add(ref a, 3 * Lanes)); c3_0 = T.MultiplyAdd(a3, w0, c3_0); if (TPair.IsSet) c3_1 = T.MultiplyAdd(a3, w1, c3_1);
                        T a4 = T.Broadcast(Unsafe.Add(ref a, 4 * Lanes)); c4_0 = T.MultiplyAdd(a4, w0, c4_0); if (TPair.IsSet) c4_1 = T.MultiplyAdd(a4, w1, c4_1);
                        T a5 = T.Broadcast(Unsafe.Add(ref a, 5 * Lanes)); c5_0 = T.MultiplyAdd(a5, w0, c5_0); if (TPair.IsSet) c5_1 = T.MultiplyAdd(a5, w1, c5_1);
                        T a6 = T.Broadcast(Unsafe.Add(ref a, 6 * Lanes)); c6_0 = T.MultiplyAdd(a6, w0, c6_0); if (TPair.IsSet) c6_1 = T.MultiplyAdd(a6, w1, c6_1);
                        T a7 = T.Broadcast(Unsafe.Add(ref a, 7 * Lanes)); c7_0 = T.MultiplyAdd(a7, w0, c7_0); if (TPair.IsSet) c7_1 = T.MultiplyAdd(a7, w1, c7_1);
                        T a8 = T.Broadcast(Unsafe.Add(ref a, 8 * Lanes)); c8_0 = T.MultiplyAdd(a8, w0, c8_0); if (TPair.IsSet) c8_1 = T.MultiplyAdd(a8, w1, c8_1);
                        T a9 = T.Broadcast(Unsafe.Add(ref a, 9 * Lanes)); c9_0 = T.MultiplyAdd(a9, w0, c9_0); if (TPair.IsSet) c9_1 = T.MultiplyAdd(a9, w1, c9_1);
                        T a10 = T.Broadcast(Unsafe.Add(ref a, 10 * Lanes)); c10_0 = T.MultiplyAdd(a10, w0, c10_0); if (TPair.IsSet) c10_1 = T.MultiplyAdd(a10, w1, c10_1);
                        T a11 = T.Broadcast(Unsafe.Add(ref a, 11 * Lanes)); c11_0 = T.MultiplyAdd(a11, w0, c11_0); if (TPair.IsSet) c11_1 = T.MultiplyAdd(a11, w1, c11_1);
                        T a12 = T.Broadcast(Unsafe.Add(ref a, 12 * Lanes)); c12_0 = T.MultiplyAdd(a12, w0, c12_0); if (TPair.IsSet) c12_1 = T.MultiplyAdd(a12, w1, c12_1);
                        T a13 = T.Broadcast(last); c13_0 = T.MultiplyAdd(a13, w0, c13_0); if (TPair.IsSet) c13_1 = T.MultiplyAdd(a13, w1, c13_1);
                        w = ref Unsafe.Add(ref w, TPair.IsSet ? 2 * Lanes : Lanes);
                        a = ref Unsafe.Add(ref a, 1);
                        first = ref Unsafe.Add(ref first, 1);
                        last = ref Unsafe.Add(ref last, 1);
                    }

                    w = ref Unsafe.Add(ref w, (Lanes - lanes) * (TPair.IsSet ? 2 * Lanes : Lanes));
                }

        nint stride = operands.OutputPixelStride;
        T low = T.Broadcast(operands.Range.Low), high = T.Broadcast(operands.Range.High);
        if (operands.HasResidual)
        {
            ref float r = ref Unsafe.AsRef(in residual);
            c0_0 = T.Add(c0_0, T.Load(in r));
            c1_0 = T.Add(c1_0, T.Load(in Unsafe.Add(ref r, stride)));
            c2_0 = T.Add(c2_0, T.Load(in Unsafe.Add(ref r, 2 * stride)));
            c3_0 = T.Add(c3_0, T.Load(in Unsafe.Add(ref r, 3 * stride)));
            c4_0 = T.Add(c4_0, T.Load(in Unsafe.Add(ref r, 4 * stride)));
            c5_0 = T.Add(c5_0, T.Load(in Unsafe.Add(ref r, 5 * stride)));
            c6_0 = T.Add(c6_0, T.Load(in Unsafe.Add(ref r, 6 * stride)));
            c7_0 = T.Add(c7_0, T.Load(in Unsafe.Add(ref r, 7 * stride)));
            c8_0 = T.Add(c8_0, T.Load(in Unsafe.Add(ref r, 8 * stride)));
            c9_0 = T.Add(c9_0, T.Load(in Unsafe.Add(ref r, 9 * stride)));
            c10_0 = T.Add(c10_0, T.Load(in Unsafe.Add(ref r, 10 * stride)));
            c11_0 = T.Add(c11_0, T.Load(in Unsafe.Add(ref r, 11 * stride)));
            c12_0 = T.Add(c12_0, T.Load(in Unsafe.Add(ref r, 12 * stride)));
            c13_0 = T.Add(c13_0, T.Load(in Unsafe.Add(ref r, 13 * stride)));
        }

        if (span.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0_0)), ref output);
        if (span.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1_0)), ref Unsafe.Add(ref output, stride));
        if (span.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2_0)), ref Unsafe.Add(ref output, 2 * stride));
        if (span.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3_0)), ref Unsafe.Add(ref output, 3 * stride));
        if (span.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4_0)), ref Unsafe.Add(ref output, 4 * stride));
        if (span.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5_0)), ref Unsafe.Add(ref output, 5 * stride));
        if (span.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6_0)), ref Unsafe.Add(ref output, 6 * stride));
        if (span.Repeated <= 7) T.Store(T.Min(high, T.Max(low, c7_0)), ref Unsafe.Add(ref output, 7 * stride));
        if (span.Repeated <= 8) T.Store(T.Min(high, T.Max(low, c8_0)), ref Unsafe.Add(ref output, 8 * stride));
        if (span.Repeated <= 9) T.Store(T.Min(high, T.Max(low, c9_0)), ref Unsafe.Add(ref output, 9 * stride));
        if (span.Repeated <= 10) T.Store(T.Min(high, T.Max(low, c10_0)), ref Unsafe.Add(ref output, 10 * stride));
        if (span.Repeated <= 11) T.Store(T.Min(high, T.Max(low, c11_0)), ref Unsafe.Add(ref output, 11 * stride));
        if (span.Repeated <= 12) T.Store(T.Min(high, T.Max(low, c12_0)), ref Unsafe.Add(ref output, 12 * stride));
        T.Store(T.Min(high, T.Max(low, c13_0)), ref Unsafe.Add(ref output, 13 * stride));
        if (!TPair.IsSet) return;
        ref float o = ref Unsafe.Add(ref output, operands.OutputBlockStride);
        if (operands.HasResidual)
        {
            ref float r1 = ref Unsafe.Add(ref Unsafe.AsRef(in residual), operands.OutputBlockStride);
            c0_1 = T.Add(c0_1, T.Load(in r1));
            c1_1 = T.Add(c1_1, T.Load(in Unsafe.Add(ref r1, stride)));
            c2_1 = T.Add(c2_1, T.Load(in Unsafe.Add(ref r1, 2 * stride)));
            c3_1 = T.Add(c3_1, T.Load(in Unsafe.Add(ref r1, 3 * stride)));
            c4_1 = T.Add(c4_1, T.Load(in Unsafe.Add(ref r1, 4 * stride)));
            c5_1 = T.Add(c5_1, T.Load(in Unsafe.Add(ref r1, 5 * stride)));
            c6_1 = T.Add(c6_1, T.Load(in Unsafe.Add(ref r1, 6 * stride)));
            c7_1 = T.Add(c7_1, T.Load(in Unsafe.Add(ref r1, 7 * stride)));
            c8_1 = T.Add(c8_1, T.Load(in Unsafe.Add(ref r1, 8 * stride)));
            c9_1 = T.Add(c9_1, T.Load(in Unsafe.Add(ref r1, 9 * stride)));
            c10_1 = T.Add(c10_1, T.Load(in Unsafe.Add(ref r1, 10 * stride)));
            c11_1 = T.Add(c11_1, T.Load(in Unsafe.Add(ref r1, 11 * stride)));
            c12_1 = T.Add(c12_1, T.Load(in Unsafe.Add(ref r1, 12 * stride)));
            c13_1 = T.Add(c13_1, T.Load(in Unsafe.Add(ref r1, 13 * stride)));
        }

        if (span.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0_1)), ref o);
        if (span.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1_1)), ref Unsafe.Add(ref o, stride));
        if (span.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2_1)), ref Unsafe.Add(ref o, 2 * stride));
        if (span.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3_1)), ref Unsafe.Add(ref o, 3 * stride));
        if (span.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4_1)), ref Unsafe.Add(ref o, 4 * stride));
        if (span.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5_1)), ref Unsafe.Add(ref o, 5 * stride));
        if (span.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6_1)), ref Unsafe.Add(ref o, 6 * stride));
        if (span.Repeated <= 7) T.Store(T.Min(high, T.Max(low, c7_1)), ref Unsafe.Add(ref o, 7 * stride));
        if (span.Repeated <= 8) T.Store(T.Min(high, T.Max(low, c8_1)), ref Unsafe.Add(ref o, 8 * stride));
        if (span.Repeated <= 9) T.Store(T.Min(high, T.Max(low, c9_1)), ref Unsafe.Add(ref o, 9 * stride));
        if (span.Repeated <= 10) T.Store(T.Min(high, T.Max(low, c10_1)), ref Unsafe.Add(ref o, 10 * stride));
        if (span.Repeated <= 11) T.Store(T.Min(high, T.Max(low, c11_1)), ref Unsafe.Add(ref o, 11 * stride));
        if (span.Repeated <= 12) T.Store(T.Min(high, T.Max(low, c12_1)), ref Unsafe.Add(ref o, 12 * stride));
        T.Store(T.Min(high, T.Max(low, c13_1)), ref Unsafe.Add(ref o, 13 * stride));
    }

    /// <summary>8 pixels × 1 or 2 blocks of output channels: up to 16 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8<T, TPair>(in TransposedOperands operands, in TransposedSpan span, ref readonly float input, ref readonly float weights,
        ref readonly float bias, ref readonly float residual, ref float output) where T : struct, IBlock<T> where TPair : struct, IFlag
    {
        T bias0 = T.Load(in bias), bias1 = TPair.IsSet ? T.Load(in Unsafe.Add(ref Unsafe.AsRef(in bias), Lanes)) : bias0;
        T c0_0 = bias0, c0_1 = bias1, c1_0 = bias0, c1_1 = bias1;
        T c2_0 = bias0, c2_1 = bias1, c3_0 = bias0, c3_1 = bias1;
        T c4_0 = bias0, c4_1 = bias1, c5_0 = bias0, c5_1 = bias1;
        T c6_0 = bias0, c6_1 = bias1, c7_0 = bias0, c7_1 = bias1;
        ref float w = ref Unsafe.AsRef(in weights);
        for (int ky = 0; ky < span.Rows; ky++)
            for (int kx = 0; kx < span.Columns; kx++)
                for (int block = 0; block < operands.InputBlocks; block++)
                {
                    ref float a = ref Unsafe.Add(ref Unsafe.AsRef(in input), block * operands.InputBlockStride - ky * operands.InputRowStride - kx * Lanes);
                    ref float first = ref kx > span.LastColumnOfFirstPixel ? ref span.Zeros : ref a;
                    ref float last = ref kx < span.FirstColumnOfLastPixel ? ref span.Zeros : ref Unsafe.Add(ref a, 7 * Lanes);
                    int lanes = block == operands.InputBlocks - 1 ? operands.LastBlockLanes : Lanes;
                    for (int lane = 0; lane < lanes; lane++)
                    {
                        T w0 = T.Load(in w), w1 = TPair.IsSet ? T.Load(in Unsafe.Add(ref w, Lanes)) : w0;
                        T a0 = T.Broadcast(first); c0_0 = T.MultiplyAdd(a0, w0, c0_0); if (TPair.IsSet) c0_1 = T.MultiplyAdd(a0, w1, c0_1);
                        T a1 = T.Broadcast(Unsafe.Add(ref a, Lanes)); c1_0 = T.MultiplyAdd(a1, w0, c1_0); if (TPair.IsSet) c1_1 = T.MultiplyAdd(a1, w1, c1_1);
                        T a2 = T.Broadcast(Unsafe.Add(ref a, 2 * Lanes)); c2_0 = T.MultiplyAdd(a2, w0, c2_0); if (TPair.IsSet) c2_1 = T.MultiplyAdd(a2, w1, c2_1);
                        T a3 = T.Broadcast(Unsafe.Add(ref a, 3 * Lanes)); c3_0 = T.MultiplyAdd(a3, w0, c3_0); if (TPair.IsSet) c3_1 = T.MultiplyAdd(a3, w1, c3_1);
                        T a4 = T.Broadcast(Unsafe.Add(ref a, 4 * Lanes)); c4_0 = T.MultiplyAdd(a4, w0, c4_0); if (TPair.IsSet) c4_1 = T.MultiplyAdd(a4, w1, c4_1);
                        T a5 = T.Broadcast(Unsafe.Add(ref a, 5 * Lanes)); c5_0 = T.MultiplyAdd(a5, w0, c5_0); if (TPair.IsSet) c5_1 = T.MultiplyAdd(a5, w1, c5_1);
                        T a6 = T.Broadcast(Unsafe.Add(ref a, 6 * Lanes)); c6_0 = T.MultiplyAdd(a6, w0, c6_0); if (TPair.IsSet) c6_1 = T.MultiplyAdd(a6, w1, c6_1);
                        T a7 = T.Broadcast(last); c7_0 = T.MultiplyAdd(a7, w0, c7_0); if (TPair.IsSet) c7_1 = T.MultiplyAdd(a7, w1, c7_1);
                        w = ref Unsafe.Add(ref w, TPair.IsSet ? 2 * Lanes : Lanes);
                        a = ref Unsafe.Add(ref a, 1);
                        first = ref Unsafe.Add(ref first, 1);
                        last = ref Unsafe.Add(ref last, 1);
                    }

                    w = ref Unsafe.Add(ref w, (Lanes - lanes) * (TPair.IsSet ? 2 * Lanes : Lanes));
                }

        nint stride = operands.OutputPixelStride;
        T low = T.Broadcast(operands.Range.Low), high = T.Broadcast(operands.Range.High);
        if (operands.HasResidual)
        {
            ref float r = ref Unsafe.AsRef(in residual);
            c0_0 = T.Add(c0_0, T.Load(in r));
            c1_0 = T.Add(c1_0, T.Load(in Unsafe.Add(ref r, stride)));
            c2_0 = T.Add(c2_0, T.Load(in Unsafe.Add(ref r, 2 * stride)));
            c3_0 = T.Add(c3_0, T.Load(in Unsafe.Add(ref r, 3 * stride)));
            c4_0 = T.Add(c4_0, T.Load(in Unsafe.Add(ref r, 4 * stride)));
            c5_0 = T.Add(c5_0, T.Load(in Unsafe.Add(ref r, 5 * stride)));
            c6_0 = T.Add(c6_0, T.Load(in Unsafe.Add(ref r, 6 * stride)));
            c7_0 = T.Add(c7_0, T.Load(in Unsafe.Add(ref r, 7 * stride)));
        }

        if (span.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0_0)), ref output);
        if (span.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1_0)), ref Unsafe.Add(ref output, stride));
        if (span.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2_0)), ref Unsafe.Add(ref output, 2 * stride));
        if (span.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3_0)), ref Unsafe.Add(ref output, 3 * stride));
        if (span.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4_0)), ref Unsafe.Add(ref output, 4 * stride));
        if (span.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5_0)), ref Unsafe.Add(ref output, 5 * stride));
        if (span.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6_0)), ref Unsafe.Add(ref output, 6 * stride));
        T.Store(T.Min(high, T.Max(low, c7_0)), ref Unsafe.Add(ref output, 7 * stride));
        if (!TPair.IsSet) return;
        ref float o = ref Unsafe.Add(ref output, operands.OutputBlockStride);
        if (operands.HasResidual)
        {
            ref float r1 = ref Unsafe.Add(ref Unsafe.AsRef(in residual), operands.OutputBlockStride);
            c0_1 = T.Add(c0_1, T.Load(in r1));
            c1_1 = T.Add(c1_1, T.Load(in Unsafe.Add(ref r1, stride)));
            c2_1 = T.Add(c2_1, T.Load(in Unsafe.Add(ref r1, 2 * stride)));
            c3_1 = T.Add(c3_1, T.Load(in Unsafe.Add(ref r1, 3 * stride)));
            c4_1 = T.Add(c4_1, T.Load(in Unsafe.Add(ref r1, 4 * stride)));
            c5_1 = T.Add(c5_1, T.Load(in Unsafe.Add(ref r1, 5 * stride)));
            c6_1 = T.Add(c6_1, T.Load(in Unsafe.Add(ref r1, 6 * stride)));
            c7_1 = T.Add(c7_1, T.Load(in Unsafe.Add(ref r1, 7 * stride)));
        }

        if (span.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0_1)), ref o);
        if (span.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1_1)), ref Unsafe.Add(ref o, stride));
        if (span.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2_1)), ref Unsafe.Add(ref o, 2 * stride));
        if (span.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3_1)), ref Unsafe.Add(ref o, 3 * stride));
        if (span.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4_1)), ref Unsafe.Add(ref o, 4 * stride));
        if (span.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5_1)), ref Unsafe.Add(ref o, 5 * stride));
        if (span.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6_1)), ref Unsafe.Add(ref o, 6 * stride));
        T.Store(T.Min(high, T.Max(low, c7_1)), ref Unsafe.Add(ref o, 7 * stride));
    }
}
