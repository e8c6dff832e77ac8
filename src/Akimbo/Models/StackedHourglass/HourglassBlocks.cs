using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.StackedHourglass;

/// <summary>A convolution that keeps the size, named <c>conv</c>, then BatchNorm and ReLU where wanted.</summary>
internal sealed class Conv : Module
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d? _bn;
    private readonly bool _relu;

    public Conv(ParameterScope scope, int inChannels, int outChannels, int kernelSize, int stride = 1, bool bn = false, bool relu = true)
    {
        _conv = new Conv2d(scope / "conv", inChannels, outChannels, kernelSize, stride, padding: (kernelSize - 1) / 2);
        if (bn) _bn = new BatchNorm2d(scope / "bn", outChannels);
        _relu = relu;
    }

    public override Value Forward(Value x)
    {
        x = _conv.Forward(x);
        if (_bn is not null) x = _bn.Forward(x);
        return _relu ? x.Relu() : x;
    }
}

/// <summary>The pre-activation bottleneck; <c>skip_layer</c> is always there and used where the channels change.</summary>
internal sealed class Residual : Module
{
    private readonly BatchNorm2d _bn1;
    private readonly Conv _conv1;
    private readonly BatchNorm2d _bn2;
    private readonly Conv _conv2;
    private readonly BatchNorm2d _bn3;
    private readonly Conv _conv3;
    private readonly Conv _skipLayer;
    private readonly bool _needSkip;

    public Residual(ParameterScope scope, int inChannels, int outChannels)
    {
        int half = outChannels / 2;
        _bn1 = new BatchNorm2d(scope / "bn1", inChannels);
        _conv1 = new Conv(scope / "conv1", inChannels, half, kernelSize: 1, relu: false);
        _bn2 = new BatchNorm2d(scope / "bn2", half);
        _conv2 = new Conv(scope / "conv2", half, half, kernelSize: 3, relu: false);
        _bn3 = new BatchNorm2d(scope / "bn3", half);
        _conv3 = new Conv(scope / "conv3", half, outChannels, kernelSize: 1, relu: false);
        _skipLayer = new Conv(scope / "skip_layer", inChannels, outChannels, kernelSize: 1, relu: false);
        _needSkip = inChannels != outChannels;
    }

    public override Value Forward(Value x)
    {
        var residual = _needSkip ? _skipLayer.Forward(x) : x;
        var y = _conv1.Forward(_bn1.Forward(x).Relu());
        y = _conv2.Forward(_bn2.Forward(y).Relu());
        y = _conv3.Forward(_bn3.Forward(y).Relu());
        return y + residual;
    }
}

/// <summary>Down to half the size and back, the input added: recursive, of any block.</summary>
internal sealed class Hourglass : Module
{
    private readonly Module _up1;
    private readonly Module _low1;
    private readonly Module _low2;
    private readonly Module _low3;

    /// <param name="scope">Where the parameters are named.</param>
    /// <param name="depth">How often the size is halved.</param>
    /// <param name="channels">Channels of input and output.</param>
    /// <param name="increases">For each level from the outermost: how many more channels the level below has.</param>
    /// <param name="block">Makes a block of the given input and output channels.</param>
    public Hourglass(ParameterScope scope, int depth, int channels, ReadOnlySpan<int> increases, Func<ParameterScope, int, int, Module> block)
    {
        int inner = channels + increases[0];
        _up1 = block(scope / "up1", channels, channels);
        _low1 = block(scope / "low1", channels, inner);
        _low2 = depth > 1 ? new Hourglass(scope / "low2", depth - 1, inner, increases[1..], block)
                          : block(scope / "low2", inner, inner);
        _low3 = block(scope / "low3", inner, channels);
    }

    public override Value Forward(Value x)
    {
        var up1 = _up1.Forward(x);
        var low = _low1.Forward(x.MaxPool2d(kernelSize: 2, stride: 2));
        low = _low3.Forward(_low2.Forward(low));
        return up1 + low.UpsampleNearest(scale: 2);
    }
}

/// <summary>A 1×1 convolution back to what the next stack reads, named <c>conv.conv</c>.</summary>
internal sealed class Merge(ParameterScope scope, int inChannels, int outChannels) : Module
{
    private readonly Conv _conv = new(scope / "conv", inChannels, outChannels, kernelSize: 1, relu: false);

    public override Value Forward(Value x) => _conv.Forward(x);
}
