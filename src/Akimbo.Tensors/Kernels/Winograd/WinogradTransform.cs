using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>Where a tile of outputs is written, and what happens on the way.</summary>
/// <param name="RowStride">Floats from one row of outputs to the next, of the residual too.</param>
/// <param name="HasResidual">Whether the residual is added.</param>
/// <param name="Range">The activation.</param>
internal readonly record struct WinogradOutput(int RowStride, bool HasResidual, ActivationRange Range);

/// <summary>
/// The transforms of inputs d and of products m, sixteen channels at a time: <c>Bᵀ d B</c> and <c>Aᵀ m A</c>, for tiles of
/// 4×4 and of 2×2 outputs (Lavin and Gray, CVPR 2016, section 4).
/// </summary>
internal static class WinogradTransform
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Points of the larger tile: floats of scratch memory are this many blocks.</summary>
    public const int MaxPoints = 36;

    /// <summary>Transforms the 6×6 inputs under a tile of 4×4 outputs.</summary>
    /// <param name="input">The top-left pixel; pixels of a row lie sixteen floats apart.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="half">36 blocks of scratch memory.</param>
    /// <param name="output">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input4<T>(ref readonly float input, int rowStride, ref float half, ref float output, int pointStride) where T : struct, IBlock<T>
    {
        ref float d = ref Unsafe.AsRef(in input);
        for (int column = 0; column < 6; column++)
            Input4<T>(ref Unsafe.Add(ref d, column * Lanes), rowStride, ref Unsafe.Add(ref half, column * Lanes), 6 * Lanes);
        for (int row = 0; row < 6; row++)
            Input4<T>(ref Unsafe.Add(ref half, row * 6 * Lanes), Lanes, ref Unsafe.Add(ref output, row * 6 * pointStride), pointStride);
    }

    /// <summary>Transforms the 4×4 inputs under a tile of 2×2 outputs.</summary>
    /// <inheritdoc cref="Input4{T}(ref readonly float, int, ref float, ref float, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input2<T>(ref readonly float input, int rowStride, ref float half, ref float output, int pointStride) where T : struct, IBlock<T>
    {
        ref float d = ref Unsafe.AsRef(in input);
        for (int column = 0; column < 4; column++)
            Input2<T>(ref Unsafe.Add(ref d, column * Lanes), rowStride, ref Unsafe.Add(ref half, column * Lanes), 4 * Lanes);
        for (int row = 0; row < 4; row++)
            Input2<T>(ref Unsafe.Add(ref half, row * 4 * Lanes), Lanes, ref Unsafe.Add(ref output, row * 4 * pointStride), pointStride);
    }

    /// <summary>Transforms 36 products to 4×4 outputs.</summary>
    /// <param name="products">The first point.</param>
    /// <param name="pointStride">Floats from one point to the next.</param>
    /// <param name="half">36 blocks of scratch memory.</param>
    /// <param name="bias">The bias of the sixteen channels.</param>
    /// <param name="residual">The top-left pixel of what is added.</param>
    /// <param name="output">The top-left output pixel.</param>
    /// <param name="to">Strides and activation.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output4<T>(ref readonly float products, int pointStride, ref float half, ref readonly float bias, ref readonly float residual, ref float output, in WinogradOutput to)
        where T : struct, IBlock<T>
    {
        T low = T.Broadcast(to.Range.Low), high = T.Broadcast(to.Range.High), b = T.Load(in bias);
        T two = T.Broadcast(2), four = T.Broadcast(4), eight = T.Broadcast(8);
        ref float m = ref Unsafe.AsRef(in products);
        for (int column = 0; column < 6; column++)
        {
            ref float from = ref Unsafe.Add(ref m, column * pointStride);
            ref float into = ref Unsafe.Add(ref half, column * Lanes);
            Output4(in from, 6 * pointStride, two, four, eight, out T y0, out T y1, out T y2, out T y3);
            T.Store(y0, ref into);
            T.Store(y1, ref Unsafe.Add(ref into, 6 * Lanes));
            T.Store(y2, ref Unsafe.Add(ref into, 12 * Lanes));
            T.Store(y3, ref Unsafe.Add(ref into, 18 * Lanes));
        }

        for (int row = 0; row < 4; row++)
        {
            Output4(in Unsafe.Add(ref half, row * 6 * Lanes), Lanes, two, four, eight, out T y0, out T y1, out T y2, out T y3);
            ref float o = ref Unsafe.Add(ref output, row * to.RowStride);
            ref float r = ref Unsafe.Add(ref Unsafe.AsRef(in residual), row * to.RowStride);
            Finish(y0, b, low, high, to.HasResidual, ref r, ref o);
            Finish(y1, b, low, high, to.HasResidual, ref Unsafe.Add(ref r, Lanes), ref Unsafe.Add(ref o, Lanes));
            Finish(y2, b, low, high, to.HasResidual, ref Unsafe.Add(ref r, 2 * Lanes), ref Unsafe.Add(ref o, 2 * Lanes));
            Finish(y3, b, low, high, to.HasResidual, ref Unsafe.Add(ref r, 3 * Lanes), ref Unsafe.Add(ref o, 3 * Lanes));
        }
    }

    /// <summary>Transforms 16 products to 2×2 outputs.</summary>
    /// <inheritdoc cref="Output4{T}(ref readonly float, int, ref float, ref readonly float, ref readonly float, ref float, in WinogradOutput)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output2<T>(ref readonly float products, int pointStride, ref float half, ref readonly float bias, ref readonly float residual, ref float output, in WinogradOutput to)
        where T : struct, IBlock<T>
    {
        T low = T.Broadcast(to.Range.Low), high = T.Broadcast(to.Range.High), b = T.Load(in bias);
        ref float m = ref Unsafe.AsRef(in products);
        for (int column = 0; column < 4; column++)
        {
            Output2(in Unsafe.Add(ref m, column * pointStride), 4 * pointStride, out T y0, out T y1);
            T.Store(y0, ref Unsafe.Add(ref half, column * Lanes));
            T.Store(y1, ref Unsafe.Add(ref half, (4 + column) * Lanes));
        }

        for (int row = 0; row < 2; row++)
        {
            Output2(in Unsafe.Add(ref half, row * 4 * Lanes), Lanes, out T y0, out T y1);
            ref float o = ref Unsafe.Add(ref output, row * to.RowStride);
            ref float r = ref Unsafe.Add(ref Unsafe.AsRef(in residual), row * to.RowStride);
            Finish(y0, b, low, high, to.HasResidual, ref r, ref o);
            Finish(y1, b, low, high, to.HasResidual, ref Unsafe.Add(ref r, Lanes), ref Unsafe.Add(ref o, Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Input4<T>(ref float from, int stride, ref float into, int intoStride) where T : struct, IBlock<T>
    {
        T d0 = T.Load(in from), d1 = T.Load(in Unsafe.Add(ref from, stride)), d2 = T.Load(in Unsafe.Add(ref from, 2 * stride));
        T d3 = T.Load(in Unsafe.Add(ref from, 3 * stride)), d4 = T.Load(in Unsafe.Add(ref from, 4 * stride)), d5 = T.Load(in Unsafe.Add(ref from, 5 * stride));
        T four = T.Broadcast(4), minusFour = T.Broadcast(-4), minusFive = T.Broadcast(-5), two = T.Broadcast(2), minusTwo = T.Broadcast(-2);
        T even = T.MultiplyAdd(d2, minusFour, d4), odd = T.MultiplyAdd(d1, minusFour, d3);
        T evenDifference = T.Subtract(d4, d2), oddDifference = T.Subtract(d3, d1);
        T.Store(T.MultiplyAdd(d0, four, T.MultiplyAdd(d2, minusFive, d4)), ref into);
        T.Store(T.Add(even, odd), ref Unsafe.Add(ref into, intoStride));
        T.Store(T.Subtract(even, odd), ref Unsafe.Add(ref into, 2 * intoStride));
        T.Store(T.MultiplyAdd(oddDifference, two, evenDifference), ref Unsafe.Add(ref into, 3 * intoStride));
        T.Store(T.MultiplyAdd(oddDifference, minusTwo, evenDifference), ref Unsafe.Add(ref into, 4 * intoStride));
        T.Store(T.MultiplyAdd(d1, four, T.MultiplyAdd(d3, minusFive, d5)), ref Unsafe.Add(ref into, 5 * intoStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Input2<T>(ref float from, int stride, ref float into, int intoStride) where T : struct, IBlock<T>
    {
        T d0 = T.Load(in from), d1 = T.Load(in Unsafe.Add(ref from, stride));
        T d2 = T.Load(in Unsafe.Add(ref from, 2 * stride)), d3 = T.Load(in Unsafe.Add(ref from, 3 * stride));
        T.Store(T.Subtract(d0, d2), ref into);
        T.Store(T.Add(d1, d2), ref Unsafe.Add(ref into, intoStride));
        T.Store(T.Subtract(d2, d1), ref Unsafe.Add(ref into, 2 * intoStride));
        T.Store(T.Subtract(d1, d3), ref Unsafe.Add(ref into, 3 * intoStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Output4<T>(ref readonly float from, int stride, T two, T four, T eight, out T y0, out T y1, out T y2, out T y3) where T : struct, IBlock<T>
    {
        ref float m = ref Unsafe.AsRef(in from);
        T m1 = T.Load(in Unsafe.Add(ref m, stride)), m2 = T.Load(in Unsafe.Add(ref m, 2 * stride));
        T m3 = T.Load(in Unsafe.Add(ref m, 3 * stride)), m4 = T.Load(in Unsafe.Add(ref m, 4 * stride));
        T sum1 = T.Add(m1, m2), difference1 = T.Subtract(m1, m2), sum2 = T.Add(m3, m4), difference2 = T.Subtract(m3, m4);
        y0 = T.Add(T.Load(in m), T.Add(sum1, sum2));
        y1 = T.MultiplyAdd(difference2, two, difference1);
        y2 = T.MultiplyAdd(sum2, four, sum1);
        y3 = T.Add(T.MultiplyAdd(difference2, eight, difference1), T.Load(in Unsafe.Add(ref m, 5 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Output2<T>(ref readonly float from, int stride, out T y0, out T y1) where T : struct, IBlock<T>
    {
        ref float m = ref Unsafe.AsRef(in from);
        T m1 = T.Load(in Unsafe.Add(ref m, stride)), m2 = T.Load(in Unsafe.Add(ref m, 2 * stride));
        y0 = T.Add(T.Load(in m), T.Add(m1, m2));
        y1 = T.Subtract(T.Subtract(m1, m2), T.Load(in Unsafe.Add(ref m, 3 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<T>(T value, T bias, T low, T high, bool hasResidual, ref float residual, ref float output) where T : struct, IBlock<T>
    {
        value = T.Add(value, bias);
        if (hasResidual) value = T.Add(value, T.Load(in residual));
        T.Store(T.Min(high, T.Max(low, value)), ref output);
    }
}
