using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>Transposes blocks of 16 rows of 16 floats, four by four in registers of 128 bits, which every machine has.</summary>
internal static class Transposition
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Transposes a block: <c>to[column, row] = from[row, column]</c>.</summary>
    /// <param name="from">The first of 16 rows.</param>
    /// <param name="fromStride">Floats from one row to the next.</param>
    /// <param name="to">The first of 16 rows, other memory than <paramref name="from"/>.</param>
    /// <param name="toStride">Floats from one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref readonly float from, int fromStride, ref float to, int toStride)
    {
        for (int row = 0; row < Lanes; row += 4)
        {
            ref float r0 = ref Unsafe.Add(ref Unsafe.AsRef(in from), row * fromStride);
            ref float r1 = ref Unsafe.Add(ref r0, fromStride);
            ref float r2 = ref Unsafe.Add(ref r1, fromStride);
            ref float r3 = ref Unsafe.Add(ref r2, fromStride);
            for (int column = 0; column < Lanes; column += 4)
                Run4(ref Unsafe.Add(ref r0, column), ref Unsafe.Add(ref r1, column), ref Unsafe.Add(ref r2, column), ref Unsafe.Add(ref r3, column),
                    ref Unsafe.Add(ref to, column * toStride + row), toStride);
        }
    }

    /// <summary>Transposes a block whose rows lie anywhere.</summary>
    /// <param name="from">What the rows lie in.</param>
    /// <param name="rows">Floats to each of 16 rows.</param>
    /// <param name="to">The first of 16 rows, other memory than <paramref name="from"/>.</param>
    /// <param name="toStride">Floats from one row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref readonly float from, ReadOnlySpan<int> rows, ref float to, int toStride)
    {
        ref float first = ref Unsafe.AsRef(in from);
        for (int row = 0; row <= rows.Length - 4; row += 4)
        {
            ref float r0 = ref Unsafe.Add(ref first, rows[row]);
            ref float r1 = ref Unsafe.Add(ref first, rows[row + 1]);
            ref float r2 = ref Unsafe.Add(ref first, rows[row + 2]);
            ref float r3 = ref Unsafe.Add(ref first, rows[row + 3]);
            for (int column = 0; column < Lanes; column += 4)
                Run4(ref Unsafe.Add(ref r0, column), ref Unsafe.Add(ref r1, column), ref Unsafe.Add(ref r2, column), ref Unsafe.Add(ref r3, column),
                    ref Unsafe.Add(ref to, column * toStride + row), toStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run4(ref float r0, ref float r1, ref float r2, ref float r3, ref float to, int toStride)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref r0), b = Vector128.LoadUnsafe(ref r1), c = Vector128.LoadUnsafe(ref r2), d = Vector128.LoadUnsafe(ref r3);
        Vector128<float> lowAb = ZipLow(a, b), highAb = ZipHigh(a, b), lowCd = ZipLow(c, d), highCd = ZipHigh(c, d);
        LowHalves(lowAb, lowCd).StoreUnsafe(ref to);
        HighHalves(lowAb, lowCd).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        LowHalves(highAb, highCd).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        HighHalves(highAb, highCd).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ZipHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b) : Vector128.Create(a.GetLower(), b.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> HighHalves(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a) : Vector128.Create(a.GetUpper(), b.GetUpper());
}
