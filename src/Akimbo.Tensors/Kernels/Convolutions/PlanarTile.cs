using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>What a tile of planar pixels needs beside the places it reads and writes.</summary>
/// <param name="Channels">Input channels.</param>
/// <param name="ChannelStride">Floats from one input channel to the next.</param>
/// <param name="RowStride">Floats from one input row to the next.</param>
/// <param name="KernelSize">Rows and columns of the kernel.</param>
/// <param name="Stride">Floats between the inputs of neighbouring outputs.</param>
/// <param name="OutputBlockStride">Floats from one output block to the next.</param>
/// <param name="Range">The activation.</param>
internal readonly record struct PlanarTileOperands(
    int Channels, int ChannelStride, int RowStride, int KernelSize, int Stride, int OutputBlockStride, ActivationRange Range);

/// <summary>
/// The register-blocked heart of <see cref="PlanarConvolution"/>: neighbouring outputs of a row, whose inputs are broadcast from
/// planes. The accumulators are written out because the JIT keeps locals in registers, not array elements.
/// </summary>
internal static class PlanarTile
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Pixels of the wider tile.</summary>
    public const int Widest = 8;

    /// <summary>8 pixels × 2 blocks of output channels: 16 accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile8x2<T, TStride>(in PlanarTileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias, ref float output)
        where T : struct, IBlock<T> where TStride : struct, IStride
    {
        T bias0 = T.Load(in bias), bias1 = T.Load(in Unsafe.Add(ref Unsafe.AsRef(in bias), Lanes));
        T c0 = bias0, c1 = bias0, c2 = bias0, c3 = bias0, c4 = bias0, c5 = bias0, c6 = bias0, c7 = bias0;
        T d0 = bias1, d1 = bias1, d2 = bias1, d3 = bias1, d4 = bias1, d5 = bias1, d6 = bias1, d7 = bias1;
        ref float w = ref Unsafe.AsRef(in weights);
        nint step = TStride.Of(operands.Stride);
        for (int c = 0; c < operands.Channels; c++)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in input), c * operands.ChannelStride);
            for (int ky = 0; ky < operands.KernelSize; ky++)
            {
                ref float a = ref row;
                for (int kx = 0; kx < operands.KernelSize; kx++)
                {
                    T w0 = T.Load(in w);
                    T w1 = T.Load(in Unsafe.Add(ref w, Lanes));
                    T a0 = T.Broadcast(a);
                    c0 = T.MultiplyAdd(a0, w0, c0);
                    d0 = T.MultiplyAdd(a0, w1, d0);
                    T a1 = T.Broadcast(Unsafe.Add(ref a, step));
                    c1 = T.MultiplyAdd(a1, w0, c1);
                    d1 = T.MultiplyAdd(a1, w1, d1);
                    T a2 = T.Broadcast(Unsafe.Add(ref a, 2 * step));
                    c2 = T.MultiplyAdd(a2, w0, c2);
                    d2 = T.MultiplyAdd(a2, w1, d2);
                    T a3 = T.Broadcast(Unsafe.Add(ref a, 3 * step));
                    c3 = T.MultiplyAdd(a3, w0, c3);
                    d3 = T.MultiplyAdd(a3, w1, d3);
                    T a4 = T.Broadcast(Unsafe.Add(ref a, 4 * step));
                    c4 = T.MultiplyAdd(a4, w0, c4);
                    d4 = T.MultiplyAdd(a4, w1, d4);
                    T a5 = T.Broadcast(Unsafe.Add(ref a, 5 * step));
                    c5 = T.MultiplyAdd(a5, w0, c5);
                    d5 = T.MultiplyAdd(a5, w1, d5);
                    T a6 = T.Broadcast(Unsafe.Add(ref a, 6 * step));
                    c6 = T.MultiplyAdd(a6, w0, c6);
                    d6 = T.MultiplyAdd(a6, w1, d6);
                    T a7 = T.Broadcast(Unsafe.Add(ref a, 7 * step));
                    c7 = T.MultiplyAdd(a7, w0, c7);
                    d7 = T.MultiplyAdd(a7, w1, d7);
                    w = ref Unsafe.Add(ref w, 2 * Lanes);
                    a = ref Unsafe.Add(ref a, 1);
                }

                row = ref Unsafe.Add(ref row, operands.RowStride);
            }
        }

        T low = T.Broadcast(operands.Range.Low), high = T.Broadcast(operands.Range.High);
        Store4(c0, c1, c2, c3, low, high, ref output);
        Store4(c4, c5, c6, c7, low, high, ref Unsafe.Add(ref output, 4 * Lanes));
        ref float second = ref Unsafe.Add(ref output, operands.OutputBlockStride);
        Store4(d0, d1, d2, d3, low, high, ref second);
        Store4(d4, d5, d6, d7, low, high, ref Unsafe.Add(ref second, 4 * Lanes));
    }

    /// <summary>4 pixels × 1 block of output channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Tile4x1<T, TStride>(in PlanarTileOperands operands, ref readonly float input, ref readonly float weights, ref readonly float bias, ref float output)
        where T : struct, IBlock<T> where TStride : struct, IStride
    {
        T start = T.Load(in bias);
        T c0 = start, c1 = start, c2 = start, c3 = start;
        ref float w = ref Unsafe.AsRef(in weights);
        nint step = TStride.Of(operands.Stride);
        for (int c = 0; c < operands.Channels; c++)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in input), c * operands.ChannelStride);
            for (int ky = 0; ky < operands.KernelSize; ky++)
            {
                ref float a = ref row;
                for (int kx = 0; kx < operands.KernelSize; kx++)
                {
                    T w0 = T.Load(in w);
                    c0 = T.MultiplyAdd(T.Broadcast(a), w0, c0);
                    c1 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, step)), w0, c1);
                    c2 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 2 * step)), w0, c2);
                    c3 = T.MultiplyAdd(T.Broadcast(Unsafe.Add(ref a, 3 * step)), w0, c3);
                    w = ref Unsafe.Add(ref w, Lanes);
                    a = ref Unsafe.Add(ref a, 1);
                }

                row = ref Unsafe.Add(ref row, operands.RowStride);
            }
        }

        Store4(c0, c1, c2, c3, T.Broadcast(operands.Range.Low), T.Broadcast(operands.Range.High), ref output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4<T>(T c0, T c1, T c2, T c3, T low, T high, ref float output) where T : struct, IBlock<T>
    {
        T.Store(T.Min(high, T.Max(low, c0)), ref output);
        T.Store(T.Min(high, T.Max(low, c1)), ref Unsafe.Add(ref output, Lanes));
        T.Store(T.Min(high, T.Max(low, c2)), ref Unsafe.Add(ref output, 2 * Lanes));
        T.Store(T.Min(high, T.Max(low, c3)), ref Unsafe.Add(ref output, 3 * Lanes));
    }
}
