using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Summary;
using Akimbo.Tensors;

namespace Akimbo.Networks.Tests.Summary;

public sealed class GraphSummaryTests
{
    [Fact]
    public void Of_SmallNetwork_CountedByHand()
    {
        var graph = TestNetwork.Of(scope =>
        {
            var conv = new Conv2d(scope / "conv", inChannels: 3, outChannels: 8, kernelSize: 3, stride: 2, padding: 1);
            var norm = new BatchNorm2d(scope / "norm", channels: 8);
            var depthwise = new Conv2d(scope / "depthwise", inChannels: 8, outChannels: 8, kernelSize: 5, padding: 2, groups: 8, bias: false);
            var up = new ConvTranspose2d(scope / "up", inChannels: 8, outChannels: 2, kernelSize: 4, stride: 2, padding: 1);
            return x => up.Forward(depthwise.Forward(norm.Forward(conv.Forward(x)).Relu()));
        }).Trace([1, 3, 8, 12]);

        var summary = GraphSummary.Of(graph);

        Shape half = [1, 8, 4, 6];
        Assert.Equal(
            [
                new LayerSummary("conv", "Conv2d", half, Parameters: 3 * 8 * 9 + 8, MultiplyAdds: 4 * 6 * 8 * 3 * 9, ActivationBytes: 4 * 192),
                new LayerSummary("norm", "BatchNorm2d", half, Parameters: 16, MultiplyAdds: 0, ActivationBytes: 4 * 192),
                new LayerSummary("", "ReLU", half, Parameters: 0, MultiplyAdds: 0, ActivationBytes: 4 * 192),
                new LayerSummary("depthwise", "Conv2d", half, Parameters: 8 * 25, MultiplyAdds: 4 * 6 * 8 * 25, ActivationBytes: 4 * 192),
                new LayerSummary("up", "ConvTranspose2d", [1, 2, 8, 12], Parameters: 8 * 2 * 16 + 2, MultiplyAdds: 4 * 6 * 8 * 2 * 16, ActivationBytes: 4 * 192),
            ],
            summary.Layers);
        Assert.Equal(224 + 16 + 200 + 258, summary.Parameters);
        Assert.Equal(16, summary.Buffers);
        Assert.Equal(graph.MultiplyAdds, summary.MultiplyAdds);
        Assert.Equal(5 * 768, summary.ActivationBytes);
        Assert.Equal((288 + 192) * 4, summary.PeakActivationBytes);
    }

    [Fact]
    public void Of_ModuleUsedTwice_ParametersCountedOnceAndMultiplyAddsTwice()
    {
        var summary = GraphSummary.Of(TestNetwork.Of(scope =>
        {
            var conv = new Conv2d(scope / "conv", inChannels: 4, outChannels: 4, kernelSize: 1);
            return x => conv.Forward(conv.Forward(x));
        }).Trace([1, 4, 2, 2]));

        Assert.Equal([20, 0], summary.Layers.Select(layer => layer.Parameters));
        Assert.Equal(2 * 64, summary.MultiplyAdds);
    }

    [Fact]
    public void Of_SkipOverAHourglass_PeakKeepsTheSkip()
    {
        // The input of 32 floats is still read when the pooled 8 are; the sum of 32 is made while the other two are there.
        var summary = GraphSummary.Of(Graph.Trace([1, 2, 4, 4], x => [x + x.MaxPool2d(kernelSize: 2, stride: 2).UpsampleNearest(scale: 2)]));

        Assert.Equal((32 + 32 + 32) * 4, summary.PeakActivationBytes);
    }

    [Fact]
    public void Of_ValueThatNothingNeeds_NotCounted()
    {
        var summary = GraphSummary.Of(Graph.Trace([1, 2, 4, 4], x =>
        {
            x.MaxPool2d(kernelSize: 2, stride: 2);
            return [x.Relu()];
        }));

        Assert.Equal(["ReLU"], summary.Layers.Select(layer => layer.Kind));
    }
}
