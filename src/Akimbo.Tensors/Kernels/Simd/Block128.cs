using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>A block as four vectors of 128 bits.</summary>
internal readonly struct Block128 : IBlock<Block128>
{
    private readonly Vector128<float> _v0;
    private readonly Vector128<float> _v1;
    private readonly Vector128<float> _v2;
    private readonly Vector128<float> _v3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Block128(Vector128<float> v0, Vector128<float> v1, Vector128<float> v2, Vector128<float> v3)
    {
        _v0 = v0;
        _v1 = v1;
        _v2 = v2;
        _v3 = v3;
    }

    public static Block128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero, Vector128<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Load(ref readonly float source) => new(Vector128.LoadUnsafe(in source), Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), 4)), Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), 8)), Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in source), 12)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Broadcast(float value)
    {
        var same = Vector128.Create(value);
        return new(same, same, same, same);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Block128 value, ref float target)
    {
        value._v0.StoreUnsafe(ref target);
        value._v1.StoreUnsafe(ref Unsafe.Add(ref target, 4));
        value._v2.StoreUnsafe(ref Unsafe.Add(ref target, 8));
        value._v3.StoreUnsafe(ref Unsafe.Add(ref target, 12));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Add(Block128 left, Block128 right) => new(left._v0 + right._v0, left._v1 + right._v1, left._v2 + right._v2, left._v3 + right._v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Subtract(Block128 left, Block128 right) => new(left._v0 - right._v0, left._v1 - right._v1, left._v2 - right._v2, left._v3 - right._v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 MultiplyAdd(Block128 left, Block128 right, Block128 addend) => new(Vector128.MultiplyAddEstimate(left._v0, right._v0, addend._v0),
        Vector128.MultiplyAddEstimate(left._v1, right._v1, addend._v1),
        Vector128.MultiplyAddEstimate(left._v2, right._v2, addend._v2),
        Vector128.MultiplyAddEstimate(left._v3, right._v3, addend._v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Max(Block128 left, Block128 right) => new(Vector128.MaxNative(left._v0, right._v0),
        Vector128.MaxNative(left._v1, right._v1),
        Vector128.MaxNative(left._v2, right._v2),
        Vector128.MaxNative(left._v3, right._v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Min(Block128 left, Block128 right) => new(Vector128.MinNative(left._v0, right._v0),
        Vector128.MinNative(left._v1, right._v1),
        Vector128.MinNative(left._v2, right._v2),
        Vector128.MinNative(left._v3, right._v3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 Multiply(Block128 left, Block128 right) => new(left._v0 * right._v0, left._v1 * right._v1, left._v2 * right._v2, left._v3 * right._v3);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 KeepBetween(Block128 low, Block128 value, Block128 high, Block128 kept) =>
        new(Vector128.ConditionalSelect(Vector128.GreaterThan(value._v0, low._v0) & Vector128.LessThan(value._v0, high._v0), kept._v0, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(value._v1, low._v1) & Vector128.LessThan(value._v1, high._v1), kept._v1, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(value._v2, low._v2) & Vector128.LessThan(value._v2, high._v2), kept._v2, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.GreaterThan(value._v3, low._v3) & Vector128.LessThan(value._v3, high._v3), kept._v3, Vector128<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block128 KeepEqual(Block128 left, Block128 right, Block128 kept) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(left._v0, right._v0), kept._v0, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.Equals(left._v1, right._v1), kept._v1, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.Equals(left._v2, right._v2), kept._v2, Vector128<float>.Zero),
            Vector128.ConditionalSelect(Vector128.Equals(left._v3, right._v3), kept._v3, Vector128<float>.Zero));
}
