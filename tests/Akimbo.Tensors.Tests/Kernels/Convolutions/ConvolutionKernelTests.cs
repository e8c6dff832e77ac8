using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Tests.Kernels.Convolutions;

public class ConvolutionKernelTests
{
    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_PartsOnThreeThreads_GivesTheSameBits(SimdPath path)
    {
        ConvolutionGeometry[] geometries =
        [
            new(3, 33, 9, 11, 48, KernelSize: 1),
            new(1, 17, 2, 2, 96, KernelSize: 1),
            new(2, 31, 13, 14, 33, KernelSize: 3, Stride: 2, Padding: 1),
            new(1, 3, 31, 29, 17, KernelSize: 7, Stride: 2, Padding: 3),
            new(2, 48, 60, 50, 48, KernelSize: 5, Padding: 2, Groups: 48),
            new(2, 48, 20, 50, 48, KernelSize: 7, Stride: 2, Padding: 3, Groups: 48),
            new(2, 17, 9, 7, 40, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true),
            new(2, 17, 9, 20, 40, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true),
        ];
        foreach (var geometry in geometries)
        {
            var run = new ConvolutionCase(geometry, HasBias: true, HasResidual: true, ActivationRange.Relu);
            var data = ConvolutionData.Draw(run, seed: 50);
            var alone = new ConvolutionRun(run, data, path);
            alone.RunShuffled(new Random(51));
            float[] expected = alone.Finish();
            for (int repeat = 0; repeat < 3; repeat++)
            {
                var shared = new ConvolutionRun(run, data, path);
                shared.RunOnThreads(3);
                Assert.Equal(expected, shared.Finish());
            }
        }
    }

    /// <summary>The convolutions of a LitePose block at every resolution, on smaller maps.</summary>
    [Fact]
    public void Run_LitePoseShapes_EqualsDefinition()
    {
        foreach (var geometry in new ConvolutionGeometry[]
        {
            new(1, 3, 48, 48, 16, KernelSize: 3, Stride: 2, Padding: 1),
            new(1, 16, 24, 24, 16, KernelSize: 3, Padding: 1, Groups: 16),
            new(1, 16, 24, 24, 96, KernelSize: 1),
            new(1, 96, 24, 24, 96, KernelSize: 7, Stride: 2, Padding: 3, Groups: 96),
            new(1, 96, 12, 12, 32, KernelSize: 1),
            new(1, 192, 12, 12, 192, KernelSize: 7, Padding: 3, Groups: 192),
            new(1, 80, 3, 3, 480, KernelSize: 1),
            new(1, 160, 3, 3, 48, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true),
            new(1, 24, 12, 12, 24, KernelSize: 5, Padding: 2, Groups: 24),
            new(1, 24, 12, 12, 34, KernelSize: 1),
        })
            foreach (bool hasResidual in new[] { false, true })
                new ConvolutionCase(geometry, HasBias: true, hasResidual, ActivationRange.Relu6).Check();
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_NaNInInput_ReachesTheOutputsThatSeeItThroughEveryRange(SimdPath path)
    {
        foreach (var geometry in new ConvolutionGeometry[]
        {
            new(1, 17, 4, 5, 33, KernelSize: 1),
            new(1, 17, 7, 8, 33, KernelSize: 3, Padding: 1),
            new(1, 17, 7, 8, 17, KernelSize: 3, Padding: 1, Groups: 17),
            new(1, 17, 7, 28, 17, KernelSize: 7, Padding: 3, Groups: 17),
            new(1, 17, 4, 5, 33, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true),
            new(1, 17, 3, 22, 33, KernelSize: 4, Stride: 2, Padding: 1, Transposed: true),
        })
            foreach (var range in Samples.Ranges)
            {
                var run = new ConvolutionCase(geometry, HasBias: true, HasResidual: false, range);
                var data = ConvolutionData.Draw(run, seed: 52);
                data.Input[3] = float.NaN;
                var actual = new ConvolutionRun(run, data, path);
                actual.RunShuffled(new Random(53));

                var expected = data.Define().Select(float.IsNaN);
                Assert.Contains(true, expected);
                Assert.Equal(expected, actual.FinishAnyValues().Select(float.IsNaN));
            }
    }
}
