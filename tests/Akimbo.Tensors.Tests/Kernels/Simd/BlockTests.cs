using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Simd;

/// <summary>The sixteen lanes of every width against plain floats; widths the machine lacks run as plain code.</summary>
public class BlockTests
{
    private static readonly float[] Left = [-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7];
    private static readonly float[] Right = [3, -9, 4, -9, 5, -9, 6, -9, 0, 2, 2, 4, 3, 9, 5, -9];
    private static readonly float[] Addend = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    [Fact]
    public void Operations_Vector128_WorkOnEveryLane() => Check<Block128>();

    [Fact]
    public void Operations_Vector256_WorkOnEveryLane() => Check<Block256>();

    [Fact]
    public void Operations_Vector512_WorkOnEveryLane() => Check<Block512>();

    private static void Check<T>() where T : struct, IBlock<T>
    {
        T left = T.Load(in Left[0]), right = T.Load(in Right[0]), addend = T.Load(in Addend[0]);

        Assert.Equal(Left, Stored(left));
        Assert.Equal(new float[16], Stored(T.Zero));
        Assert.Equal(Enumerable.Repeat(2.5f, 16), Stored(T.Broadcast(2.5f)));
        Assert.Equal(Left.Zip(Right, (l, r) => l + r), Stored(T.Add(left, right)));
        Assert.Equal(Left.Zip(Right, MathF.Max), Stored(T.Max(left, right)));
        Assert.Equal(Left.Zip(Right, MathF.Min), Stored(T.Min(left, right)));
        Assert.Equal(Enumerable.Repeat(float.NaN, 16), Stored(T.Max(left, T.Broadcast(float.NaN))));
        Assert.Equal(Enumerable.Repeat(float.NaN, 16), Stored(T.Min(left, T.Broadcast(float.NaN))));
        Assert.Equal(Left.Zip(Right, (l, r) => l * r).Zip(Addend, (p, a) => p + a), Stored(T.MultiplyAdd(left, right, addend)));
    }

    private static float[] Stored<T>(T value) where T : struct, IBlock<T>
    {
        var target = new GuardedBuffer(16);
        T.Store(value, ref target.Span[0]);
        target.AssertGuardsUntouched("a stored block");
        return target.Span.ToArray();
    }
}
