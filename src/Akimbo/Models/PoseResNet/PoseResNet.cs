using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Weights;

namespace Akimbo.Models.PoseResNet;

/// <summary>
/// SimpleBaseline (Xiao, Wu and Wei, ECCV 2018; leoxiaobin/deep-high-resolution-net.pytorch <c>lib/models/pose_resnet.py</c>):
/// a ResNet and transposed convolutions that bring its last map back to a quarter of the input.
/// </summary>
public sealed class PoseResNet : Network
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly ResidualLayer[] _layers;
    private readonly (ConvTranspose2d Deconv, BatchNorm2d Norm)[] _deconvLayers;
    private readonly Conv2d _finalLayer;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">The sizes; those of ResNet-50 when null.</param>
    /// <exception cref="ArgumentException">The options make no network.</exception>
    public PoseResNet(PoseResNetOptions? options = null) : this(options ?? new PoseResNetOptions(), new ParameterScope())
    {
    }

    private PoseResNet(PoseResNetOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        int channels = options.Channels;
        _conv1 = new Conv2d(root / "conv1", inChannels: 3, channels, kernelSize: 7, stride: 2, padding: 3, bias: false);
        _bn1 = new BatchNorm2d(root / "bn1", channels);
        _layers = new ResidualLayer[options.Blocks.Count];
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new ResidualLayer(root / $"layer{i + 1}", ResidualBlock.Bottleneck, channels, planes: options.Channels << i,
                options.Blocks[i], stride: i == 0 ? 1 : 2);
            channels = _layers[i].OutChannels;
        }

        var deconv = root / "deconv_layers";
        _deconvLayers = new (ConvTranspose2d, BatchNorm2d)[options.DeconvChannels.Count];
        for (int i = 0; i < _deconvLayers.Length; i++)
        {
            int width = options.DeconvChannels[i];
            _deconvLayers[i] = (new ConvTranspose2d(deconv / (3 * i), channels, width, kernelSize: 4, stride: 2, padding: 1, bias: false),
                new BatchNorm2d(deconv / (3 * i + 1), width));
            channels = width;
        }

        _finalLayer = new Conv2d(root / "final_layer", channels, options.Keypoints, kernelSize: 1);
    }

    /// <summary>The sizes.</summary>
    public PoseResNetOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "PoseResNet";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterNaming> Namings { get; } = MmposeNames.Of("deconv_layers.", "final_layer.");

    /// <param name="input">[N, 3, H, W], RGB less ImageNet's mean, divided by its deviation; H and W divisible by 32.</param>
    /// <returns>[N, K, H/4, W/4]: heatmaps.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        RequireDivisible(input, multiple: 32);
        var x = _bn1.Forward(_conv1.Forward(input)).Relu().MaxPool2d(kernelSize: 3, stride: 2, padding: 1);
        foreach (var layer in _layers) x = layer.Forward(x);
        foreach (var (deconv, norm) in _deconvLayers) x = norm.Forward(deconv.Forward(x)).Relu();
        return [_finalLayer.Forward(x)];
    }
}
