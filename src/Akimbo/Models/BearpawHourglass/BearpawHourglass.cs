using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.BearpawHourglass;

/// <summary>
/// Stacked Hourglass (Newell, Yang and Deng, ECCV 2016) as in bearpaw/pytorch-pose <c>pose/models/hourglass.py</c>,
/// <c>HourglassNet</c>: the same idea as princeton-vl's with other names, other widths and a choice of how many residuals
/// follow each other. One output a stack; the last is the best.
/// </summary>
public sealed class BearpawHourglass : Network
{
    private const int Depth = 4;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Bottlenecks _layer1;
    private readonly Bottlenecks _layer2;
    private readonly Bottlenecks _layer3;
    private readonly BearpawHourglassLevels[] _hg;
    private readonly Bottlenecks[] _res;
    private readonly FullyConnected[] _fc;
    private readonly Conv2d[] _score;
    private readonly Conv2d[] _fcBack;
    private readonly Conv2d[] _scoreBack;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">The sizes; those of two stacks when null.</param>
    /// <exception cref="ArgumentException">The options make no network.</exception>
    public BearpawHourglass(BearpawHourglassOptions? options = null) : this(options ?? new BearpawHourglassOptions(), new ParameterScope())
    {
    }

    private BearpawHourglass(BearpawHourglassOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        int stem = options.StemChannels, planes = options.Features, blocks = options.Blocks, channels = planes * Bottleneck.Expansion;
        _conv1 = new Conv2d(root / "conv1", inChannels: 3, stem, kernelSize: 7, stride: 2, padding: 3);
        _bn1 = new BatchNorm2d(root / "bn1", stem);
        _layer1 = new Bottlenecks(root / "layer1", stem, planes: stem, count: 1);
        _layer2 = new Bottlenecks(root / "layer2", 2 * stem, planes: 2 * stem, count: 1);
        _layer3 = new Bottlenecks(root / "layer3", 4 * stem, planes, count: 1);

        int[] stacks = [.. Enumerable.Range(0, options.Stacks)], merges = stacks[..^1];
        _hg = [.. stacks.Select(i => new BearpawHourglassLevels(root / "hg" / i, Depth, planes, blocks))];
        _res = [.. stacks.Select(i => new Bottlenecks(root / "res" / i, channels, planes, blocks))];
        _fc = [.. stacks.Select(i => new FullyConnected(root / "fc" / i, channels))];
        _score = [.. stacks.Select(i => new Conv2d(root / "score" / i, channels, options.Keypoints, kernelSize: 1))];
        _fcBack = [.. merges.Select(i => new Conv2d(root / "fc_" / i, channels, channels, kernelSize: 1))];
        _scoreBack = [.. merges.Select(i => new Conv2d(root / "score_" / i, options.Keypoints, channels, kernelSize: 1))];
    }

    /// <summary>The sizes.</summary>
    public BearpawHourglassOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "BearpawHourglass";

    /// <param name="input">[N, 3, H, W], RGB from 0 to 1 less the mean of the training set; H and W divisible by 64.</param>
    /// <returns>For each stack [N, K, H/4, W/4]: heatmaps.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        RequireDivisible(input, multiple: 64);
        var x = _layer1.Forward(_bn1.Forward(_conv1.Forward(input)).Relu());
        x = _layer3.Forward(_layer2.Forward(x.MaxPool2d(kernelSize: 2, stride: 2)));

        var heatmaps = new List<Value>();
        for (int i = 0; i < _hg.Length; i++)
        {
            var y = _fc[i].Forward(_res[i].Forward(_hg[i].Forward(x)));
            heatmaps.Add(_score[i].Forward(y));
            if (i < _hg.Length - 1) x = x + _fcBack[i].Forward(y) + _scoreBack[i].Forward(heatmaps[i]);
        }

        return heatmaps;
    }
}
