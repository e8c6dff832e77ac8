using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.LitePose;

/// <summary>3×3 stride 2, 3×3 depthwise, 1×1: the layers named <c>first</c>.</summary>
internal sealed class Stem : Module
{
    private readonly ConvNormRelu6 _reduce;
    private readonly ConvNormRelu6 _depthwise;
    private readonly Conv2d _project;
    private readonly BatchNorm2d _norm;

    public Stem(ParameterScope scope, int channels, int outChannels)
    {
        _reduce = new ConvNormRelu6(scope / 0, inChannels: 3, channels, kernelSize: 3, stride: 2);
        _depthwise = new ConvNormRelu6(scope / 1, channels, channels, kernelSize: 3, groups: channels);
        _project = new Conv2d(scope / 2, channels, outChannels, kernelSize: 1, bias: false);
        _norm = new BatchNorm2d(scope / 3, outChannels);
    }

    public override Value Forward(Value x) => _norm.Forward(_project.Forward(_depthwise.Forward(_reduce.Forward(x))));
}

/// <summary>1×1 to more channels, a large depthwise kernel, 1×1 back; the input is added where shapes allow.</summary>
internal sealed class InvertedResidual : Module
{
    private readonly ConvNormRelu6 _inv;
    private readonly ConvNormRelu6 _depthConv;
    private readonly Conv2d _pointConv;
    private readonly BatchNorm2d _pointNorm;
    private readonly bool _addsInput;

    public InvertedResidual(ParameterScope scope, int inChannels, int outChannels, int stride, int expansion, int kernelSize)
    {
        int channels = inChannels * expansion;
        _inv = new ConvNormRelu6(scope / "inv", inChannels, channels, kernelSize: 1);
        _depthConv = new ConvNormRelu6(scope / "depth_conv", channels, channels, kernelSize, stride, groups: channels);
        _pointConv = new Conv2d(scope / "point_conv" / 0, channels, outChannels, kernelSize: 1, bias: false);
        _pointNorm = new BatchNorm2d(scope / "point_conv" / 1, outChannels);
        _addsInput = stride == 1 && inChannels == outChannels;
    }

    public override Value Forward(Value x)
    {
        var y = _pointNorm.Forward(_pointConv.Forward(_depthConv.Forward(_inv.Forward(x))));
        return _addsInput ? x + y : y;
    }
}

/// <summary>5×5 depthwise and 1×1: one of the two addends of an output.</summary>
internal sealed class Head : Module
{
    private readonly Conv2d _depthwise;
    private readonly BatchNorm2d _norm;
    private readonly Conv2d _project;

    public Head(ParameterScope scope, int inChannels, int outChannels)
    {
        var conv = scope / "conv";
        _depthwise = new Conv2d(conv / 0, inChannels, inChannels, kernelSize: 5, padding: 2, groups: inChannels, bias: false);
        _norm = new BatchNorm2d(conv / 1, inChannels);
        _project = new Conv2d(conv / 3, inChannels, outChannels, kernelSize: 1, bias: false);
    }

    public override Value Forward(Value x) => _project.Forward(_norm.Forward(_depthwise.Forward(x)).Relu());
}

/// <summary>Convolution, BatchNorm, ReLU6, named 0 and 1 as in a <c>Sequential</c>.</summary>
internal sealed class ConvNormRelu6 : Module
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _norm;

    public ConvNormRelu6(ParameterScope scope, int inChannels, int outChannels, int kernelSize, int stride = 1, int groups = 1)
    {
        _conv = new Conv2d(scope / 0, inChannels, outChannels, kernelSize, stride, padding: kernelSize / 2, groups, bias: false);
        _norm = new BatchNorm2d(scope / 1, outChannels);
    }

    public override Value Forward(Value x) => _norm.Forward(_conv.Forward(x)).Relu6();
}
