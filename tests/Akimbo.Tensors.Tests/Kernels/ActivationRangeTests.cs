using Akimbo.Tensors.Kernels;

namespace Akimbo.Tensors.Tests.Kernels;

public class ActivationRangeTests
{
    [Fact]
    public void Apply_EveryRange_Clamps()
    {
        float[] values = [float.NegativeInfinity, -3, 0, 5, 6, 7, float.PositiveInfinity];

        Assert.Equal(values, values.Select(ActivationRange.None.Apply));
        Assert.Equal([0, 0, 0, 5, 6, 7, float.PositiveInfinity], values.Select(ActivationRange.Relu.Apply));
        Assert.Equal([0, 0, 0, 5, 6, 6, 6], values.Select(ActivationRange.Relu6.Apply));
    }

    [Fact]
    public void Apply_NaN_StaysNaN() => Assert.Equal(float.NaN, ActivationRange.Relu.Apply(float.NaN));
}
