using Akimbo.Models.PoseResNet;
using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;
using Akimbo.Networks.Weights;

namespace Akimbo.Models.HighResolution;

/// <summary>
/// HRNet (Sun, Xiao, Liu and Wang, CVPR 2019; leoxiaobin/deep-high-resolution-net.pytorch <c>lib/models/pose_hrnet.py</c>):
/// branches of one to four resolutions side by side that exchange what they know, and heatmaps from the largest.
/// </summary>
public sealed class HighResolutionNet : Network
{
    private const int StemChannels = 64;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly ResidualLayer _layer1;
    private readonly Module?[][] _transitions;
    private readonly ExchangeUnit[][] _stages;
    private readonly Conv2d _finalLayer;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">The sizes; those of W32 when null.</param>
    /// <exception cref="ArgumentException">The options make no network.</exception>
    public HighResolutionNet(HighResolutionOptions? options = null) : this(options ?? new HighResolutionOptions(), new ParameterScope())
    {
    }

    private HighResolutionNet(HighResolutionOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        _conv1 = new Conv2d(root / "conv1", inChannels: 3, StemChannels, kernelSize: 3, stride: 2, padding: 1, bias: false);
        _bn1 = new BatchNorm2d(root / "bn1", StemChannels);
        _conv2 = new Conv2d(root / "conv2", StemChannels, StemChannels, kernelSize: 3, stride: 2, padding: 1, bias: false);
        _bn2 = new BatchNorm2d(root / "bn2", StemChannels);
        _layer1 = new ResidualLayer(root / "layer1", ResidualBlock.Bottleneck, StemChannels, planes: StemChannels, count: 4);

        int stages = options.StageModules.Count;
        _transitions = new Module?[stages][];
        _stages = new ExchangeUnit[stages][];
        int[] before = [_layer1.OutChannels];
        for (int s = 0; s < stages; s++)
        {
            int[] channels = [.. options.BranchChannels.Take(s + 2)];
            int units = options.StageModules[s];
            _transitions[s] = Transition(root / $"transition{s + 1}", before, channels);
            _stages[s] = [.. Enumerable.Range(0, units).Select(unit => new ExchangeUnit(root / $"stage{s + 2}" / unit, channels, options.BranchBlocks,
                outputs: s == stages - 1 && unit == units - 1 ? 1 : channels.Length))];
            before = channels;
        }

        _finalLayer = new Conv2d(root / "final_layer", options.BranchChannels[0], options.Keypoints, kernelSize: 1);
    }

    /// <summary>The sizes.</summary>
    public HighResolutionOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "HighResolutionNet";

    /// <inheritdoc/>
    public override IReadOnlyList<ParameterNaming> Namings { get; } = MmposeNames.Of("final_layer.");

    /// <param name="input">[N, 3, H, W], RGB less ImageNet's mean, divided by its deviation; H and W divisible by 32.</param>
    /// <returns>[N, K, H/4, W/4]: heatmaps.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        RequireDivisible(input, multiple: 32);
        var x = _bn1.Forward(_conv1.Forward(input)).Relu();
        x = _bn2.Forward(_conv2.Forward(x)).Relu();
        IReadOnlyList<Value> branches = [_layer1.Forward(x)];
        for (int s = 0; s < _stages.Length; s++)
        {
            branches = [.. _transitions[s].Select((transition, i) =>
                transition is null ? branches[i] : transition.Forward(branches[Math.Min(i, branches.Count - 1)]))];
            foreach (var unit in _stages[s]) branches = unit.Forward(branches);
        }

        return [_finalLayer.Forward(branches[0])];
    }

    /// <summary>What brings the branches of a stage to those of the next; none where a branch stays as it is.</summary>
    private static Module?[] Transition(ParameterScope scope, int[] before, int[] channels)
    {
        var transition = new Module?[channels.Length];
        for (int i = 0; i < channels.Length; i++)
        {
            if (i >= before.Length) transition[i] = new ConvNorm(scope / i / 0, before[^1], channels[i], stride: 2);
            else if (before[i] != channels[i]) transition[i] = new ConvNorm(scope / i, before[i], channels[i]);
        }

        return transition;
    }
}
