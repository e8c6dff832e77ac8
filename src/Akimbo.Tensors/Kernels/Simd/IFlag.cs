namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>A choice known to the JIT, which makes one version of a kernel for each.</summary>
internal interface IFlag
{
    static abstract bool IsSet { get; }
}

/// <summary>The choice made.</summary>
internal readonly struct Yes : IFlag
{
    public static bool IsSet => true;
}

/// <summary>The choice not made.</summary>
internal readonly struct No : IFlag
{
    public static bool IsSet => false;
}
