using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Elementwise;

/// <summary>
/// <c>output[n, c, p] = range(input[n, c, p] · scale[c] + shift[c])</c>: a BatchNorm with fixed statistics and the
/// activation after it, where no convolution comes before that could take them in.
/// </summary>
internal static class ChannelAffine
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on [N, C, P].</summary>
    public static void Define(ReadOnlySpan<float> input, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ActivationRange range, int channels, int pixels, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            int c = i / pixels % channels;
            output[i] = range.Apply(input[i] * scale[c] + shift[c]);
        }
    }

    /// <summary>Computes one plane of sixteen channels; input and output may be the same memory.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[P, 16].</param>
    /// <param name="scale">[16].</param>
    /// <param name="shift">[16].</param>
    /// <param name="range">The activation.</param>
    /// <param name="output">[P, 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> input, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ActivationRange range, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(input, scale, shift, range, output); break;
            case SimdPath.Vector256: Run<Block256>(input, scale, shift, range, output); break;
            default: Run<Block128>(input, scale, shift, range, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> input, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, ActivationRange range, Span<float> output)
        where T : struct, IBlock<T>
    {
        T s = T.Load(in scale[0]), t = T.Load(in shift[0]), low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        output = output[..input.Length];
        for (int i = 0; i <= input.Length - Lanes; i += Lanes)
            T.Store(T.Min(high, T.Max(low, T.MultiplyAdd(T.Load(in input[i]), s, t))), ref output[i]);
    }
}
