using System.Runtime.Intrinsics;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels;

/// <summary>
/// What the parts of a convolution cost on one core, in microseconds, for choosing between algorithms and ways of sharing
/// them out. Only ratios matter. The numbers were measured once and are chosen by the processor; those that
/// <c>akimbo bench --tune</c> has found on this machine come first.
/// </summary>
internal sealed record KernelCosts
{
    /// <summary>Intel's servers with AVX-512 (Sapphire Rapids), and whatever is not known.</summary>
    public static KernelCosts Default { get; } = new();

    /// <summary>AMD's Zen 4: vectors of 512 bits in two halves, and a memory that is read while multiplying.</summary>
    public static KernelCosts Zen4 { get; } = new()
    {
        OperationsPerMicrosecond = 114e3,
        BytesPerMicrosecond = 40e3,
        ColdBytesPerMicrosecond = 24e3,
        TransformedPoint = 0.0017,
        CacheBytes = 1.3e6,
        SmallBytes = 0.9e6,
        Overlap = 0.05,
        HalfWidthFactor = 1.1,
    };

    /// <summary>AMD's Zen 5: twice the multiplications a cycle, and a fast third-level cache.</summary>
    public static KernelCosts Zen5 { get; } = new()
    {
        OperationsPerMicrosecond = 240e3,
        BytesPerMicrosecond = 60e3,
        ColdBytesPerMicrosecond = 25e3,
        TransformedPoint = 0.0017,
        SmallBytes = 0.6e6,
        Chunk = 3,
    };

    /// <summary>What kernels are planned by. Networks that are compiled already keep their plans.</summary>
    public static KernelCosts Current { get; set; } = KernelCostsFile.Load() ?? OfProcessor;

    /// <summary>Those known of this processor.</summary>
    public static KernelCosts OfProcessor => Of(Processor.Vendor, Processor.Family, Vector512.IsHardwareAccelerated);

    /// <summary>Those known of a processor: of AMD's family 25, Zen 4 is the one with vectors of 512 bits.</summary>
    public static KernelCosts Of(string vendor, int family, bool hasVector512) => (vendor, family) switch
    {
        (Processor.Amd, 25) when hasVector512 => Zen4,
        (Processor.Amd, 26) => Zen5,
        _ => Default,
    };

    /// <summary>Multiplications and additions of 512 bits in registers.</summary>
    public double OperationsPerMicrosecond { get; init; } = 145e3;

    /// <summary>Reading what is not in the caches of the core.</summary>
    public double BytesPerMicrosecond { get; init; } = 24e3;

    /// <summary>Reading weights for the first time since the last call of the network, from memory.</summary>
    public double ColdBytesPerMicrosecond { get; init; } = 11e3;

    /// <summary>Transforming one point of a tile, sixteen channels.</summary>
    public double TransformedPoint { get; init; } = 0.0012;

    /// <summary>Bytes of transformed inputs that stay in the second-level cache.</summary>
    public double CacheBytes { get; init; } = 0.9e6;

    /// <summary>Bytes that stay in it beside other things in use.</summary>
    public double SmallBytes { get; init; } = 0.45e6;

    /// <summary>Handing out a part.</summary>
    public double Chunk { get; init; } = 1.5;

    /// <summary>The share of the shorter that is not hidden when memory is read while multiplying.</summary>
    public double Overlap { get; init; } = 0.25;

    /// <summary>How much longer the same work takes with vectors of half the width.</summary>
    public double HalfWidthFactor { get; init; } = 1.9;

    /// <summary>Multiplying and adding in registers.</summary>
    public double Multiply(SimdPath path, double operations) => operations / OperationsPerMicrosecond * Narrowness(path);

    /// <summary>Reading what is not in the caches of the core.</summary>
    public double Stream(double bytes) => bytes / BytesPerMicrosecond;

    /// <summary>Reading weights for the first time since the last call of the network, from memory.</summary>
    public double StreamCold(double bytes) => bytes / ColdBytesPerMicrosecond;

    /// <summary>Transforming tiles of so many points, sixteen channels each.</summary>
    public double Transform(SimdPath path, int points, double tiles) => tiles * points * TransformedPoint * Narrowness(path);

    private double Narrowness(SimdPath path) => path switch
    {
        SimdPath.Vector512 => 1,
        SimdPath.Vector256 => HalfWidthFactor,
        _ => HalfWidthFactor * 2.5,
    };
}
