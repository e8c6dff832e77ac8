using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Tests.Summary;

/// <summary>Two stacked hourglasses of the fewest channels, named as princeton-vl's.</summary>
internal static class SmallHourglass
{
    public const int Channels = 4;

    public static Graph Trace(int stacks = 2, int depth = 2) => TestNetwork.WithOutputs(root =>
    {
        var pre = new Conv2d(root / "pre" / 0, inChannels: 3, Channels, kernelSize: 3, stride: 2, padding: 1);
        var hourglasses = Each(s => Hourglass(root / "hgs" / s / 0, depth));
        var features = Each(s => Residual(root / "features" / s));
        var outs = Each(s => new Conv2d(root / "outs" / s, Channels, outChannels: 2, kernelSize: 1));
        var mergeFeatures = Each(s => new Conv2d(root / "merge_features" / s, Channels, Channels, kernelSize: 1));
        var mergePreds = Each(s => new Conv2d(root / "merge_preds" / s, inChannels: 2, Channels, kernelSize: 1));
        return input =>
        {
            var x = pre.Forward(input);
            var outputs = new List<Value>();
            for (int s = 0; s < stacks; s++)
            {
                var feature = features[s](hourglasses[s](x));
                outputs.Add(outs[s].Forward(feature));
                if (s < stacks - 1) x = x + mergePreds[s].Forward(outputs[s]) + mergeFeatures[s].Forward(feature);
            }

            return outputs;
        };

        T[] Each<T>(Func<int, T> make) => [.. Enumerable.Range(0, stacks).Select(make)];
    }).Trace([1, 3, 32, 48]);

    private static Func<Value, Value> Residual(ParameterScope scope)
    {
        var norm = new BatchNorm2d(scope / "bn1", Channels);
        var conv = new Conv2d(scope / "conv1", Channels, Channels, kernelSize: 3, padding: 1);
        return x => conv.Forward(norm.Forward(x).Relu()) + x;
    }

    private static Func<Value, Value> Hourglass(ParameterScope scope, int depth)
    {
        Func<Value, Value> up = Residual(scope / "up1"), before = Residual(scope / "low1"), after = Residual(scope / "low3");
        var inner = depth > 1 ? Hourglass(scope / "low2", depth - 1) : Residual(scope / "low2");
        return x => up(x) + after(inner(before(x.MaxPool2d(kernelSize: 2, stride: 2)))).UpsampleNearest(scale: 2);
    }
}
