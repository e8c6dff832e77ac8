using Akimbo.Models.PoseResNet;
using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.HighResolution;

/// <summary>An exchange unit: every branch by itself, then every branch into every other (<c>HighResolutionModule</c>).</summary>
internal sealed class ExchangeUnit
{
    private readonly ResidualLayer[] _branches;
    private readonly Module?[][] _fuseLayers;

    /// <param name="scope">Where the parameters are named.</param>
    /// <param name="channels">Channels of the branches, the largest map first.</param>
    /// <param name="blocks">Basic blocks of each branch.</param>
    /// <param name="outputs">Branches that go on: all, or only the first.</param>
    public ExchangeUnit(ParameterScope scope, IReadOnlyList<int> channels, int blocks, int outputs)
    {
        _branches = [.. Enumerable.Range(0, channels.Count).Select(i =>
            new ResidualLayer(scope / "branches" / i, ResidualBlock.Basic, channels[i], channels[i], blocks))];
        _fuseLayers = new Module?[outputs][];
        for (int i = 0; i < outputs; i++)
        {
            _fuseLayers[i] = new Module?[channels.Count];
            for (int j = 0; j < channels.Count; j++)
                _fuseLayers[i][j] = FuseLayer(scope / "fuse_layers" / i / j, channels, from: j, to: i);
        }
    }

    /// <param name="branches">[N, Cᵢ, H/2ⁱ, W/2ⁱ] each.</param>
    /// <returns>As many of the same shapes as go on.</returns>
    public IReadOnlyList<Value> Forward(IReadOnlyList<Value> branches)
    {
        Value[] x = [.. branches.Select((branch, i) => _branches[i].Forward(branch))];
        return [.. _fuseLayers.Select(layers => layers.Select((layer, j) => layer is null ? x[j] : layer.Forward(x[j]))
            .Aggregate((sum, addend) => sum + addend).Relu())];
    }

    private static Module? FuseLayer(ParameterScope scope, IReadOnlyList<int> channels, int from, int to)
    {
        if (from == to) return null;
        if (from > to) return new Enlarge(scope, channels[from], channels[to], scale: 1 << (from - to));
        return new Chain([.. Enumerable.Range(0, to - from).Select(k => k == to - from - 1
            ? new ConvNorm(scope / k, channels[from], channels[to], stride: 2, relu: false)
            : new ConvNorm(scope / k, channels[from], channels[from], stride: 2))]);
    }
}

/// <summary>3×3 convolution and BatchNorm, named 0 and 1, then ReLU where wanted.</summary>
internal sealed class ConvNorm(ParameterScope scope, int inChannels, int outChannels, int stride = 1, bool relu = true) : Module
{
    private readonly Conv2d _conv = new(scope / 0, inChannels, outChannels, kernelSize: 3, stride, padding: 1, bias: false);
    private readonly BatchNorm2d _norm = new(scope / 1, outChannels);

    public override Value Forward(Value x)
    {
        x = _norm.Forward(_conv.Forward(x));
        return relu ? x.Relu() : x;
    }
}

/// <summary>1×1 convolution and BatchNorm, named 0 and 1, then every pixel repeated.</summary>
internal sealed class Enlarge(ParameterScope scope, int inChannels, int outChannels, int scale) : Module
{
    private readonly Conv2d _conv = new(scope / 0, inChannels, outChannels, kernelSize: 1, bias: false);
    private readonly BatchNorm2d _norm = new(scope / 1, outChannels);

    public override Value Forward(Value x) => _norm.Forward(_conv.Forward(x)).UpsampleNearest(scale);
}

/// <summary>Modules one after the other.</summary>
internal sealed class Chain(IReadOnlyList<Module> modules) : Module
{
    public override Value Forward(Value x) => modules.Aggregate(x, (value, module) => module.Forward(value));
}
