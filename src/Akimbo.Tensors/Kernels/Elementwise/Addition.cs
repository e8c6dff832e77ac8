using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Elementwise;

/// <summary><c>output[i] = range(left[i] + right[i])</c>.</summary>
internal static class Addition
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition.</summary>
    public static void Define(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ActivationRange range, Span<float> output)
    {
        for (int i = 0; i < output.Length; i++) output[i] = range.Apply(left[i] + right[i]);
    }

    /// <summary>Adds spans whose length is a multiple of 16; the output may be one of the inputs.</summary>
    public static void Run(SimdPath path, ReadOnlySpan<float> left, ReadOnlySpan<float> right, ActivationRange range, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(left, right, range, output); break;
            case SimdPath.Vector256: Run<Block256>(left, right, range, output); break;
            default: Run<Block128>(left, right, range, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ActivationRange range, Span<float> output)
        where T : struct, IBlock<T>
    {
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        left = left[..output.Length];
        right = right[..output.Length];
        for (int i = 0; i <= output.Length - Lanes; i += Lanes)
            T.Store(T.Min(high, T.Max(low, T.Add(T.Load(in left[i]), T.Load(in right[i])))), ref output[i]);
    }
}
