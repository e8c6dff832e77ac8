using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>Outputs of a depthwise convolution of stride 2: an input pixel meets every second tap of a row of the kernel.</summary>
internal readonly struct StrideTwoTiles : IDepthwiseTiles
{
    private const int Lanes = BlockedLayout.Lanes;

    public static int Stride => 2;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile20<T, TKernel>(in DepthwiseRow row, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T> where TKernel : struct, IKernelSize
    {
        T c0 = T.Load(in bias), pixel;
        T c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0, c8 = c0, c9 = c0, c10 = c0;
        T c11 = c0, c12 = c0, c13 = c0, c14 = c0, c15 = c0, c16 = c0, c17 = c0, c18 = c0, c19 = c0;
        ref float w = ref Unsafe.AsRef(in weights), a = ref Unsafe.AsRef(in input);
        for (int ky = 0; ky < row.KernelRows; ky++)
        {
            T w0 = T.Load(in w), w1 = T.Load(in Unsafe.Add(ref w, Lanes)), w2 = T.Load(in Unsafe.Add(ref w, 2 * Lanes));
            T w3 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref w, 3 * Lanes)) : w0, w4 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref w, 4 * Lanes)) : w0;
            T w5 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref w, 5 * Lanes)) : w0, w6 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref w, 6 * Lanes)) : w0;
            if (row.FirstPixel <= 0) { pixel = T.Load(in a); c0 = T.MultiplyAdd(pixel, w0, c0); }
            if (row.FirstPixel <= 1) { pixel = T.Load(in Unsafe.Add(ref a, Lanes)); c0 = T.MultiplyAdd(pixel, w1, c0); }
            if (row.FirstPixel <= 2) { pixel = T.Load(in Unsafe.Add(ref a, 2 * Lanes)); c1 = T.MultiplyAdd(pixel, w0, c1); c0 = T.MultiplyAdd(pixel, w2, c0); }
            pixel = T.Load(in Unsafe.Add(ref a, 3 * Lanes)); c1 = T.MultiplyAdd(pixel, w1, c1);
            if (TKernel.Size > 3) c0 = T.MultiplyAdd(pixel, w3, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 4 * Lanes)); c2 = T.MultiplyAdd(pixel, w0, c2); c1 = T.MultiplyAdd(pixel, w2, c1);
            if (TKernel.Size > 3) c0 = T.MultiplyAdd(pixel, w4, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 5 * Lanes)); c2 = T.MultiplyAdd(pixel, w1, c2);
            if (TKernel.Size > 3) c1 = T.MultiplyAdd(pixel, w3, c1);
            if (TKernel.Size > 5) c0 = T.MultiplyAdd(pixel, w5, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 6 * Lanes)); c3 = T.MultiplyAdd(pixel, w0, c3); c2 = T.MultiplyAdd(pixel, w2, c2);
            if (TKernel.Size > 3) c1 = T.MultiplyAdd(pixel, w4, c1);
            if (TKernel.Size > 5) c0 = T.MultiplyAdd(pixel, w6, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 7 * Lanes)); c3 = T.MultiplyAdd(pixel, w1, c3);
            if (TKernel.Size > 3) c2 = T.MultiplyAdd(pixel, w3, c2);
            if (TKernel.Size > 5) c1 = T.MultiplyAdd(pixel, w5, c1);
            pixel = T.Load(in Unsafe.Add(ref a, 8 * Lanes)); c4 = T.MultiplyAdd(pixel, w0, c4); c3 = T.MultiplyAdd(pixel, w2, c3);
            if (TKernel.Size > 3) c2 = T.MultiplyAdd(pixel, w4, c2);
            if (TKernel.Size > 5) c1 = T.MultiplyAdd(pixel, w6, c1);
            pixel = T.Load(in Unsafe.Add(ref a, 9 * Lanes)); c4 = T.MultiplyAdd(pixel, w1, c4);
            if (TKernel.Size > 3) c3 = T.MultiplyAdd(pixel, w3, c3);
            if (TKernel.Size > 5) c2 = T.MultiplyAdd(pixel, w5, c2);
            pixel = T.Load(in Unsafe.Add(ref a, 10 * Lanes)); c5 = T.MultiplyAdd(pixel, w0, c5); c4 = T.MultiplyAdd(pixel, w2, c4);
            if (TKernel.Size > 3) c3 = T.MultiplyAdd(pixel, w4, c3);
            if (TKernel.Size > 5) c2 = T.MultiplyAdd(pixel, w6, c2);
            pixel = T.Load(in Unsafe.Add(ref a, 11 * Lanes)); c5 = T.MultiplyAdd(pixel, w1, c5);
            if (TKernel.Size > 3) c4 = T.MultiplyAdd(pixel, w3, c4);
            if (TKernel.Size > 5) c3 = T.MultiplyAdd(pixel, w5, c3);
            pixel = T.Load(in Unsafe.Add(ref a, 12 * Lanes)); c6 = T.MultiplyAdd(pixel, w0, c6); c5 = T.MultiplyAdd(pixel, w2, c5);
            if (TKernel.Size > 3) c4 = T.MultiplyAdd(pixel, w4, c4);
            if (TKernel.Size > 5) c3 = T.MultiplyAdd(pixel, w6, c3);
            pixel = T.Load(in Unsafe.Add(ref a, 13 * Lanes)); c6 = T.MultiplyAdd(pixel, w1, c6);
            if (TKernel.Size > 3) c5 = T.MultiplyAdd(pixel, w3, c5);
            if (TKernel.Size > 5) c4 = T.MultiplyAdd(pixel, w5, c4);
            pixel = T.Load(in Unsafe.Add(ref a, 14 * Lanes)); c7 = T.MultiplyAdd(pixel, w0, c7); c6 = T.MultiplyAdd(pixel, w2, c6);
            if (TKernel.Size > 3) c5 = T.MultiplyAdd(pixel, w4, c5);
            if (TKernel.Size > 5) c4 = T.MultiplyAdd(pixel, w6, c4);
            pixel = T.Load(in Unsafe.Add(ref a, 15 * Lanes)); c7 = T.MultiplyAdd(pixel, w1, c7);
            if (TKernel.Size > 3) c6 = T.MultiplyAdd(pixel, w3, c6);
            if (TKernel.Size > 5) c5 = T.MultiplyAdd(pixel, w5, c5);
            pixel = T.Load(in Unsafe.Add(ref a, 16 * Lanes)); c8 = T.MultiplyAdd(pixel, w0, c8); c7 = T.MultiplyAdd(pixel, w2, c7);
            if (TKernel.Size > 3) c6 = T.MultiplyAdd(pixel, w4, c6);
            if (TKernel.Size > 5) c5 = T.MultiplyAdd(pixel, w6, c5);
            pixel = T.Load(in Unsafe.Add(ref a, 17 * Lanes)); c8 = T.MultiplyAdd(pixel, w1, c8);
            if (TKernel.Size > 3) c7 = T.MultiplyAdd(pixel, w3, c7);
            if (TKernel.Size > 5) c6 = T.MultiplyAdd(pixel, w5, c6);
            pixel = T.Load(in Unsafe.Add(ref a, 18 * Lanes)); c9 = T.MultiplyAdd(pixel, w0, c9); c8 = T.MultiplyAdd(pixel, w2, c8);
            if (TKernel.Size > 3) c7 = T.MultiplyAdd(pixel, w4, c7);
            if (TKernel.Size > 5) c6 = T.MultiplyAdd(pixel, w6, c6);
            pixel = T.Load(in Unsafe.Add(ref a, 19 * Lanes)); c9 = T.MultiplyAdd(pixel, w1, c9);
            if (TKernel.Size > 3) c8 = T.MultiplyAdd(pixel, w3, c8);
            if (TKernel.Size > 5) c7 = T.MultiplyAdd(pixel, w5, c7);
            pixel = T.Load(in Unsafe.Add(ref a, 20 * Lanes)); c10 = T.MultiplyAdd(pixel, w0, c10); c9 = T.MultiplyAdd(pixel, w2, c9);
            if (TKernel.Size > 3) c8 = T.MultiplyAdd(pixel, w4, c8);
            if (TKernel.Size > 5) c7 = T.MultiplyAdd(pixel, w6, c7);
            pixel = T.Load(in Unsafe.Add(ref a, 21 * Lanes)); c10 = T.MultiplyAdd(pixel, w1, c10);
            if (TKernel.Size > 3) c9 = T.MultiplyAdd(pixel, w3, c9);
            if (TKernel.Size > 5) c8 = T.MultiplyAdd(pixel, w5, c8);
            pixel = T.Load(in Unsafe.Add(ref a, 22 * Lanes)); c11 = T.MultiplyAdd(pixel, w0, c11); c10 = T.MultiplyAdd(pixel, w2, c10);
            if (TKernel.Size > 3) c9 = T.MultiplyAdd(pixel, w4, c9);
            if (TKernel.Size > 5) c8 = T.MultiplyAdd(pixel, w6, c8);
            pixel = T.Load(in Unsafe.Add(ref a, 23 * Lanes)); c11 = T.MultiplyAdd(pixel, w1, c11);
            if (TKernel.Size > 3) c10 = T.MultiplyAdd(pixel, w3, c10);
            if (TKernel.Size > 5) c9 = T.MultiplyAdd(pixel, w5, c9);
            pixel = T.Load(in Unsafe.Add(ref a, 24 * Lanes)); c12 = T.MultiplyAdd(pixel, w0, c12); c11 = T.MultiplyAdd(pixel, w2, c11);
            if (TKernel.Size > 3) c10 = T.MultiplyAdd(pixel, w4, c10);
            if (TKernel.Size > 5) c9 = T.MultiplyAdd(pixel, w6, c9);
            pixel = T.Load(in Unsafe.Add(ref a, 25 * Lanes)); c12 = T.MultiplyAdd(pixel, w1, c12);
            if (TKernel.Size > 3) c11 = T.MultiplyAdd(pixel, w3, c11);
            if (TKernel.Size > 5) c10 = T.MultiplyAdd(pixel, w5, c10);
            pixel = T.Load(in Unsafe.Add(ref a, 26 * Lanes)); c13 = T.MultiplyAdd(pixel, w0, c13); c12 = T.MultiplyAdd(pixel, w2, c12);
            if (TKernel.Size > 3) c11 = T.MultiplyAdd(pixel, w4, c11);
            if (TKernel.Size > 5) c10 = T.MultiplyAdd(pixel, w6, c10);
            pixel = T.Load(in Unsafe.Add(ref a, 27 * Lanes)); c13 = T.MultiplyAdd(pixel, w1, c13);
            if (TKernel.Size > 3) c12 = T.MultiplyAdd(pixel, w3, c12);
            if (TKernel.Size > 5) c11 = T.MultiplyAdd(pixel, w5, c11);
            pixel = T.Load(in Unsafe.Add(ref a, 28 * Lanes)); c14 = T.MultiplyAdd(pixel, w0, c14); c13 = T.MultiplyAdd(pixel, w2, c13);
            if (TKernel.Size > 3) c12 = T.MultiplyAdd(pixel, w4, c12);
            if (TKernel.Size > 5) c11 = T.MultiplyAdd(pixel, w6, c11);
            pixel = T.Load(in Unsafe.Add(ref a, 29 * Lanes)); c14 = T.MultiplyAdd(pixel, w1, c14);
            if (TKernel.Size > 3) c13 = T.MultiplyAdd(pixel, w3, c13);
            if (TKernel.Size > 5) c12 = T.MultiplyAdd(pixel, w5, c12);
            pixel = T.Load(in Unsafe.Add(ref a, 30 * Lanes)); c15 = T.MultiplyAdd(pixel, w0, c15); c14 = T.MultiplyAdd(pixel, w2, c14);
            if (TKernel.Size > 3) c13 = T.MultiplyAdd(pixel, w4, c13);
            if (TKernel.Size > 5) c12 = T.MultiplyAdd(pixel, w6, c12);
            pixel = T.Load(in Unsafe.Add(ref a, 31 * Lanes)); c15 = T.MultiplyAdd(pixel, w1, c15);
            if (TKernel.Size > 3) c14 = T.MultiplyAdd(pixel, w3, c14);
            if (TKernel.Size > 5) c13 = T.MultiplyAdd(pixel, w5, c13);
            pixel = T.Load(in Unsafe.Add(ref a, 32 * Lanes)); c16 = T.MultiplyAdd(pixel, w0, c16); c15 = T.MultiplyAdd(pixel, w2, c15);
            if (TKernel.Size > 3) c14 = T.MultiplyAdd(pixel, w4, c14);
            if (TKernel.Size > 5) c13 = T.MultiplyAdd(pixel, w6, c13);
            pixel = T.Load(in Unsafe.Add(ref a, 33 * Lanes)); c16 = T.MultiplyAdd(pixel, w1, c16);
            if (TKernel.Size > 3) c15 = T.MultiplyAdd(pixel, w3, c15);
            if (TKernel.Size > 5) c14 = T.MultiplyAdd(pixel, w5, c14);
            pixel = T.Load(in Unsafe.Add(ref a, 34 * Lanes)); c17 = T.MultiplyAdd(pixel, w0, c17); c16 = T.MultiplyAdd(pixel, w2, c16);
            if (TKernel.Size > 3) c15 = T.MultiplyAdd(pixel, w4, c15);
            if (TKernel.Size > 5) c14 = T.MultiplyAdd(pixel, w6, c14);
            pixel = T.Load(in Unsafe.Add(ref a, 35 * Lanes)); c17 = T.MultiplyAdd(pixel, w1, c17);
            if (TKernel.Size > 3) c16 = T.MultiplyAdd(pixel, w3, c16);
            if (TKernel.Size > 5) c15 = T.MultiplyAdd(pixel, w5, c15);
            pixel = T.Load(in Unsafe.Add(ref a, 36 * Lanes)); c18 = T.MultiplyAdd(pixel, w0, c18); c17 = T.MultiplyAdd(pixel, w2, c17);
            if (TKernel.Size > 3) c16 = T.MultiplyAdd(pixel, w4, c16);
            if (TKernel.Size > 5) c15 = T.MultiplyAdd(pixel, w6, c15);
            pixel = T.Load(in Unsafe.Add(ref a, 37 * Lanes)); c18 = T.MultiplyAdd(pixel, w1, c18);
            if (TKernel.Size > 3) c17 = T.MultiplyAdd(pixel, w3, c17);
            if (TKernel.Size > 5) c16 = T.MultiplyAdd(pixel, w5, c16);
            pixel = T.Load(in Unsafe.Add(ref a, 38 * Lanes)); c19 = T.MultiplyAdd(pixel, w0, c19); c18 = T.MultiplyAdd(pixel, w2, c18);
            if (TKernel.Size > 3) c17 = T.MultiplyAdd(pixel, w4, c17);
            if (TKernel.Size > 5) c16 = T.MultiplyAdd(pixel, w6, c16);
            pixel = T.Load(in Unsafe.Add(ref a, 39 * Lanes)); c19 = T.MultiplyAdd(pixel, w1, c19);
            if (TKernel.Size > 3) c18 = T.MultiplyAdd(pixel, w3, c18);
            if (TKernel.Size > 5) c17 = T.MultiplyAdd(pixel, w5, c17);
            if (row.EndPixel > 40) { pixel = T.Load(in Unsafe.Add(ref a, 40 * Lanes)); c19 = T.MultiplyAdd(pixel, w2, c19); }
            if (TKernel.Size > 3 && row.EndPixel > 40) c18 = T.MultiplyAdd(pixel, w4, c18);
            if (TKernel.Size > 5 && row.EndPixel > 40) c17 = T.MultiplyAdd(pixel, w6, c17);
            if (TKernel.Size > 3 && row.EndPixel > 41) { pixel = T.Load(in Unsafe.Add(ref a, 41 * Lanes)); c19 = T.MultiplyAdd(pixel, w3, c19); }
            if (TKernel.Size > 5 && row.EndPixel > 41) c18 = T.MultiplyAdd(pixel, w5, c18);
            if (TKernel.Size > 3 && row.EndPixel > 42) { pixel = T.Load(in Unsafe.Add(ref a, 42 * Lanes)); c19 = T.MultiplyAdd(pixel, w4, c19); }
            if (TKernel.Size > 5 && row.EndPixel > 42) c18 = T.MultiplyAdd(pixel, w6, c18);
            if (TKernel.Size > 5 && row.EndPixel > 43) { pixel = T.Load(in Unsafe.Add(ref a, 43 * Lanes)); c19 = T.MultiplyAdd(pixel, w5, c19); }
            if (TKernel.Size > 5 && row.EndPixel > 44) { pixel = T.Load(in Unsafe.Add(ref a, 44 * Lanes)); c19 = T.MultiplyAdd(pixel, w6, c19); }
            w = ref Unsafe.Add(ref w, TKernel.Size * Lanes);
            a = ref Unsafe.Add(ref a, row.InputRowStride);
        }

        if (row.HasResidual)
        {
            ref float r = ref Unsafe.AsRef(in residual);
            c0 = T.Add(c0, T.Load(in r));
            c1 = T.Add(c1, T.Load(in Unsafe.Add(ref r, Lanes)));
            c2 = T.Add(c2, T.Load(in Unsafe.Add(ref r, 2 * Lanes)));
            c3 = T.Add(c3, T.Load(in Unsafe.Add(ref r, 3 * Lanes)));
            c4 = T.Add(c4, T.Load(in Unsafe.Add(ref r, 4 * Lanes)));
            c5 = T.Add(c5, T.Load(in Unsafe.Add(ref r, 5 * Lanes)));
            c6 = T.Add(c6, T.Load(in Unsafe.Add(ref r, 6 * Lanes)));
            c7 = T.Add(c7, T.Load(in Unsafe.Add(ref r, 7 * Lanes)));
            c8 = T.Add(c8, T.Load(in Unsafe.Add(ref r, 8 * Lanes)));
            c9 = T.Add(c9, T.Load(in Unsafe.Add(ref r, 9 * Lanes)));
            c10 = T.Add(c10, T.Load(in Unsafe.Add(ref r, 10 * Lanes)));
            c11 = T.Add(c11, T.Load(in Unsafe.Add(ref r, 11 * Lanes)));
            c12 = T.Add(c12, T.Load(in Unsafe.Add(ref r, 12 * Lanes)));
            c13 = T.Add(c13, T.Load(in Unsafe.Add(ref r, 13 * Lanes)));
            c14 = T.Add(c14, T.Load(in Unsafe.Add(ref r, 14 * Lanes)));
            c15 = T.Add(c15, T.Load(in Unsafe.Add(ref r, 15 * Lanes)));
            c16 = T.Add(c16, T.Load(in Unsafe.Add(ref r, 16 * Lanes)));
            c17 = T.Add(c17, T.Load(in Unsafe.Add(ref r, 17 * Lanes)));
            c18 = T.Add(c18, T.Load(in Unsafe.Add(ref r, 18 * Lanes)));
            c19 = T.Add(c19, T.Load(in Unsafe.Add(ref r, 19 * Lanes)));
        }

        T low = T.Broadcast(row.Range.Low), high = T.Broadcast(row.Range.High);
        if (row.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0)), ref output);
        if (row.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1)), ref Unsafe.Add(ref output, Lanes));
        if (row.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2)), ref Unsafe.Add(ref output, 2 * Lanes));
        if (row.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3)), ref Unsafe.Add(ref output, 3 * Lanes));
        if (row.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4)), ref Unsafe.Add(ref output, 4 * Lanes));
        if (row.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5)), ref Unsafe.Add(ref output, 5 * Lanes));
        if (row.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6)), ref Unsafe.Add(ref output, 6 * Lanes));
        if (row.Repeated <= 7) T.Store(T.Min(high, T.Max(low, c7)), ref Unsafe.Add(ref output, 7 * Lanes));
        if (row.Repeated <= 8) T.Store(T.Min(high, T.Max(low, c8)), ref Unsafe.Add(ref output, 8 * Lanes));
        if (row.Repeated <= 9) T.Store(T.Min(high, T.Max(low, c9)), ref Unsafe.Add(ref output, 9 * Lanes));
        if (row.Repeated <= 10) T.Store(T.Min(high, T.Max(low, c10)), ref Unsafe.Add(ref output, 10 * Lanes));
        if (row.Repeated <= 11) T.Store(T.Min(high, T.Max(low, c11)), ref Unsafe.Add(ref output, 11 * Lanes));
        if (row.Repeated <= 12) T.Store(T.Min(high, T.Max(low, c12)), ref Unsafe.Add(ref output, 12 * Lanes));
        if (row.Repeated <= 13) T.Store(T.Min(high, T.Max(low, c13)), ref Unsafe.Add(ref output, 13 * Lanes));
        if (row.Repeated <= 14) T.Store(T.Min(high, T.Max(low, c14)), ref Unsafe.Add(ref output, 14 * Lanes));
        if (row.Repeated <= 15) T.Store(T.Min(high, T.Max(low, c15)), ref Unsafe.Add(ref output, 15 * Lanes));
        if (row.Repeated <= 16) T.Store(T.Min(high, T.Max(low, c16)), ref Unsafe.Add(ref output, 16 * Lanes));
        if (row.Repeated <= 17) T.Store(T.Min(high, T.Max(low, c17)), ref Unsafe.Add(ref output, 17 * Lanes));
        if (row.Repeated <= 18) T.Store(T.Min(high, T.Max(low, c18)), ref Unsafe.Add(ref output, 18 * Lanes));
        T.Store(T.Min(high, T.Max(low, c19)), ref Unsafe.Add(ref output, 19 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8<T, TKernel>(in DepthwiseRow row, ref readonly float input, ref readonly float weights, ref readonly float bias,
        ref readonly float residual, ref float output) where T : struct, IBlock<T> where TKernel : struct, IKernelSize
    {
        T c0 = T.Load(in bias), pixel;
        T c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        ref float w = ref Unsafe.AsRef(in weights), a = ref Unsafe.AsRef(in input);
        for (int ky = 0; ky < row.KernelRows; ky++)
        {
            T w0 = T.Load(in w), w1 = T.Load(in Unsafe.Add(ref w, Lanes)), w2 = T.Load(in Unsafe.Add(ref w, 2 * Lanes));
            T w3 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref w, 3 * Lanes)) : w0, w4 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref w, 4 * Lanes)) : w0;
            T w5 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref w, 5 * Lanes)) : w0, w6 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref w, 6 * Lanes)) : w0;
            if (row.FirstPixel <= 0) { pixel = T.Load(in a); c0 = T.MultiplyAdd(pixel, w0, c0); }
            if (row.FirstPixel <= 1) { pixel = T.Load(in Unsafe.Add(ref a, Lanes)); c0 = T.MultiplyAdd(pixel, w1, c0); }
            if (row.FirstPixel <= 2) { pixel = T.Load(in Unsafe.Add(ref a, 2 * Lanes)); c1 = T.MultiplyAdd(pixel, w0, c1); c0 = T.MultiplyAdd(pixel, w2, c0); }
            pixel = T.Load(in Unsafe.Add(ref a, 3 * Lanes)); c1 = T.MultiplyAdd(pixel, w1, c1);
            if (TKernel.Size > 3) c0 = T.MultiplyAdd(pixel, w3, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 4 * Lanes)); c2 = T.MultiplyAdd(pixel, w0, c2); c1 = T.MultiplyAdd(pixel, w2, c1);
            if (TKernel.Size > 3) c0 = T.MultiplyAdd(pixel, w4, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 5 * Lanes)); c2 = T.MultiplyAdd(pixel, w1, c2);
            if (TKernel.Size > 3) c1 = T.MultiplyAdd(pixel, w3, c1);
            if (TKernel.Size > 5) c0 = T.MultiplyAdd(pixel, w5, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 6 * Lanes)); c3 = T.MultiplyAdd(pixel, w0, c3); c2 = T.MultiplyAdd(pixel, w2, c2);
            if (TKernel.Size > 3) c1 = T.MultiplyAdd(pixel, w4, c1);
            if (TKernel.Size > 5) c0 = T.MultiplyAdd(pixel, w6, c0);
            pixel = T.Load(in Unsafe.Add(ref a, 7 * Lanes)); c3 = T.MultiplyAdd(pixel, w1, c3);
            if (TKernel.Size > 3) c2 = T.MultiplyAdd(pixel, w3, c2);
            if (TKernel.Size > 5) c1 = T.MultiplyAdd(pixel, w5, c1);
            pixel = T.Load(in Unsafe.Add(ref a, 8 * Lanes)); c4 = T.MultiplyAdd(pixel, w0, c4); c3 = T.MultiplyAdd(pixel, w2, c3);
            if (TKernel.Size > 3) c2 = T.MultiplyAdd(pixel, w4, c2);
            if (TKernel.Size > 5) c1 = T.MultiplyAdd(pixel, w6, c1);
            pixel = T.Load(in Unsafe.Add(ref a, 9 * Lanes)); c4 = T.MultiplyAdd(pixel, w1, c4);
            if (TKernel.Size > 3) c3 = T.MultiplyAdd(pixel, w3, c3);
            if (TKernel.Size > 5) c2 = T.MultiplyAdd(pixel, w5, c2);
            pixel = T.Load(in Unsafe.Add(ref a, 10 * Lanes)); c5 = T.MultiplyAdd(pixel, w0, c5); c4 = T.MultiplyAdd(pixel, w2, c4);
            if (TKernel.Size > 3) c3 = T.MultiplyAdd(pixel, w4, c3);
            if (TKernel.Size > 5) c2 = T.MultiplyAdd(pixel, w6, c2);
            pixel = T.Load(in Unsafe.Add(ref a, 11 * Lanes)); c5 = T.MultiplyAdd(pixel, w1, c5);
            if (TKernel.Size > 3) c4 = T.MultiplyAdd(pixel, w3, c4);
            if (TKernel.Size > 5) c3 = T.MultiplyAdd(pixel, w5, c3);
            pixel = T.Load(in Unsafe.Add(ref a, 12 * Lanes)); c6 = T.MultiplyAdd(pixel, w0, c6); c5 = T.MultiplyAdd(pixel, w2, c5);
            if (TKernel.Size > 3) c4 = T.MultiplyAdd(pixel, w4, c4);
            if (TKernel.Size > 5) c3 = T.MultiplyAdd(pixel, w6, c3);
            pixel = T.Load(in Unsafe.Add(ref a, 13 * Lanes)); c6 = T.MultiplyAdd(pixel, w1, c6);
            if (TKernel.Size > 3) c5 = T.MultiplyAdd(pixel, w3, c5);
            if (TKernel.Size > 5) c4 = T.MultiplyAdd(pixel, w5, c4);
            pixel = T.Load(in Unsafe.Add(ref a, 14 * Lanes)); c7 = T.MultiplyAdd(pixel, w0, c7); c6 = T.MultiplyAdd(pixel, w2, c6);
            if (TKernel.Size > 3) c5 = T.MultiplyAdd(pixel, w4, c5);
            if (TKernel.Size > 5) c4 = T.MultiplyAdd(pixel, w6, c4);
            pixel = T.Load(in Unsafe.Add(ref a, 15 * Lanes)); c7 = T.MultiplyAdd(pixel, w1, c7);
            if (TKernel.Size > 3) c6 = T.MultiplyAdd(pixel, w3, c6);
            if (TKernel.Size > 5) c5 = T.MultiplyAdd(pixel, w5, c5);
            if (row.EndPixel > 16) { pixel = T.Load(in Unsafe.Add(ref a, 16 * Lanes)); c7 = T.MultiplyAdd(pixel, w2, c7); }
            if (TKernel.Size > 3 && row.EndPixel > 16) c6 = T.MultiplyAdd(pixel, w4, c6);
            if (TKernel.Size > 5 && row.EndPixel > 16) c5 = T.MultiplyAdd(pixel, w6, c5);
            if (TKernel.Size > 3 && row.EndPixel > 17) { pixel = T.Load(in Unsafe.Add(ref a, 17 * Lanes)); c7 = T.MultiplyAdd(pixel, w3, c7); }
            if (TKernel.Size > 5 && row.EndPixel > 17) c6 = T.MultiplyAdd(pixel, w5, c6);
            if (TKernel.Size > 3 && row.EndPixel > 18) { pixel = T.Load(in Unsafe.Add(ref a, 18 * Lanes)); c7 = T.MultiplyAdd(pixel, w4, c7); }
            if (TKernel.Size > 5 && row.EndPixel > 18) c6 = T.MultiplyAdd(pixel, w6, c6);
            if (TKernel.Size > 5 && row.EndPixel > 19) { pixel = T.Load(in Unsafe.Add(ref a, 19 * Lanes)); c7 = T.MultiplyAdd(pixel, w5, c7); }
            if (TKernel.Size > 5 && row.EndPixel > 20) { pixel = T.Load(in Unsafe.Add(ref a, 20 * Lanes)); c7 = T.MultiplyAdd(pixel, w6, c7); }
            w = ref Unsafe.Add(ref w, TKernel.Size * Lanes);
            a = ref Unsafe.Add(ref a, row.InputRowStride);
        }

        if (row.HasResidual)
        {
            ref float r = ref Unsafe.AsRef(in residual);
            c0 = T.Add(c0, T.Load(in r));
            c1 = T.Add(c1, T.Load(in Unsafe.Add(ref r, Lanes)));
            c2 = T.Add(c2, T.Load(in Unsafe.Add(ref r, 2 * Lanes)));
            c3 = T.Add(c3, T.Load(in Unsafe.Add(ref r, 3 * Lanes)));
            c4 = T.Add(c4, T.Load(in Unsafe.Add(ref r, 4 * Lanes)));
            c5 = T.Add(c5, T.Load(in Unsafe.Add(ref r, 5 * Lanes)));
            c6 = T.Add(c6, T.Load(in Unsafe.Add(ref r, 6 * Lanes)));
            c7 = T.Add(c7, T.Load(in Unsafe.Add(ref r, 7 * Lanes)));
        }

        T low = T.Broadcast(row.Range.Low), high = T.Broadcast(row.Range.High);
        if (row.Repeated <= 0) T.Store(T.Min(high, T.Max(low, c0)), ref output);
        if (row.Repeated <= 1) T.Store(T.Min(high, T.Max(low, c1)), ref Unsafe.Add(ref output, Lanes));
        if (row.Repeated <= 2) T.Store(T.Min(high, T.Max(low, c2)), ref Unsafe.Add(ref output, 2 * Lanes));
        if (row.Repeated <= 3) T.Store(T.Min(high, T.Max(low, c3)), ref Unsafe.Add(ref output, 3 * Lanes));
        if (row.Repeated <= 4) T.Store(T.Min(high, T.Max(low, c4)), ref Unsafe.Add(ref output, 4 * Lanes));
        if (row.Repeated <= 5) T.Store(T.Min(high, T.Max(low, c5)), ref Unsafe.Add(ref output, 5 * Lanes));
        if (row.Repeated <= 6) T.Store(T.Min(high, T.Max(low, c6)), ref Unsafe.Add(ref output, 6 * Lanes));
        T.Store(T.Min(high, T.Max(low, c7)), ref Unsafe.Add(ref output, 7 * Lanes));
    }
}
