using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.PoseResNet;

/// <summary>Which residual a ResNet is made of.</summary>
internal enum ResidualBlock
{
    /// <summary>Two 3×3 convolutions.</summary>
    Basic,

    /// <summary>1×1, 3×3, 1×1 to four times the channels.</summary>
    Bottleneck,
}

/// <summary>Two 3×3 convolutions and the input added: ResNet's <c>BasicBlock</c>.</summary>
internal sealed class BasicBlock : Module
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Downsample? _downsample;

    public BasicBlock(ParameterScope scope, int inChannels, int planes, int stride = 1)
    {
        _conv1 = new Conv2d(scope / "conv1", inChannels, planes, kernelSize: 3, stride, padding: 1, bias: false);
        _bn1 = new BatchNorm2d(scope / "bn1", planes);
        _conv2 = new Conv2d(scope / "conv2", planes, planes, kernelSize: 3, padding: 1, bias: false);
        _bn2 = new BatchNorm2d(scope / "bn2", planes);
        _downsample = Downsample.Where(scope / "downsample", inChannels, planes, stride);
    }

    public override Value Forward(Value x)
    {
        var residual = _downsample is null ? x : _downsample.Forward(x);
        var y = _bn1.Forward(_conv1.Forward(x)).Relu();
        y = _bn2.Forward(_conv2.Forward(y));
        return (y + residual).Relu();
    }
}

/// <summary>1×1, 3×3, 1×1 to four times the channels, and the input added: ResNet's <c>Bottleneck</c>, the stride in its middle.</summary>
internal sealed class Bottleneck : Module
{
    /// <summary>Output channels for each of the planes.</summary>
    public const int Expansion = 4;

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Conv2d _conv3;
    private readonly BatchNorm2d _bn3;
    private readonly Downsample? _downsample;

    public Bottleneck(ParameterScope scope, int inChannels, int planes, int stride = 1)
    {
        _conv1 = new Conv2d(scope / "conv1", inChannels, planes, kernelSize: 1, bias: false);
        _bn1 = new BatchNorm2d(scope / "bn1", planes);
        _conv2 = new Conv2d(scope / "conv2", planes, planes, kernelSize: 3, stride, padding: 1, bias: false);
        _bn2 = new BatchNorm2d(scope / "bn2", planes);
        _conv3 = new Conv2d(scope / "conv3", planes, planes * Expansion, kernelSize: 1, bias: false);
        _bn3 = new BatchNorm2d(scope / "bn3", planes * Expansion);
        _downsample = Downsample.Where(scope / "downsample", inChannels, planes * Expansion, stride);
    }

    public override Value Forward(Value x)
    {
        var residual = _downsample is null ? x : _downsample.Forward(x);
        var y = _bn1.Forward(_conv1.Forward(x)).Relu();
        y = _bn2.Forward(_conv2.Forward(y)).Relu();
        y = _bn3.Forward(_conv3.Forward(y));
        return (y + residual).Relu();
    }
}

/// <summary>1×1 convolution and BatchNorm that bring a block's input to the shape of its output.</summary>
internal sealed class Downsample : Module
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _bn;

    private Downsample(ParameterScope scope, int inChannels, int outChannels, int stride)
    {
        _conv = new Conv2d(scope / 0, inChannels, outChannels, kernelSize: 1, stride, bias: false);
        _bn = new BatchNorm2d(scope / 1, outChannels);
    }

    /// <summary>None where input and output have the same shape.</summary>
    public static Downsample? Where(ParameterScope scope, int inChannels, int outChannels, int stride) =>
        stride != 1 || inChannels != outChannels ? new Downsample(scope, inChannels, outChannels, stride) : null;

    public override Value Forward(Value x) => _bn.Forward(_conv.Forward(x));
}

/// <summary>Blocks one after the other, named 0, 1, …: the original's <c>_make_layer</c>.</summary>
internal sealed class ResidualLayer : Module
{
    private readonly Module[] _blocks;

    /// <param name="scope">Where the parameters are named.</param>
    /// <param name="block">The kind of block.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="planes">Channels inside the blocks.</param>
    /// <param name="count">Blocks.</param>
    /// <param name="stride">Stride of the first block.</param>
    public ResidualLayer(ParameterScope scope, ResidualBlock block, int inChannels, int planes, int count, int stride = 1)
    {
        OutChannels = block == ResidualBlock.Basic ? planes : planes * Bottleneck.Expansion;
        _blocks = new Module[count];
        for (int i = 0; i < count; i++)
        {
            int from = i == 0 ? inChannels : OutChannels, step = i == 0 ? stride : 1;
            _blocks[i] = block == ResidualBlock.Basic ? new BasicBlock(scope / i, from, planes, step) : new Bottleneck(scope / i, from, planes, step);
        }
    }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    public override Value Forward(Value x)
    {
        foreach (var block in _blocks) x = block.Forward(x);
        return x;
    }
}
