using System.Runtime.Intrinsics;

namespace Akimbo.Tensors.Kernels.Simd;

/// <summary>The vector width a kernel runs with; every width computes the same blocks of sixteen lanes.</summary>
public enum SimdPath
{
    /// <summary>Four vectors of 128 bits a block: SSE on x64, AdvSimd on Arm64, plain code elsewhere.</summary>
    Vector128,

    /// <summary>Two vectors of 256 bits a block: AVX2 with FMA.</summary>
    Vector256,

    /// <summary>One vector of 512 bits a block: AVX-512.</summary>
    Vector512,
}

/// <summary>Which vector widths this machine can run, and which one kernels use.</summary>
public static class SimdPaths
{
    /// <summary>The environment variable that forces a width: <c>128</c>, <c>256</c> or <c>512</c>.</summary>
    public const string Variable = "AKIMBO_SIMD";

    /// <summary>All widths this machine can run, narrowest first.</summary>
    public static IReadOnlyList<SimdPath> Supported { get; } = FindSupported();

    /// <summary>The width kernels use: the widest supported, unless <see cref="Variable"/> names another.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Variable"/> names a width that is unknown or not supported here.</exception>
    public static SimdPath Best => Choose(Environment.GetEnvironmentVariable(Variable));

    internal static SimdPath Choose(string? forced)
    {
        if (string.IsNullOrEmpty(forced)) return Supported[^1];
        foreach (var path in Supported)
            if (forced == $"{Bits(path)}") return path;
        throw new InvalidOperationException(
            $"{Variable} is '{forced}'; this machine runs {string.Join(", ", Supported.Select(Bits))}.");
    }

    private static int Bits(SimdPath path) => path switch
    {
        SimdPath.Vector512 => 512,
        SimdPath.Vector256 => 256,
        _ => 128,
    };

    private static List<SimdPath> FindSupported()
    {
        var supported = new List<SimdPath> { SimdPath.Vector128 };
        if (Vector256.IsHardwareAccelerated) supported.Add(SimdPath.Vector256);
        if (Vector512.IsHardwareAccelerated) supported.Add(SimdPath.Vector512);
        return supported;
    }
}
