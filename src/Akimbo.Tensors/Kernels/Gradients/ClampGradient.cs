using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradient of an activation by its input, from what it gave: <c>g</c> where <c>Low &lt; output &lt; High</c>, 0 elsewhere,
/// on the limits too.
/// </summary>
internal static class ClampGradient
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Computes the definition.</summary>
    public static void Define(ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range, Span<float> inputGradient)
    {
        for (int i = 0; i < output.Length; i++) inputGradient[i] = range.Low < output[i] && output[i] < range.High ? outputGradient[i] : 0;
    }

    /// <summary>Computes spans whose length is a multiple of 16.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="output">What the activation gave.</param>
    /// <param name="outputGradient">As long.</param>
    /// <param name="range">The activation.</param>
    /// <param name="addend">As long, to add, or empty.</param>
    /// <param name="inputGradient">As long; may be the output's gradient or the addend.</param>
    public static void Run(SimdPath path, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range, ReadOnlySpan<float> addend, Span<float> inputGradient)
    {
        switch (path)
        {
            case SimdPath.Vector512: Run<Block512>(output, outputGradient, range, addend, inputGradient); break;
            case SimdPath.Vector256: Run<Block256>(output, outputGradient, range, addend, inputGradient); break;
            default: Run<Block128>(output, outputGradient, range, addend, inputGradient); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T>(ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range, ReadOnlySpan<float> addend, Span<float> inputGradient)
        where T : struct, IBlock<T>
    {
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        for (int i = 0; i <= output.Length - Lanes; i += Lanes)
        {
            T gradient = T.KeepBetween(low, T.Load(in output[i]), high, T.Load(in outputGradient[i]));
            T.Store(addend.IsEmpty ? gradient : T.Add(gradient, T.Load(in addend[i])), ref inputGradient[i]);
        }
    }
}
