using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// What <see cref="WinogradTransform"/> and the transform of weights become for the gradient by the weights: the gradient y of a
/// tile of 4×4 outputs becomes <c>A y Aᵀ</c>, and the sums of products m become weights <c>Gᵀ m G</c>, with the matrices of
/// Lavin and Gray (CVPR 2016, section 4); sixteen channels at a time.
/// </summary>
internal static class WinogradGradientTransform
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Transforms a tile's gradient to 36 points.</summary>
    /// <param name="gradient">The top-left pixel; pixels of a row lie sixteen floats apart.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="output">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gradient4<T>(ref readonly float gradient, int rowStride, ref float output, int pointStride) where T : struct, IBlock<T>
    {
        T two = T.Broadcast(2), four = T.Broadcast(4);
        ref float y0 = ref Unsafe.AsRef(in gradient);
        ref float y1 = ref Unsafe.Add(ref y0, rowStride);
        ref float y2 = ref Unsafe.Add(ref y1, rowStride);
        ref float y3 = ref Unsafe.Add(ref y2, rowStride);
        int row = 6 * pointStride;
        Row<T>(At<T>(ref y0, 0), At<T>(ref y0, 1), At<T>(ref y0, 2), At<T>(ref y0, 3), two, four, ref output, pointStride);
        Row<T>(At<T>(ref y3, 0), At<T>(ref y3, 1), At<T>(ref y3, 2), At<T>(ref y3, 3), two, four, ref Unsafe.Add(ref output, 5 * row), pointStride);

        T e0 = T.Add(At<T>(ref y0, 0), At<T>(ref y2, 0)), e1 = T.Add(At<T>(ref y0, 1), At<T>(ref y2, 1));
        T e2 = T.Add(At<T>(ref y0, 2), At<T>(ref y2, 2)), e3 = T.Add(At<T>(ref y0, 3), At<T>(ref y2, 3));
        T o0 = T.Add(At<T>(ref y1, 0), At<T>(ref y3, 0)), o1 = T.Add(At<T>(ref y1, 1), At<T>(ref y3, 1));
        T o2 = T.Add(At<T>(ref y1, 2), At<T>(ref y3, 2)), o3 = T.Add(At<T>(ref y1, 3), At<T>(ref y3, 3));
        Row<T>(T.Add(e0, o0), T.Add(e1, o1), T.Add(e2, o2), T.Add(e3, o3), two, four, ref Unsafe.Add(ref output, row), pointStride);
        Row<T>(T.Subtract(e0, o0), T.Subtract(e1, o1), T.Subtract(e2, o2), T.Subtract(e3, o3), two, four, ref Unsafe.Add(ref output, 2 * row), pointStride);

        e0 = T.MultiplyAdd(At<T>(ref y2, 0), four, At<T>(ref y0, 0));
        e1 = T.MultiplyAdd(At<T>(ref y2, 1), four, At<T>(ref y0, 1));
        e2 = T.MultiplyAdd(At<T>(ref y2, 2), four, At<T>(ref y0, 2));
        e3 = T.MultiplyAdd(At<T>(ref y2, 3), four, At<T>(ref y0, 3));
        o0 = T.Multiply(T.MultiplyAdd(At<T>(ref y3, 0), four, At<T>(ref y1, 0)), two);
        o1 = T.Multiply(T.MultiplyAdd(At<T>(ref y3, 1), four, At<T>(ref y1, 1)), two);
        o2 = T.Multiply(T.MultiplyAdd(At<T>(ref y3, 2), four, At<T>(ref y1, 2)), two);
        o3 = T.Multiply(T.MultiplyAdd(At<T>(ref y3, 3), four, At<T>(ref y1, 3)), two);
        Row<T>(T.Add(e0, o0), T.Add(e1, o1), T.Add(e2, o2), T.Add(e3, o3), two, four, ref Unsafe.Add(ref output, 3 * row), pointStride);
        Row<T>(T.Subtract(e0, o0), T.Subtract(e1, o1), T.Subtract(e2, o2), T.Subtract(e3, o3), two, four, ref Unsafe.Add(ref output, 4 * row), pointStride);
    }

    /// <summary>Transforms the sums of 36 points to the gradients by 3×3 weights.</summary>
    /// <param name="sums">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="weights">[9, 16].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Weights4<T>(ref readonly float sums, int pointStride, ref float weights) where T : struct, IBlock<T>
    {
        ref float m = ref Unsafe.AsRef(in sums);
        int row = 6 * pointStride;
        Columns<T>(ref m, row, out T a0, out T b0, out T c0);
        Columns<T>(ref Unsafe.Add(ref m, pointStride), row, out T a1, out T b1, out T c1);
        Columns<T>(ref Unsafe.Add(ref m, 2 * pointStride), row, out T a2, out T b2, out T c2);
        Columns<T>(ref Unsafe.Add(ref m, 3 * pointStride), row, out T a3, out T b3, out T c3);
        Columns<T>(ref Unsafe.Add(ref m, 4 * pointStride), row, out T a4, out T b4, out T c4);
        Columns<T>(ref Unsafe.Add(ref m, 5 * pointStride), row, out T a5, out T b5, out T c5);
        Three<T>(a0, a1, a2, a3, a4, a5, out T w0, out T w1, out T w2);
        Store<T>(w0, w1, w2, ref weights);
        Three<T>(b0, b1, b2, b3, b4, b5, out w0, out w1, out w2);
        Store<T>(w0, w1, w2, ref Unsafe.Add(ref weights, 3 * Lanes));
        Three<T>(c0, c1, c2, c3, c4, c5, out w0, out w1, out w2);
        Store<T>(w0, w1, w2, ref Unsafe.Add(ref weights, 6 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At<T>(ref float row, int column) where T : struct, IBlock<T> => T.Load(in Unsafe.Add(ref row, column * Lanes));

    /// <summary>A row of <c>y Aᵀ</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row<T>(T y0, T y1, T y2, T y3, T two, T four, ref float into, int stride) where T : struct, IBlock<T>
    {
        T.Store(y0, ref into);
        T even = T.Add(y0, y2), odd = T.Add(y1, y3);
        T.Store(T.Add(even, odd), ref Unsafe.Add(ref into, stride));
        T.Store(T.Subtract(even, odd), ref Unsafe.Add(ref into, 2 * stride));
        T wideEven = T.MultiplyAdd(y2, four, y0), wideOdd = T.Multiply(T.MultiplyAdd(y3, four, y1), two);
        T.Store(T.Add(wideEven, wideOdd), ref Unsafe.Add(ref into, 3 * stride));
        T.Store(T.Subtract(wideEven, wideOdd), ref Unsafe.Add(ref into, 4 * stride));
        T.Store(y3, ref Unsafe.Add(ref into, 5 * stride));
    }

    /// <summary>A column of <c>Gᵀ m</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Columns<T>(ref float m, int row, out T w0, out T w1, out T w2) where T : struct, IBlock<T> =>
        Three(T.Load(in m), T.Load(in Unsafe.Add(ref m, row)), T.Load(in Unsafe.Add(ref m, 2 * row)), T.Load(in Unsafe.Add(ref m, 3 * row)),
            T.Load(in Unsafe.Add(ref m, 4 * row)), T.Load(in Unsafe.Add(ref m, 5 * row)), out w0, out w1, out w2);

    /// <summary><c>Gᵀ</c> by a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Three<T>(T m0, T m1, T m2, T m3, T m4, T m5, out T w0, out T w1, out T w2) where T : struct, IBlock<T>
    {
        T near = T.Multiply(T.Add(m1, m2), T.Broadcast(-1 / 6f)), far = T.Add(m3, m4);
        w0 = T.MultiplyAdd(m0, T.Broadcast(1 / 4f), T.MultiplyAdd(far, T.Broadcast(1 / 24f), near));
        w1 = T.MultiplyAdd(T.Subtract(m2, m1), T.Broadcast(1 / 6f), T.Multiply(T.Subtract(m3, m4), T.Broadcast(1 / 12f)));
        w2 = T.MultiplyAdd(far, T.Broadcast(1 / 6f), T.Add(near, m5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(T w0, T w1, T w2, ref float into) where T : struct, IBlock<T>
    {
        T.Store(w0, ref into);
        T.Store(w1, ref Unsafe.Add(ref into, Lanes));
        T.Store(w2, ref Unsafe.Add(ref into, 2 * Lanes));
    }
}
