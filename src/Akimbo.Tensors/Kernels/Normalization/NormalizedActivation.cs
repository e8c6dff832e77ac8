using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Normalization;

/// <summary>
/// <c>output[n, c, p] = range((input[n, c, p] − mean[c]) · scale[c] + shift[c] + residual[n, c, p])</c>: a BatchNorm with the
/// addition and the activation after it.
/// </summary>
internal static class NormalizedActivation
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition on [N, C, P].</summary>
    /// <param name="input">[N, C, P].</param>
    /// <param name="affine">What each channel is multiplied by and shifted by.</param>
    /// <param name="residual">[N, C, P], or empty.</param>
    /// <param name="range">The activation.</param>
    /// <param name="pixels">P.</param>
    /// <param name="output">[N, C, P].</param>
    public static void Define(ReadOnlySpan<float> input, in NormalizationAffine affine, ReadOnlySpan<float> residual, ActivationRange range, int pixels, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            int c = i / pixels % affine.Mean.Length;
            output[i] = range.Apply((input[i] - affine.Mean[c]) * affine.Scale[c] + affine.Shift[c] + (residual.IsEmpty ? 0 : residual[i]));
        }
    }

    /// <summary>Computes one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[P, 16].</param>
    /// <param name="affine">Of the sixteen channels.</param>
    /// <param name="residual">[P, 16], or empty.</param>
    /// <param name="range">The activation.</param>
    /// <param name="output">[P, 16].</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> input, in NormalizationAffine affine, ReadOnlySpan<float> residual, ActivationRange range, Span<float> output)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(input, affine, residual, range, output); break;
            case SimdPath.Vector256: Run<Block256>(input, affine, residual, range, output); break;
            default: Run<Block128>(input, affine, residual, range, output); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> input, in NormalizationAffine affine, ReadOnlySpan<float> residual, ActivationRange range, Span<float> output) where T : struct, IBlock<T>
    {
        T mean = T.Load(in affine.Mean[0]), scale = T.Load(in affine.Scale[0]), shift = T.Load(in affine.Shift[0]);
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        output = output[..input.Length];
        if (residual.IsEmpty)
        {
            for (int i = 0; i <= input.Length - Lanes; i += Lanes)
                T.Store(T.Min(high, T.Max(low, T.MultiplyAdd(T.Subtract(T.Load(in input[i]), mean), scale, shift))), ref output[i]);
            return;
        }

        residual = residual[..input.Length];
        for (int i = 0; i <= input.Length - Lanes; i += Lanes)
        {
            T value = T.Add(T.MultiplyAdd(T.Subtract(T.Load(in input[i]), mean), scale, shift), T.Load(in residual[i]));
            T.Store(T.Min(high, T.Max(low, value)), ref output[i]);
        }
    }
}

/// <summary>What a BatchNorm does to each channel: <c>(x − Mean) · Scale + Shift</c>.</summary>
/// <param name="mean">[C].</param>
/// <param name="scale">[C]: the weight over the deviation.</param>
/// <param name="shift">[C]: the bias.</param>
internal readonly ref struct NormalizationAffine(ReadOnlySpan<float> mean, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift)
{
    public readonly ReadOnlySpan<float> Mean = mean;
    public readonly ReadOnlySpan<float> Scale = scale;
    public readonly ReadOnlySpan<float> Shift = shift;
}
