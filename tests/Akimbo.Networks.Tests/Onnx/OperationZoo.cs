using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Tests.Onnx;

/// <summary>A small network that has every kind of operation in it, in each of its variants.</summary>
internal static class OperationZoo
{
    public static TestNetwork Create() => TestNetwork.WithOutputs(scope =>
    {
        var stem = new Conv2d(scope / "stem", inChannels: 3, outChannels: 8, kernelSize: 3, stride: 2, padding: 1, bias: false);
        var stemNorm = new BatchNorm2d(scope / "stem_norm", channels: 8, eps: 1e-3f);
        var depthwise = new Conv2d(scope / "depthwise", inChannels: 8, outChannels: 8, kernelSize: 5, padding: 2, groups: 8);
        var grouped = new Conv2d(scope / "grouped", inChannels: 8, outChannels: 4, kernelSize: 1, groups: 2);
        var sumNorm = new BatchNorm2d(scope / "sum_norm", channels: 4);
        var up = new ConvTranspose2d(scope / "up", inChannels: 4, outChannels: 6, kernelSize: 4, stride: 2, padding: 1);
        var upNorm = new BatchNorm2d(scope / "up_norm", channels: 6);
        return x =>
        {
            var y = stemNorm.Forward(stem.Forward(x)).Relu6();
            y = depthwise.Forward(y).Relu() + y;
            var low = grouped.Forward(y.MaxPool2d(kernelSize: 3, stride: 2, padding: 1));
            var sum = sumNorm.Forward(low.UpsampleNearest(scale: 2) + grouped.Forward(y));
            var big = upNorm.Forward(up.Forward(sum));
            return
            [
                big, sum, sum.UpsampleBilinear(height: 5, width: 17), sum.UpsampleBilinear(height: 13, width: 7, alignCorners: true),
                sum.UpsampleBilinear(height: 1, width: 1), big,
                sum.SoftArgMax2d(), sum.SoftArgMax2d(SoftArgMaxOrder.SumsFirst, temperature: 0.5f),
            ];
        };
    });
}
