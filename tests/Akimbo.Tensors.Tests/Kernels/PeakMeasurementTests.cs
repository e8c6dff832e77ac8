using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels;

public sealed class PeakMeasurementTests
{
    public static TheoryData<SimdPath> Paths => [.. SimdPaths.Supported];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Gigaflops_EveryPath_IsWhatAProcessorCanReach(SimdPath path)
    {
        using var pool = new WorkerPool(threadCount: 2);

        Assert.InRange(PeakMeasurement.Gigaflops(pool, path), 0.1, 10_000);
    }
}
