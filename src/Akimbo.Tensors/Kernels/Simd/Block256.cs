using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>A block as two vectors of 256 bits.</summary>
internal readonly struct Block256 : IBlock<Block256>
{
    private readonly Vector256<float> _v0;
    private readonly Vector256<float> _v1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Block256(Vector256<float> v0, Vector256<float> v1)
    {
        _v0 = v0;
        _v1 = v1;
    }

    public static Block256 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<float>.Zero, Vector256<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Load(ref readonly float source) => new(Vector256.LoadUnsafe(in source), Vector256.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Broadcast(float value)
    {
        var same = Vector256.Create(value);
        return new(same, same);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Block256 value, ref float target)
    {
        value._v0.StoreUnsafe(ref target);
        value._v1.StoreUnsafe(ref Unsafe.Add(ref target, 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Add(Block256 left, Block256 right) => new(left._v0 + right._v0, left._v1 + right._v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Subtract(Block256 left, Block256 right) => new(left._v0 - right._v0, left._v1 - right._v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 MultiplyAdd(Block256 left, Block256 right, Block256 addend) => new(Vector256.MultiplyAddEstimate(left._v0, right._v0, addend._v0),
        Vector256.MultiplyAddEstimate(left._v1, right._v1, addend._v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Max(Block256 left, Block256 right) => new(Vector256.MaxNative(left._v0, right._v0), Vector256.MaxNative(left._v1, right._v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Min(Block256 left, Block256 right) => new(Vector256.MinNative(left._v0, right._v0), Vector256.MinNative(left._v1, right._v1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 Multiply(Block256 left, Block256 right) => new(left._v0 * right._v0, left._v1 * right._v1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 KeepBetween(Block256 low, Block256 value, Block256 high, Block256 kept) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(value._v0, low._v0) & Vector256.LessThan(value._v0, high._v0), kept._v0, Vector256<float>.Zero),
            Vector256.ConditionalSelect(Vector256.GreaterThan(value._v1, low._v1) & Vector256.LessThan(value._v1, high._v1), kept._v1, Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block256 KeepEqual(Block256 left, Block256 right, Block256 kept) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(left._v0, right._v0), kept._v0, Vector256<float>.Zero),
            Vector256.ConditionalSelect(Vector256.Equals(left._v1, right._v1), kept._v1, Vector256<float>.Zero));
}
