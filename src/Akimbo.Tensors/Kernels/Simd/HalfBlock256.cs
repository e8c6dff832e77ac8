using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>
/// Eight lanes in one vector of 256 bits, for kernels that need more registers than <see cref="Block256"/> leaves: they compute
/// the halves of a block one after the other, the second eight floats behind the first.
/// </summary>
internal readonly struct HalfBlock256 : IBlock<HalfBlock256>
{
    /// <summary>Floats of half a block.</summary>
    public const int Lanes = 8;

    private readonly Vector256<float> _v;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private HalfBlock256(Vector256<float> v) => _v = v;

    public static HalfBlock256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(HalfBlock256 value, ref float target) => value._v.StoreUnsafe(ref target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Add(HalfBlock256 left, HalfBlock256 right) => new(left._v + right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Subtract(HalfBlock256 left, HalfBlock256 right) => new(left._v - right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 MultiplyAdd(HalfBlock256 left, HalfBlock256 right, HalfBlock256 addend) => new(Vector256.MultiplyAddEstimate(left._v, right._v, addend._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Max(HalfBlock256 left, HalfBlock256 right) => new(Vector256.MaxNative(left._v, right._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Min(HalfBlock256 left, HalfBlock256 right) => new(Vector256.MinNative(left._v, right._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 Multiply(HalfBlock256 left, HalfBlock256 right) => new(left._v * right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 KeepBetween(HalfBlock256 low, HalfBlock256 value, HalfBlock256 high, HalfBlock256 kept) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(value._v, low._v) & Vector256.LessThan(value._v, high._v), kept._v, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HalfBlock256 KeepEqual(HalfBlock256 left, HalfBlock256 right, HalfBlock256 kept) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(left._v, right._v), kept._v, Vector256<float>.Zero));
}
