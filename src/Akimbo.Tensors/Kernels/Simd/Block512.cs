using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>A block as one vector of 512 bits.</summary>
internal readonly struct Block512 : IBlock<Block512>
{
    private readonly Vector512<float> _v0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Block512(Vector512<float> v0)
    {
        _v0 = v0;
    }

    public static Block512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Load(ref readonly float source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Block512 value, ref float target)
    {
        value._v0.StoreUnsafe(ref target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Add(Block512 left, Block512 right) => new(left._v0 + right._v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Subtract(Block512 left, Block512 right) => new(left._v0 - right._v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 MultiplyAdd(Block512 left, Block512 right, Block512 addend) => new(Vector512.MultiplyAddEstimate(left._v0, right._v0, addend._v0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Max(Block512 left, Block512 right) => new(Vector512.MaxNative(left._v0, right._v0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Min(Block512 left, Block512 right) => new(Vector512.MinNative(left._v0, right._v0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 Multiply(Block512 left, Block512 right) => new(left._v0 * right._v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 KeepBetween(Block512 low, Block512 value, Block512 high, Block512 kept) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(value._v0, low._v0) & Vector512.LessThan(value._v0, high._v0), kept._v0, Vector512<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block512 KeepEqual(Block512 left, Block512 right, Block512 kept) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(left._v0, right._v0), kept._v0, Vector512<float>.Zero));
}
