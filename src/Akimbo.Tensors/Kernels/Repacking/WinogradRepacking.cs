using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;

namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>
/// Writes new values into weights packed for Winograd's algorithm: <c>G g Gᵀ</c> for sixteen output channels at a time, with
/// the same matrices G as <see cref="WinogradWeights.Pack"/>.
/// </summary>
internal static class WinogradRepacking
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Writes one block of output channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="packed">What <see cref="WinogradWeights.Pack"/> gave for the same sizes.</param>
    /// <param name="outBlock">Which block.</param>
    /// <param name="weights">The weights' memory.</param>
    /// <param name="view">How to read it; of one group and nine taps.</param>
    public static void WriteBlock(SimdPath path, WinogradWeights packed, int outBlock, ReadOnlySpan<float> weights, WeightView view)
    {
        switch (path)
        {
            case SimdPath.Vector512: WriteBlock<Block512>(packed, outBlock, weights, view); break;
            case SimdPath.Vector256: WriteBlock<Block256>(packed, outBlock, weights, view); break;
            default: WriteBlock<Block128>(packed, outBlock, weights, view); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteBlock<T>(WinogradWeights packed, int outBlock, ReadOnlySpan<float> weights, WeightView view) where T : struct, IBlock<T>
    {
        int panel = outBlock / GemmTiling.PanelBlocks(packed.Path), width = packed.BlocksOf(panel) * Lanes, pointStride = packed.Depth * width;
        ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(packed.Panel(panel)), (outBlock - packed.FirstBlockOf(panel)) * Lanes);
        int side = packed.Tile + 2;
        Span<float> half = stackalloc float[6 * 3 * Lanes], taps = stackalloc float[9 * Lanes];
        var block = new WeightBlock(view, stackalloc float[WeightBlock.MemoryLength(view)]);
        for (int i = 0; i < packed.Depth; i++)
        {
            if (i % Lanes == 0) block.Read(weights, outBlock * Lanes, i);
            for (int tap = 0; tap < 9; tap++) block.Of(i % Lanes, tap).CopyTo(taps[(tap * Lanes)..]);
            for (int column = 0; column < 3; column++)
                Transform<T>(packed.Tile, ref taps[column * Lanes], 3 * Lanes, ref half[column * Lanes], 3 * Lanes);
            for (int row = 0; row < side; row++)
            {
                ref float into = ref Unsafe.Add(ref target, row * side * pointStride + i * width);
                Transform<T>(packed.Tile, ref half[row * 3 * Lanes], Lanes, ref into, pointStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transform<T>(int tile, ref float from, int stride, ref float into, int intoStride) where T : struct, IBlock<T>
    {
        if (tile == 4)
        {
            Matrix4<T>(ref from, stride, out T u0, out T u1, out T u2, out T u3, out T u4, out T u5);
            T.Store(u0, ref into);
            T.Store(u1, ref Unsafe.Add(ref into, intoStride));
            T.Store(u2, ref Unsafe.Add(ref into, 2 * intoStride));
            T.Store(u3, ref Unsafe.Add(ref into, 3 * intoStride));
            T.Store(u4, ref Unsafe.Add(ref into, 4 * intoStride));
            T.Store(u5, ref Unsafe.Add(ref into, 5 * intoStride));
            return;
        }

        Matrix2<T>(ref from, stride, out T v0, out T v1, out T v2, out T v3);
        T.Store(v0, ref into);
        T.Store(v1, ref Unsafe.Add(ref into, intoStride));
        T.Store(v2, ref Unsafe.Add(ref into, 2 * intoStride));
        T.Store(v3, ref Unsafe.Add(ref into, 3 * intoStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Matrix4<T>(ref float from, int stride, out T u0, out T u1, out T u2, out T u3, out T u4, out T u5) where T : struct, IBlock<T>
    {
        T g0 = T.Load(in from), g1 = T.Load(in Unsafe.Add(ref from, stride)), g2 = T.Load(in Unsafe.Add(ref from, 2 * stride));
        T even = T.Multiply(T.Add(g0, g2), T.Broadcast(-1 / 6f)), odd = T.Multiply(g1, T.Broadcast(-1 / 6f));
        T wideEven = T.MultiplyAdd(g0, T.Broadcast(1 / 24f), T.Multiply(g2, T.Broadcast(1 / 6f))), wideOdd = T.Multiply(g1, T.Broadcast(1 / 12f));
        u0 = T.Multiply(g0, T.Broadcast(1 / 4f));
        u1 = T.Add(even, odd);
        u2 = T.Subtract(even, odd);
        u3 = T.Add(wideEven, wideOdd);
        u4 = T.Subtract(wideEven, wideOdd);
        u5 = g2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Matrix2<T>(ref float from, int stride, out T u0, out T u1, out T u2, out T u3) where T : struct, IBlock<T>
    {
        T g0 = T.Load(in from), g1 = T.Load(in Unsafe.Add(ref from, stride)), g2 = T.Load(in Unsafe.Add(ref from, 2 * stride));
        T even = T.Multiply(T.Add(g0, g2), T.Broadcast(0.5f)), odd = T.Multiply(g1, T.Broadcast(0.5f));
        u0 = g0;
        u1 = T.Add(even, odd);
        u2 = T.Subtract(even, odd);
        u3 = g2;
    }
}
