using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Normalization;

/// <summary>Sums of sixteen lanes that go on in doubles.</summary>
internal static class LaneSums
{
    /// <summary>Adds each lane to its sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(T values, Span<double> sums) where T : struct, IBlock<T>
    {
        Span<float> lanes = stackalloc float[BlockedLayout.Lanes];
        T.Store(values, ref lanes[0]);
        for (int lane = 0; lane < lanes.Length; lane++) sums[lane] += lanes[lane];
    }
}
