namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>A stride known to the JIT, so that the pixels of a step are constant displacements.</summary>
internal interface IStride
{
    /// <summary>The stride: the one known, or else <paramref name="stride"/>.</summary>
    static abstract int Of(int stride);
}

/// <summary>Stride 2.</summary>
internal readonly struct StrideTwo : IStride
{
    public static int Of(int stride) => 2;
}

/// <summary>A stride known only when the kernel runs.</summary>
internal readonly struct AnyStride : IStride
{
    public static int Of(int stride) => stride;
}
