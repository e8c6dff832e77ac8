using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>Where a tile of outputs is written, and what happens on the way.</summary>
/// <param name="RowStride">Floats from one row of outputs to the next, of the residual too.</param>
/// <param name="Range">The activation.</param>
internal readonly record struct WinogradOutput(int RowStride, ActivationRange Range);

/// <summary>
/// The transforms of inputs d and of products m, sixteen channels at a time: <c>Bᵀ d B</c> and <c>Aᵀ m A</c>, for tiles of
/// 4×4 and of 2×2 outputs (Lavin and Gray, CVPR 2016, section 4). Rows that share their sums are computed together, so that
/// what lies between the two passes stays in registers.
/// </summary>
internal static class WinogradTransform
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Points of the larger tile.</summary>
    public const int MaxPoints = 36;

    /// <summary>Transforms the 6×6 inputs under a tile of 4×4 outputs.</summary>
    /// <param name="input">The top-left pixel; pixels of a row lie sixteen floats apart.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="output">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input4<T>(ref readonly float input, int rowStride, ref float output, int pointStride) where T : struct, IBlock<T>
    {
        T four = T.Broadcast(4), minusFour = T.Broadcast(-4), minusFive = T.Broadcast(-5), two = T.Broadcast(2), minusTwo = T.Broadcast(-2);
        ref float d0 = ref Unsafe.AsRef(in input);
        ref float d1 = ref Unsafe.Add(ref d0, rowStride);
        ref float d2 = ref Unsafe.Add(ref d1, rowStride);
        ref float d3 = ref Unsafe.Add(ref d2, rowStride);
        ref float d4 = ref Unsafe.Add(ref d3, rowStride);
        ref float d5 = ref Unsafe.Add(ref d4, rowStride);
        int row = 6 * pointStride;

        Row4(Outer(ref d0, ref d2, ref d4, 0, four, minusFive), Outer(ref d0, ref d2, ref d4, 1, four, minusFive), Outer(ref d0, ref d2, ref d4, 2, four, minusFive),
            Outer(ref d0, ref d2, ref d4, 3, four, minusFive), Outer(ref d0, ref d2, ref d4, 4, four, minusFive), Outer(ref d0, ref d2, ref d4, 5, four, minusFive),
            four, minusFour, minusFive, two, minusTwo, ref output, pointStride);
        Row4(Outer(ref d1, ref d3, ref d5, 0, four, minusFive), Outer(ref d1, ref d3, ref d5, 1, four, minusFive), Outer(ref d1, ref d3, ref d5, 2, four, minusFive),
            Outer(ref d1, ref d3, ref d5, 3, four, minusFive), Outer(ref d1, ref d3, ref d5, 4, four, minusFive), Outer(ref d1, ref d3, ref d5, 5, four, minusFive),
            four, minusFour, minusFive, two, minusTwo, ref Unsafe.Add(ref output, 5 * row), pointStride);

        T e0 = MultiplyAdd(ref d2, ref d4, 0, minusFour), e1 = MultiplyAdd(ref d2, ref d4, 1, minusFour), e2 = MultiplyAdd(ref d2, ref d4, 2, minusFour);
        T e3 = MultiplyAdd(ref d2, ref d4, 3, minusFour), e4 = MultiplyAdd(ref d2, ref d4, 4, minusFour), e5 = MultiplyAdd(ref d2, ref d4, 5, minusFour);
        T o0 = MultiplyAdd(ref d1, ref d3, 0, minusFour), o1 = MultiplyAdd(ref d1, ref d3, 1, minusFour), o2 = MultiplyAdd(ref d1, ref d3, 2, minusFour);
        T o3 = MultiplyAdd(ref d1, ref d3, 3, minusFour), o4 = MultiplyAdd(ref d1, ref d3, 4, minusFour), o5 = MultiplyAdd(ref d1, ref d3, 5, minusFour);
        Row4(T.Add(e0, o0), T.Add(e1, o1), T.Add(e2, o2), T.Add(e3, o3), T.Add(e4, o4), T.Add(e5, o5),
            four, minusFour, minusFive, two, minusTwo, ref Unsafe.Add(ref output, row), pointStride);
        Row4(T.Subtract(e0, o0), T.Subtract(e1, o1), T.Subtract(e2, o2), T.Subtract(e3, o3), T.Subtract(e4, o4), T.Subtract(e5, o5),
            four, minusFour, minusFive, two, minusTwo, ref Unsafe.Add(ref output, 2 * row), pointStride);

        e0 = Subtract<T>(ref d4, ref d2, 0);
        e1 = Subtract<T>(ref d4, ref d2, 1);
        e2 = Subtract<T>(ref d4, ref d2, 2);
        e3 = Subtract<T>(ref d4, ref d2, 3);
        e4 = Subtract<T>(ref d4, ref d2, 4);
        e5 = Subtract<T>(ref d4, ref d2, 5);
        o0 = Subtract<T>(ref d3, ref d1, 0);
        o1 = Subtract<T>(ref d3, ref d1, 1);
        o2 = Subtract<T>(ref d3, ref d1, 2);
        o3 = Subtract<T>(ref d3, ref d1, 3);
        o4 = Subtract<T>(ref d3, ref d1, 4);
        o5 = Subtract<T>(ref d3, ref d1, 5);
        Row4(T.MultiplyAdd(o0, two, e0), T.MultiplyAdd(o1, two, e1), T.MultiplyAdd(o2, two, e2),
            T.MultiplyAdd(o3, two, e3), T.MultiplyAdd(o4, two, e4), T.MultiplyAdd(o5, two, e5),
            four, minusFour, minusFive, two, minusTwo, ref Unsafe.Add(ref output, 3 * row), pointStride);
        Row4(T.MultiplyAdd(o0, minusTwo, e0), T.MultiplyAdd(o1, minusTwo, e1), T.MultiplyAdd(o2, minusTwo, e2),
            T.MultiplyAdd(o3, minusTwo, e3), T.MultiplyAdd(o4, minusTwo, e4), T.MultiplyAdd(o5, minusTwo, e5),
            four, minusFour, minusFive, two, minusTwo, ref Unsafe.Add(ref output, 4 * row), pointStride);
    }

    /// <summary>Transforms the 4×4 inputs under a tile of 2×2 outputs.</summary>
    /// <inheritdoc cref="Input4{T}(ref readonly float, int, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input2<T>(ref readonly float input, int rowStride, ref float output, int pointStride) where T : struct, IBlock<T>
    {
        ref float d0 = ref Unsafe.AsRef(in input);
        ref float d1 = ref Unsafe.Add(ref d0, rowStride);
        ref float d2 = ref Unsafe.Add(ref d1, rowStride);
        ref float d3 = ref Unsafe.Add(ref d2, rowStride);
        int row = 4 * pointStride;
        Row2(Subtract<T>(ref d0, ref d2, 0), Subtract<T>(ref d0, ref d2, 1), Subtract<T>(ref d0, ref d2, 2), Subtract<T>(ref d0, ref d2, 3), ref output, pointStride);
        Row2(Add<T>(ref d1, ref d2, 0), Add<T>(ref d1, ref d2, 1), Add<T>(ref d1, ref d2, 2), Add<T>(ref d1, ref d2, 3), ref Unsafe.Add(ref output, row), pointStride);
        Row2(Subtract<T>(ref d2, ref d1, 0), Subtract<T>(ref d2, ref d1, 1), Subtract<T>(ref d2, ref d1, 2), Subtract<T>(ref d2, ref d1, 3), ref Unsafe.Add(ref output, 2 * row), pointStride);
        Row2(Subtract<T>(ref d1, ref d3, 0), Subtract<T>(ref d1, ref d3, 1), Subtract<T>(ref d1, ref d3, 2), Subtract<T>(ref d1, ref d3, 3), ref Unsafe.Add(ref output, 3 * row), pointStride);
    }

    /// <summary>Transforms 36 products to 4×4 outputs.</summary>
    /// <param name="products">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="residual">The top-left pixel of what is added.</param>
    /// <param name="output">The top-left output pixel.</param>
    /// <param name="to">Strides and activation.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output4<T, TResidual>(ref readonly float products, int pointStride, ref readonly float residual, ref float output, in WinogradOutput to)
        where T : struct, IBlock<T> where TResidual : struct, IFlag
    {
        T low = T.Broadcast(to.Range.Low), high = T.Broadcast(to.Range.High);
        T two = T.Broadcast(2), four = T.Broadcast(4), eight = T.Broadcast(8);
        int row = 6 * pointStride, stride = to.RowStride;
        ref float m = ref Unsafe.AsRef(in products);
        ref float r = ref Unsafe.AsRef(in residual);

        Sums(ref m, row, four, out T y0, out T z0);
        Sums(ref Unsafe.Add(ref m, pointStride), row, four, out T y1, out T z1);
        Sums(ref Unsafe.Add(ref m, 2 * pointStride), row, four, out T y2, out T z2);
        Sums(ref Unsafe.Add(ref m, 3 * pointStride), row, four, out T y3, out T z3);
        Sums(ref Unsafe.Add(ref m, 4 * pointStride), row, four, out T y4, out T z4);
        Sums(ref Unsafe.Add(ref m, 5 * pointStride), row, four, out T y5, out T z5);
        OutputRow4<T, TResidual>(y0, y1, y2, y3, y4, y5, two, four, eight, low, high, ref r, ref output);
        OutputRow4<T, TResidual>(z0, z1, z2, z3, z4, z5, two, four, eight, low, high, ref Unsafe.Add(ref r, 2 * stride), ref Unsafe.Add(ref output, 2 * stride));

        Differences(ref m, row, two, eight, out y0, out z0);
        Differences(ref Unsafe.Add(ref m, pointStride), row, two, eight, out y1, out z1);
        Differences(ref Unsafe.Add(ref m, 2 * pointStride), row, two, eight, out y2, out z2);
        Differences(ref Unsafe.Add(ref m, 3 * pointStride), row, two, eight, out y3, out z3);
        Differences(ref Unsafe.Add(ref m, 4 * pointStride), row, two, eight, out y4, out z4);
        Differences(ref Unsafe.Add(ref m, 5 * pointStride), row, two, eight, out y5, out z5);
        OutputRow4<T, TResidual>(y0, y1, y2, y3, y4, y5, two, four, eight, low, high, ref Unsafe.Add(ref r, stride), ref Unsafe.Add(ref output, stride));
        OutputRow4<T, TResidual>(z0, z1, z2, z3, z4, z5, two, four, eight, low, high, ref Unsafe.Add(ref r, 3 * stride), ref Unsafe.Add(ref output, 3 * stride));
    }

    /// <summary>Transforms 16 products to 2×2 outputs.</summary>
    /// <inheritdoc cref="Output4{T, TResidual}(ref readonly float, int, ref readonly float, ref float, in WinogradOutput)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output2<T, TResidual>(ref readonly float products, int pointStride, ref readonly float residual, ref float output, in WinogradOutput to)
        where T : struct, IBlock<T> where TResidual : struct, IFlag
    {
        T low = T.Broadcast(to.Range.Low), high = T.Broadcast(to.Range.High);
        ref float m = ref Unsafe.AsRef(in products);
        ref float r = ref Unsafe.AsRef(in residual);
        Output2(ref m, 4 * pointStride, out T y0, out T z0);
        Output2(ref Unsafe.Add(ref m, pointStride), 4 * pointStride, out T y1, out T z1);
        Output2(ref Unsafe.Add(ref m, 2 * pointStride), 4 * pointStride, out T y2, out T z2);
        Output2(ref Unsafe.Add(ref m, 3 * pointStride), 4 * pointStride, out T y3, out T z3);
        OutputRow2<T, TResidual>(y0, y1, y2, y3, low, high, ref r, ref output);
        OutputRow2<T, TResidual>(z0, z1, z2, z3, low, high, ref Unsafe.Add(ref r, to.RowStride), ref Unsafe.Add(ref output, to.RowStride));
    }

    /// <summary>The first or last row of <c>Bᵀ d</c>: <c>4 a − 5 b + c</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Outer<T>(ref float a, ref float b, ref float c, int column, T four, T minusFive) where T : struct, IBlock<T> =>
        T.MultiplyAdd(At<T>(ref a, column), four, T.MultiplyAdd(At<T>(ref b, column), minusFive, At<T>(ref c, column)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T MultiplyAdd<T>(ref float a, ref float b, int column, T factor) where T : struct, IBlock<T> =>
        T.MultiplyAdd(At<T>(ref a, column), factor, At<T>(ref b, column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Subtract<T>(ref float a, ref float b, int column) where T : struct, IBlock<T> => T.Subtract(At<T>(ref a, column), At<T>(ref b, column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Add<T>(ref float a, ref float b, int column) where T : struct, IBlock<T> => T.Add(At<T>(ref a, column), At<T>(ref b, column));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T At<T>(ref float row, int column) where T : struct, IBlock<T> => T.Load(in Unsafe.Add(ref row, column * Lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row4<T>(T d0, T d1, T d2, T d3, T d4, T d5, T four, T minusFour, T minusFive, T two, T minusTwo, ref float into, int stride) where T : struct, IBlock<T>
    {
        T.Store(T.MultiplyAdd(d0, four, T.MultiplyAdd(d2, minusFive, d4)), ref into);
        T even = T.MultiplyAdd(d2, minusFour, d4), odd = T.MultiplyAdd(d1, minusFour, d3);
        T.Store(T.Add(even, odd), ref Unsafe.Add(ref into, stride));
        T.Store(T.Subtract(even, odd), ref Unsafe.Add(ref into, 2 * stride));
        T evenDifference = T.Subtract(d4, d2), oddDifference = T.Subtract(d3, d1);
        T.Store(T.MultiplyAdd(oddDifference, two, evenDifference), ref Unsafe.Add(ref into, 3 * stride));
        T.Store(T.MultiplyAdd(oddDifference, minusTwo, evenDifference), ref Unsafe.Add(ref into, 4 * stride));
        T.Store(T.MultiplyAdd(d1, four, T.MultiplyAdd(d3, minusFive, d5)), ref Unsafe.Add(ref into, 5 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row2<T>(T d0, T d1, T d2, T d3, ref float into, int stride) where T : struct, IBlock<T>
    {
        T.Store(T.Subtract(d0, d2), ref into);
        T.Store(T.Add(d1, d2), ref Unsafe.Add(ref into, stride));
        T.Store(T.Subtract(d2, d1), ref Unsafe.Add(ref into, 2 * stride));
        T.Store(T.Subtract(d1, d3), ref Unsafe.Add(ref into, 3 * stride));
    }

    /// <summary>Rows 0 and 2 of <c>Aᵀ m</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums<T>(ref float m, int stride, T four, out T y0, out T y2) where T : struct, IBlock<T>
    {
        T near = T.Add(T.Load(in Unsafe.Add(ref m, stride)), T.Load(in Unsafe.Add(ref m, 2 * stride)));
        T far = T.Add(T.Load(in Unsafe.Add(ref m, 3 * stride)), T.Load(in Unsafe.Add(ref m, 4 * stride)));
        y0 = T.Add(T.Load(in m), T.Add(near, far));
        y2 = T.MultiplyAdd(far, four, near);
    }

    /// <summary>Rows 1 and 3 of <c>Aᵀ m</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Differences<T>(ref float m, int stride, T two, T eight, out T y1, out T y3) where T : struct, IBlock<T>
    {
        T near = T.Subtract(T.Load(in Unsafe.Add(ref m, stride)), T.Load(in Unsafe.Add(ref m, 2 * stride)));
        T far = T.Subtract(T.Load(in Unsafe.Add(ref m, 3 * stride)), T.Load(in Unsafe.Add(ref m, 4 * stride)));
        y1 = T.MultiplyAdd(far, two, near);
        y3 = T.Add(T.MultiplyAdd(far, eight, near), T.Load(in Unsafe.Add(ref m, 5 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputRow4<T, TResidual>(T m0, T m1, T m2, T m3, T m4, T m5, T two, T four, T eight, T low, T high, ref float residual, ref float output)
        where T : struct, IBlock<T> where TResidual : struct, IFlag
    {
        T sum1 = T.Add(m1, m2), difference1 = T.Subtract(m1, m2), sum2 = T.Add(m3, m4), difference2 = T.Subtract(m3, m4);
        Finish<T, TResidual>(T.Add(m0, T.Add(sum1, sum2)), low, high, ref residual, ref output);
        Finish<T, TResidual>(T.MultiplyAdd(difference2, two, difference1), low, high, ref Unsafe.Add(ref residual, Lanes), ref Unsafe.Add(ref output, Lanes));
        Finish<T, TResidual>(T.MultiplyAdd(sum2, four, sum1), low, high, ref Unsafe.Add(ref residual, 2 * Lanes), ref Unsafe.Add(ref output, 2 * Lanes));
        Finish<T, TResidual>(T.Add(T.MultiplyAdd(difference2, eight, difference1), m5), low, high, ref Unsafe.Add(ref residual, 3 * Lanes), ref Unsafe.Add(ref output, 3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Output2<T>(ref float m, int stride, out T y0, out T y1) where T : struct, IBlock<T>
    {
        T m1 = T.Load(in Unsafe.Add(ref m, stride)), m2 = T.Load(in Unsafe.Add(ref m, 2 * stride));
        y0 = T.Add(T.Load(in m), T.Add(m1, m2));
        y1 = T.Subtract(T.Subtract(m1, m2), T.Load(in Unsafe.Add(ref m, 3 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void OutputRow2<T, TResidual>(T m0, T m1, T m2, T m3, T low, T high, ref float residual, ref float output)
        where T : struct, IBlock<T> where TResidual : struct, IFlag
    {
        Finish<T, TResidual>(T.Add(m0, T.Add(m1, m2)), low, high, ref residual, ref output);
        Finish<T, TResidual>(T.Subtract(T.Subtract(m1, m2), m3), low, high, ref Unsafe.Add(ref residual, Lanes), ref Unsafe.Add(ref output, Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T, TResidual>(T value, T low, T high, ref float residual, ref float output)
        where T : struct, IBlock<T> where TResidual : struct, IFlag
    {
        if (TResidual.IsSet) value = T.Add(value, T.Load(in residual));
        T.Store(T.Min(high, T.Max(low, value)), ref output);
    }
}
