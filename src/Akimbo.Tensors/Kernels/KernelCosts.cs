using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels;

/// <summary>
/// What the parts of a convolution cost on one core, in microseconds, for choosing between algorithms and ways of sharing
/// them out. Measured once on servers with AVX-512; only ratios matter.
/// </summary>
internal static class KernelCosts
{
    /// <summary>Bytes of transformed inputs that stay in the second-level cache.</summary>
    public const double CacheBytes = 0.9e6;

    /// <summary>Bytes that stay in it beside other things in use.</summary>
    public const double SmallBytes = 0.45e6;

    /// <summary>Handing out a part.</summary>
    public const double Chunk = 1.5;

    /// <summary>The share of the shorter that is not hidden when memory is read while multiplying.</summary>
    public const double Overlap = 0.25;

    private const double BytesPerMicrosecond = 24e3;
    private const double ColdBytesPerMicrosecond = 11e3;

    /// <summary>Multiplying and adding in registers.</summary>
    public static double Multiply(SimdPath path, double operations) => operations / path switch
    {
        SimdPath.Vector512 => 145e3,
        SimdPath.Vector256 => 75e3,
        _ => 30e3,
    };

    /// <summary>Reading what is not in the caches of the core.</summary>
    public static double Stream(double bytes) => bytes / BytesPerMicrosecond;

    /// <summary>Reading weights for the first time since the last call of the network, from memory.</summary>
    public static double StreamCold(double bytes) => bytes / ColdBytesPerMicrosecond;

    /// <summary>Transforming tiles of so many points, sixteen channels each.</summary>
    public static double Transform(SimdPath path, int points, double tiles) => tiles * points * path switch
    {
        SimdPath.Vector512 => 0.0012,
        SimdPath.Vector256 => 0.0024,
        _ => 0.005,
    };
}
