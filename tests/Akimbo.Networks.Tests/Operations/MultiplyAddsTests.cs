using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Operations;

/// <summary>Multiply-adds as the field counts them: kernel · input channels of a group · outputs, biases and zeros of the padding not told apart.</summary>
public sealed class MultiplyAddsTests
{
    [Fact]
    public void Convolution_CountsKernelTimesOutputs()
    {
        Assert.Equal(7L * 7 * 3 * 64 * 128 * 96, Count([1, 3, 256, 192], scope => new Conv2d(scope, 3, 64, kernelSize: 7, stride: 2, padding: 3).Forward));
        Assert.Equal(2L * 1 * 6 * 7 * 9 * 11, Count([2, 6, 9, 11], scope => new Conv2d(scope, 6, 7, kernelSize: 1, bias: false).Forward));
    }

    [Fact]
    public void Convolution_InGroups_CountsAGroupsInputs()
    {
        Assert.Equal(7L * 7 * 16 * 20 * 12, Count([1, 16, 20, 12], scope => new Conv2d(scope, 16, 16, kernelSize: 7, padding: 3, groups: 16).Forward));
        Assert.Equal(3L * 3 * 2 * 9 * 7 * 5, Count([1, 6, 7, 5], scope => new Conv2d(scope, 6, 9, kernelSize: 3, padding: 1, groups: 3).Forward));
    }

    [Fact]
    public void TransposedConvolution_CountsKernelTimesInputs() =>
        Assert.Equal(4L * 4 * 6 * 5 * 9 * 7, Count([1, 6, 9, 7], scope => new ConvTranspose2d(scope, 6, 5, kernelSize: 4, stride: 2, padding: 1).Forward));

    [Fact]
    public void OtherOperations_CountNothing() => Assert.Equal(0, Count([1, 6, 8, 8], scope =>
    {
        var norm = new BatchNorm2d(scope, 6);
        return x => (norm.Forward(x) + x).Relu().MaxPool2d(kernelSize: 2, stride: 2).UpsampleNearest(2).UpsampleBilinear(3, 3).Relu6();
    }));

    [Fact]
    public void Graph_SumsAllConvolutions_AndOneUsedTwiceCountsTwice() =>
        Assert.Equal(2 * (3L * 3 * 4 * 4 * 6 * 6) + 4 * 2 * 6 * 6, Count([1, 4, 6, 6], scope =>
        {
            var shared = new Conv2d(scope / "a", 4, 4, kernelSize: 3, padding: 1);
            var head = new Conv2d(scope / "b", 4, 2, kernelSize: 1);
            return x => head.Forward(shared.Forward(shared.Forward(x)));
        }));

    [Fact]
    public void Graph_LargerThanAnInt_IsCountedInFull() =>
        Assert.Equal(3L * 3 * 512 * 512 * 512 * 512, Count([1, 512, 512, 512], scope => new Conv2d(scope, 512, 512, kernelSize: 3, padding: 1).Forward));

    private static long Count(Shape input, Func<ParameterScope, Func<Value, Value>> build)
    {
        var forward = build(new ParameterScope());
        return Graph.Trace(input, x => [forward(x)]).MultiplyAdds;
    }
}
