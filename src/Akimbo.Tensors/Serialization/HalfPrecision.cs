using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Serialization;

/// <summary>Widening of whole tensors of float16, which the weights of shipped models are.</summary>
internal static class HalfPrecision
{
    private const uint Magnitude = 0x7fff, SmallestNormal = 0x0400, Infinity = 0x7c00;
    private const int MantissaShift = 13, SignShift = 16;

    /// <summary>What is added to an exponent's bits: float32's bias in place of float16's.</summary>
    private const uint Rebias = (127 - 15) << 23;

    /// <summary>The bits of 2^-14, the smallest normal float16, as a float32.</summary>
    private const uint SmallestNormalWidened = (127 - 14) << 23;

    /// <summary>Widens every value exactly, subnormal ones, infinities and not-a-numbers included.</summary>
    /// <param name="source">The values.</param>
    /// <param name="destination">As many places.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<Half> source, Span<float> destination)
    {
        ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<Half, ushort>(source);
        destination = destination[..bits.Length];
        int i = 0;
        for (; i <= bits.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Create(bits.Slice(i, Vector256<ushort>.Count)));
            Widen(lower).CopyTo(destination.Slice(i, Vector256<float>.Count));
            Widen(upper).CopyTo(destination.Slice(i + Vector256<float>.Count, Vector256<float>.Count));
        }

        for (; i < bits.Length; i++) destination[i] = (float)source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(Vector256<uint> half)
    {
        Vector256<uint> magnitude = half & Vector256.Create(Magnitude);
        Vector256<uint> normal = (magnitude << MantissaShift) + Vector256.Create(Rebias);
        Vector256<uint> special = normal + Vector256.Create(Rebias);
        // A subnormal's mantissa behind the exponent of 2^-14 is the value plus 2^-14.
        Vector256<float> subnormal = ((magnitude << MantissaShift) + Vector256.Create(SmallestNormalWidened)).AsSingle() - Vector256.Create(SmallestNormalWidened).AsSingle();
        Vector256<uint> widened = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallestNormal)), subnormal.AsUInt32(), normal);
        widened = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(Infinity)), special, widened);
        return (widened | ((half & Vector256.Create(~Magnitude & 0xffff)) << SignShift)).AsSingle();
    }
}
