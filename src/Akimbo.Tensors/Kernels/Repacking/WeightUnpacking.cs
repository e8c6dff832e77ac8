using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>Writes the weights of sixteen outputs that lie side by side, [terms, 16], into [O, terms], or adds them.</summary>
internal static class WeightUnpacking
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Writes the terms of some outputs.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="packed">[terms, 16]; as many terms as fill blocks of sixteen.</param>
    /// <param name="terms">Terms of each output.</param>
    /// <param name="outputs">Outputs, 1 to 16.</param>
    /// <param name="accumulates">Whether they are added to what the weights hold.</param>
    /// <param name="weights">The first term of the first output.</param>
    /// <param name="outStride">Floats from one output to the next.</param>
    public static void Put(SimdPath path, ReadOnlySpan<float> packed, int terms, int outputs, bool accumulates, Span<float> weights, int outStride)
    {
        Span<float> turned = stackalloc float[Lanes * Lanes];
        for (int first = 0; first < terms; first += Lanes)
        {
            int count = Math.Min(Lanes, terms - first);
            bool isWhole = count == Lanes && outputs == Lanes && !accumulates;
            var block = packed.Slice(first * Lanes, Lanes * Lanes);
            if (isWhole)
            {
                var whole = weights.Slice(first, (Lanes - 1) * outStride + Lanes);
                Transposition.Run(in block[0], Lanes, ref whole[0], outStride);
                continue;
            }

            Transposition.Run(in block[0], Lanes, ref turned[0], Lanes);
            for (int o = 0; o < outputs; o++)
            {
                var target = weights.Slice(o * outStride + first, count);
                var values = turned.Slice(o * Lanes, Lanes);
                if (!accumulates) values[..count].CopyTo(target);
                else if (count == Lanes) Add(path, values, target);
                else
                    for (int i = 0; i < count; i++) target[i] += values[i];
            }
        }
    }

    private static void Add(SimdPath path, ReadOnlySpan<float> values, Span<float> target)
    {
        switch (path)
        {
            case SimdPath.Vector512: Add<Block512>(in values[0], ref target[0]); break;
            case SimdPath.Vector256: Add<Block256>(in values[0], ref target[0]); break;
            default: Add<Block128>(in values[0], ref target[0]); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(ref readonly float values, ref float target) where T : struct, IBlock<T> =>
        T.Store(T.Add(T.Load(in target), T.Load(in values)), ref target);
}
