using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.BearpawHourglass;

/// <summary>The pre-activation bottleneck: <c>planes</c> inside, twice as many out; <c>downsample</c> where the channels change.</summary>
internal sealed class Bottleneck : Module
{
    /// <summary>Output channels for each of the planes.</summary>
    public const int Expansion = 2;

    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn2;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn3;
    private readonly Conv2d _conv3;
    private readonly Conv2d? _downsample;

    public Bottleneck(ParameterScope scope, int inChannels, int planes)
    {
        _bn1 = new BatchNorm2d(scope / "bn1", inChannels);
        _conv1 = new Conv2d(scope / "conv1", inChannels, planes, kernelSize: 1);
        _bn2 = new BatchNorm2d(scope / "bn2", planes);
        _conv2 = new Conv2d(scope / "conv2", planes, planes, kernelSize: 3, padding: 1);
        _bn3 = new BatchNorm2d(scope / "bn3", planes);
        _conv3 = new Conv2d(scope / "conv3", planes, planes * Expansion, kernelSize: 1);
        if (inChannels != planes * Expansion)
            _downsample = new Conv2d(scope / "downsample" / 0, inChannels, planes * Expansion, kernelSize: 1);
    }

    public override Value Forward(Value x)
    {
        var residual = _downsample is null ? x : _downsample.Forward(x);
        var y = _conv1.Forward(_bn1.Forward(x).Relu());
        y = _conv2.Forward(_bn2.Forward(y).Relu());
        y = _conv3.Forward(_bn3.Forward(y).Relu());
        return y + residual;
    }
}

/// <summary>Bottlenecks one after the other, named 0, 1, ….</summary>
internal sealed class Bottlenecks : Module
{
    private readonly Bottleneck[] _blocks;

    public Bottlenecks(ParameterScope scope, int inChannels, int planes, int count)
    {
        _blocks = new Bottleneck[count];
        for (int i = 0; i < count; i++)
            _blocks[i] = new Bottleneck(scope / i, i == 0 ? inChannels : planes * Bottleneck.Expansion, planes);
    }

    public override Value Forward(Value x)
    {
        foreach (var block in _blocks) x = block.Forward(x);
        return x;
    }
}

/// <summary>
/// Down to half the size and back, the input added, on each level: <c>hg.0</c> is the innermost. A level has the bottlenecks
/// 0 (kept size), 1 (down) and 2 (up); the innermost also 3, between them.
/// </summary>
internal sealed class BearpawHourglassLevels : Module
{
    private readonly Bottlenecks[][] _levels;

    public BearpawHourglassLevels(ParameterScope scope, int depth, int planes, int blocks)
    {
        _levels = new Bottlenecks[depth][];
        for (int level = 0; level < depth; level++)
        {
            _levels[level] = new Bottlenecks[level == 0 ? 4 : 3];
            for (int j = 0; j < _levels[level].Length; j++)
                _levels[level][j] = new Bottlenecks(scope / "hg" / level / j, planes * Bottleneck.Expansion, planes, blocks);
        }
    }

    public override Value Forward(Value x) => Forward(x, level: _levels.Length - 1);

    private Value Forward(Value x, int level)
    {
        var up1 = _levels[level][0].Forward(x);
        var low = _levels[level][1].Forward(x.MaxPool2d(kernelSize: 2, stride: 2));
        low = level > 0 ? Forward(low, level - 1) : _levels[level][3].Forward(low);
        low = _levels[level][2].Forward(low);
        return up1 + low.UpsampleNearest(scale: 2);
    }
}

/// <summary>1×1 convolution, BatchNorm, ReLU: the layers named <c>fc</c>.</summary>
internal sealed class FullyConnected(ParameterScope scope, int channels) : Module
{
    private readonly Conv2d _conv = new(scope / 0, channels, channels, kernelSize: 1);
    private readonly BatchNorm2d _bn = new(scope / 1, channels);

    public override Value Forward(Value x) => _bn.Forward(_conv.Forward(x)).Relu();
}
