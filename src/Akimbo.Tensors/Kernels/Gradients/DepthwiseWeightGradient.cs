using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// <c>∂w[c, ky, kx] = Σ_{n, y, x} g[n, c, y, x] · x[n, c, y·s − p + ky, x·s − p + kx]</c>: the weights' gradient of a convolution in
/// which every channel is by itself, sixteen at a time. Defined by <see cref="ConvolutionGradient.DefineWeights"/>.
/// Every input row is copied between zeros as wide as the padding, so that a row of the kernel is that many sums kept in registers,
/// whatever the width of the map.
/// </summary>
internal static class DepthwiseWeightGradient
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int SegmentRows = 16; // sums of more lose digits

    /// <summary>Floats of scratch that <see cref="Run"/> needs.</summary>
    public static int ScratchLength(in ConvolutionGeometry geometry) => Floats(geometry.KernelSize * geometry.KernelSize) + Floats(PaddedWidth(geometry));

    /// <summary>Computes one block of channels over all images.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The depthwise convolution.</param>
    /// <param name="input">The blocked input.</param>
    /// <param name="outputGradient">The blocked gradient of the output.</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="weightGradient">[kernelSize, kernelSize, 16].</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>.</param>
    public static void Run(SimdPath path, in ConvolutionGeometry geometry, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, int block, Span<float> weightGradient, Span<float> scratch)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(geometry, input, outputGradient, block, weightGradient, scratch); break;
            case SimdPath.Vector256: Run<Block256>(geometry, input, outputGradient, block, weightGradient, scratch); break;
            default: Run<Block128>(geometry, input, outputGradient, block, weightGradient, scratch); break;
        }
    }

    private static int Floats(int pixels) => pixels * Lanes;

    private static int PaddedWidth(in ConvolutionGeometry g) => Math.Max(g.InWidth + g.Padding, (g.OutWidth - 1) * g.Stride + g.KernelSize);

    private static void Run<T>(in ConvolutionGeometry g, ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, int block, Span<float> weightGradient, Span<float> scratch)
        where T : struct, IBlock<T>
    {
        int blocks = BlockedLayout.Blocks(g.InChannels), inPlane = Floats(g.InHeight * g.InWidth), outPlane = Floats(g.OutHeight * g.OutWidth);
        var sums = scratch[..weightGradient.Length];
        var padded = scratch.Slice(sums.Length, Floats(PaddedWidth(g)));
        padded.Clear();
        weightGradient.Clear();
        for (int n = 0; n < g.Batch; n++)
        {
            var x = input.Slice((n * blocks + block) * inPlane, inPlane);
            var gradient = outputGradient.Slice((n * blocks + block) * outPlane, outPlane);
            for (int first = 0; first < g.InHeight; first += SegmentRows)
            {
                sums.Clear();
                for (int row = first; row < Math.Min(first + SegmentRows, g.InHeight); row++)
                {
                    x.Slice(Floats(row * g.InWidth), Floats(g.InWidth)).CopyTo(padded[Floats(g.Padding)..]);
                    AddRow<T>(g, padded, row, gradient, sums);
                }

                for (int i = 0; i < sums.Length; i += Lanes) T.Store(T.Add(T.Load(in weightGradient[i]), T.Load(in sums[i])), ref weightGradient[i]);
            }
        }
    }

    /// <summary>Adds the products of an input row and the gradients of all rows that it takes part in.</summary>
    private static void AddRow<T>(in ConvolutionGeometry g, ReadOnlySpan<float> padded, int row, ReadOnlySpan<float> gradient, Span<float> sums) where T : struct, IBlock<T>
    {
        for (int ky = 0; ky < g.KernelSize; ky++)
        {
            int y = Math.DivRem(row + g.Padding - ky, g.Stride, out int rest);
            if (rest != 0 || (uint)y >= (uint)g.OutHeight) continue;
            var of = gradient.Slice(Floats(y * g.OutWidth), Floats(g.OutWidth));
            var to = sums.Slice(Floats(ky * g.KernelSize), Floats(g.KernelSize));
            switch (g.KernelSize)
            {
                case 3: AddTaps<T, Kernel3>(padded, Floats(g.Stride), of, to); break;
                case 5: AddTaps<T, Kernel5>(padded, Floats(g.Stride), of, to); break;
                case 7: AddTaps<T, Kernel7>(padded, Floats(g.Stride), of, to); break;
                default: AddTaps<T>(padded, Floats(g.Stride), of, to); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTaps<T, TKernel>(ReadOnlySpan<float> padded, int step, ReadOnlySpan<float> gradient, Span<float> sums)
        where T : struct, IBlock<T> where TKernel : struct, IKernelSize
    {
        ref float s = ref sums[0], x = ref Unsafe.AsRef(in padded[0]);
        T s0 = T.Load(in s), s1 = T.Load(in Unsafe.Add(ref s, Lanes)), s2 = T.Load(in Unsafe.Add(ref s, 2 * Lanes));
        T s3 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref s, 3 * Lanes)) : s0, s4 = TKernel.Size > 3 ? T.Load(in Unsafe.Add(ref s, 4 * Lanes)) : s0;
        T s5 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref s, 5 * Lanes)) : s0, s6 = TKernel.Size > 5 ? T.Load(in Unsafe.Add(ref s, 6 * Lanes)) : s0;
        for (int i = 0; i <= gradient.Length - Lanes; i += Lanes)
        {
            T g = T.Load(in gradient[i]);
            s0 = T.MultiplyAdd(g, T.Load(in x), s0);
            s1 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, Lanes)), s1);
            s2 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, 2 * Lanes)), s2);
            if (TKernel.Size > 3)
            {
                s3 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, 3 * Lanes)), s3);
                s4 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, 4 * Lanes)), s4);
            }

            if (TKernel.Size > 5)
            {
                s5 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, 5 * Lanes)), s5);
                s6 = T.MultiplyAdd(g, T.Load(in Unsafe.Add(ref x, 6 * Lanes)), s6);
            }

            x = ref Unsafe.Add(ref x, step);
        }

        T.Store(s0, ref s);
        T.Store(s1, ref Unsafe.Add(ref s, Lanes));
        T.Store(s2, ref Unsafe.Add(ref s, 2 * Lanes));
        if (TKernel.Size > 3)
        {
            T.Store(s3, ref Unsafe.Add(ref s, 3 * Lanes));
            T.Store(s4, ref Unsafe.Add(ref s, 4 * Lanes));
        }

        if (TKernel.Size > 5)
        {
            T.Store(s5, ref Unsafe.Add(ref s, 5 * Lanes));
            T.Store(s6, ref Unsafe.Add(ref s, 6 * Lanes));
        }
    }

    /// <summary>For kernels of any size.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTaps<T>(ReadOnlySpan<float> padded, int step, ReadOnlySpan<float> gradient, Span<float> sums) where T : struct, IBlock<T>
    {
        for (int tap = 0; tap < sums.Length; tap += Lanes)
        {
            T sum = T.Load(in sums[tap]);
            for (int i = 0, x = tap; i <= gradient.Length - Lanes; i += Lanes, x += step) sum = T.MultiplyAdd(T.Load(in gradient[i]), T.Load(in padded[x]), sum);
            T.Store(sum, ref sums[tap]);
        }
    }
}
