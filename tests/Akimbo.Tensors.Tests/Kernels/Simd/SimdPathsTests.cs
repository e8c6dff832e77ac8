using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Simd;

public class SimdPathsTests
{
    [Fact]
    public void Supported_AnyMachine_IsNarrowestFirstAndHasTheNarrowest()
    {
        Assert.Equal(SimdPath.Vector128, SimdPaths.Supported[0]);
        Assert.Equal(SimdPaths.Supported.Distinct().Order(), SimdPaths.Supported);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Choose_NothingForced_IsTheWidest(string? forced) => Assert.Equal(SimdPaths.Supported[^1], SimdPaths.Choose(forced));

    [Fact]
    public void Choose_SupportedWidth_IsThatWidth()
    {
        foreach (var path in SimdPaths.Supported)
            Assert.Equal(path, SimdPaths.Choose(path.ToString()["Vector".Length..]));
    }

    [Theory]
    [InlineData("64")]
    [InlineData("avx2")]
    [InlineData(" 256")]
    [InlineData("Vector256")]
    public void Choose_UnknownWidth_ThrowsWhatTheMachineRuns(string forced)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => SimdPaths.Choose(forced));

        Assert.StartsWith($"AKIMBO_SIMD is '{forced}'; this machine runs 128", exception.Message, StringComparison.Ordinal);
    }
}
