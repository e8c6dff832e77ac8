using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Operations;

/// <summary>House rule: an error names the operation, what came and what was expected.</summary>
public sealed class ShapeErrorTests
{
    [Fact]
    public void Conv2d_WrongChannels_IsRefused()
    {
        Expect("Conv2d stem: the input [1, 3, 256, 192] has 3 channels; the weight [64, 4, 7, 7] expects 4.",
            [1, 3, 256, 192], new Conv2d(new ParameterScope() / "stem", inChannels: 4, outChannels: 64, kernelSize: 7).Forward);
        Expect("Conv2d dw: the input [1, 4, 9, 9] has 4 channels; the weight [6, 1, 3, 3] expects 6.",
            [1, 4, 9, 9], new Conv2d(new ParameterScope() / "dw", inChannels: 6, outChannels: 6, kernelSize: 3, groups: 6).Forward);
        Expect("ConvTranspose2d up: the input [1, 3, 8, 8] has 3 channels; the weight [4, 5, 4, 4] expects 4.",
            [1, 3, 8, 8], new ConvTranspose2d(new ParameterScope() / "up", inChannels: 4, outChannels: 5, kernelSize: 4, stride: 2).Forward);
    }

    [Theory]
    [InlineData(2, 9)]
    [InlineData(9, 2)]
    public void Conv2d_InputSmallerThanTheKernel_IsRefused(int height, int width) =>
        Expect($"Conv2d a: the input [1, 3, {height}, {width}] is smaller than the kernel of 5×5 with padding 1.",
            [1, 3, height, width], new Conv2d(new ParameterScope() / "a", 3, 4, kernelSize: 5, padding: 1).Forward);

    [Fact]
    public void Conv2d_InputOfTheKernelsSize_GivesOnePixel() =>
        Assert.Equal([1, 4, 1, 1], Output([1, 3, 3, 3], new Conv2d(new ParameterScope() / "a", 3, 4, kernelSize: 5, stride: 4, padding: 1).Forward));

    [Fact]
    public void ConvTranspose2d_PaddingThatLeavesNothing_IsRefused() =>
        Expect("ConvTranspose2d up: the input [1, 3, 1, 4] gives no output: a kernel of 2×2 with stride 2 and padding 1 leaves 0×6.",
            [1, 3, 1, 4], new ConvTranspose2d(new ParameterScope() / "up", 3, 4, kernelSize: 2, stride: 2, padding: 1).Forward);

    [Fact]
    public void BatchNorm2d_WrongChannels_IsRefused() =>
        Expect("BatchNorm2d stem.bn: the input [1, 3, 4, 4] has 3 channels; the weight has 4.",
            [1, 3, 4, 4], new BatchNorm2d(new ParameterScope() / "stem" / "bn", channels: 4).Forward);

    [Fact]
    public void Add_DifferentShapes_IsRefused() =>
        Expect("Add: the inputs are [1, 3, 8, 8] and [1, 3, 4, 4]; expected two of the same shape.",
            [1, 3, 8, 8], x => x + x.MaxPool2d(kernelSize: 2, stride: 2));

    [Fact]
    public void Add_ValuesOfDifferentGraphs_IsRefused()
    {
        Value? foreign = null;
        Graph.Trace([1, 3, 8, 8], x => [foreign = x]);

        Expect("Add: the values belong to different graphs.", [1, 3, 8, 8], x => x + foreign!);
    }

    [Fact]
    public void MaxPool2d_InputSmallerThanTheWindow_IsRefused() =>
        Expect("MaxPool2d: the input [1, 3, 1, 8] is smaller than the window of 2×2 with padding 0.",
            [1, 3, 1, 8], x => x.MaxPool2d(kernelSize: 2, stride: 2));

    [Fact]
    public void MaxPool2d_PaddingOfMoreThanHalfTheWindow_IsRefused() =>
        Expect("MaxPool2d: the padding 2 is more than half the window of 3.", [1, 3, 8, 8], x => x.MaxPool2d(kernelSize: 3, stride: 1, padding: 2));

    [Fact]
    public void Upsample_EmptySize_IsRefused()
    {
        Expect("UpsampleNearest: the scale is 0; expected 1 or more.", [1, 3, 8, 8], x => x.UpsampleNearest(0));
        Expect("UpsampleBilinear: the size 0×4 is empty.", [1, 3, 8, 8], x => x.UpsampleBilinear(0, 4));
    }

    public static TheoryData<string, Func<Value, Value>> OperationsOnMaps => new()
    {
        { "Conv2d a", new Conv2d(new ParameterScope() / "a", 3, 4, kernelSize: 1).Forward },
        { "ConvTranspose2d b", new ConvTranspose2d(new ParameterScope() / "b", 3, 4, kernelSize: 3, padding: 1).Forward },
        { "BatchNorm2d c", new BatchNorm2d(new ParameterScope() / "c", 3).Forward },
        { "MaxPool2d", x => x.MaxPool2d(kernelSize: 2, stride: 2, padding: 1) },
        { "UpsampleNearest", x => x.UpsampleNearest(2) },
        { "UpsampleBilinear", x => x.UpsampleBilinear(4, 4) },
    };

    [Theory]
    [MemberData(nameof(OperationsOnMaps))]
    public void Operation_OnSomethingElseThanMaps_IsRefused(string operation, Func<Value, Value> forward)
    {
        Expect($"{operation}: the input is [3, 8, 8]; expected one [N, C, H, W].", [3, 8, 8], forward);
        Expect($"{operation}: the input [1, 3, 0, 8] is empty.", [1, 3, 0, 8], forward);
    }

    [Fact]
    public void Layer_SizesThatMakeNoSense_AreRefusedWhereTheyAreDeclared()
    {
        static string Error(Action declare) => Assert.ThrowsAny<ArgumentException>(declare).Message.Split(" (Parameter")[0];

        Assert.Equal("Conv2d a: 4 groups do not divide 6 and 8 channels.", Error(() => _ = new Conv2d(new ParameterScope() / "a", 6, 8, kernelSize: 1, groups: 4)));
        Assert.Equal("Conv2d a: groups 0; expected 1 or more.", Error(() => _ = new Conv2d(new ParameterScope() / "a", 6, 8, kernelSize: 1, groups: 0)));
        Assert.Equal("Conv2d a: stride 0; expected 1 or more.", Error(() => _ = new Conv2d(new ParameterScope() / "a", 6, 8, kernelSize: 1, stride: 0)));
        Assert.Equal("Conv2d a: kernel size 0; expected 1 or more.", Error(() => _ = new Conv2d(new ParameterScope() / "a", 6, 8, kernelSize: 0)));
        Assert.Equal("Conv2d a: padding -1; expected 0 or more.", Error(() => _ = new Conv2d(new ParameterScope() / "a", 6, 8, kernelSize: 1, padding: -1)));
        Assert.Equal("ConvTranspose2d a: stride 0; expected 1 or more.", Error(() => _ = new ConvTranspose2d(new ParameterScope() / "a", 6, 8, kernelSize: 1, stride: 0)));
        Assert.Equal("ConvTranspose2d a: a kernel of 2 leaves gaps at stride 3.", Error(() => _ = new ConvTranspose2d(new ParameterScope() / "a", 6, 8, kernelSize: 2, stride: 3)));
        Expect("MaxPool2d: stride 0; expected 1 or more.", [1, 3, 8, 8], x => x.MaxPool2d(kernelSize: 2, stride: 0));
        Expect("MaxPool2d: kernel size 0; expected 1 or more.", [1, 3, 8, 8], x => x.MaxPool2d(kernelSize: 0, stride: 1));
        Expect("MaxPool2d: padding -1; expected 0 or more.", [1, 3, 8, 8], x => x.MaxPool2d(kernelSize: 2, stride: 1, padding: -1));
    }

    private static Shape Output(Shape input, Func<Value, Value> forward) => Graph.Trace(input, x => [forward(x)]).Outputs[0].Shape;

    private static void Expect(string message, Shape input, Func<Value, Value> forward)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => Output(input, forward));
        Assert.Equal(message, error.Message.Split(" (Parameter")[0]);
    }
}
