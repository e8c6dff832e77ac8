using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>Hints to the processor that memory will be read soon.</summary>
internal static class Prefetch
{
    /// <summary>Calls a cache line into the second-level cache; any address is allowed, and nothing happens where there is no such hint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ToSecondLevel(ref float at)
    {
        if (Sse.IsSupported) Sse.Prefetch1(Unsafe.AsPointer(ref at));
    }
}
