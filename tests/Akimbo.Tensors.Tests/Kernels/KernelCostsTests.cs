using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels;

public sealed class KernelCostsTests
{
    [Fact]
    public void Of_KnownProcessors_GivesTheirCosts()
    {
        Assert.Same(KernelCosts.Zen4, KernelCosts.Of("AuthenticAMD", 25, hasVector512: true));
        Assert.Same(KernelCosts.Zen5, KernelCosts.Of("AuthenticAMD", 26, hasVector512: true));
    }

    [Theory]
    [InlineData("AuthenticAMD", 25, false)]
    [InlineData("AuthenticAMD", 23, false)]
    [InlineData("GenuineIntel", 6, true)]
    [InlineData("GenuineIntel", 26, true)]
    [InlineData("", 0, false)]
    public void Of_Others_GivesTheDefault(string vendor, int family, bool hasVector512) =>
        Assert.Same(KernelCosts.Default, KernelCosts.Of(vendor, family, hasVector512));

    [Fact]
    public void Multiply_NarrowerVectors_TakesLongerByTheFactor()
    {
        Assert.Equal(KernelCosts.Zen4.Multiply(SimdPath.Vector512, 1e6) * 1.1, KernelCosts.Zen4.Multiply(SimdPath.Vector256, 1e6), 1e-9);
        Assert.True(KernelCosts.Zen4.Multiply(SimdPath.Vector128, 1e6) > 2 * KernelCosts.Zen4.Multiply(SimdPath.Vector256, 1e6));
    }
}
