namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>
/// Sixteen float lanes, whatever the vector width: kernels are written once over blocks and the JIT makes
/// one version of them for each implementation. <see cref="HalfBlock256"/> alone has eight lanes.
/// </summary>
internal interface IBlock<TSelf> where TSelf : struct, IBlock<TSelf>
{
    static abstract TSelf Zero { get; }

    static abstract TSelf Load(ref readonly float source);

    static abstract TSelf Broadcast(float value);

    static abstract void Store(TSelf value, ref float target);

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Subtract(TSelf left, TSelf right);

    /// <summary><c>left * right + addend</c>, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The larger of each lane. A NaN on the right is kept; one on the left may be lost.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of each lane. A NaN on the right is kept; one on the left may be lost.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    /// <summary><paramref name="kept"/> in lanes where <c>low &lt; value &lt; high</c>, 0 in the others.</summary>
    static abstract TSelf KeepBetween(TSelf low, TSelf value, TSelf high, TSelf kept);

    /// <summary><paramref name="kept"/> in lanes where both are equal, 0 in the others.</summary>
    static abstract TSelf KeepEqual(TSelf left, TSelf right, TSelf kept);
}
