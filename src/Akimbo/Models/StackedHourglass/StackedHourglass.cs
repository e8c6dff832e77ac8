using Akimbo.Networks;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.StackedHourglass;

/// <summary>
/// Stacked Hourglass (Newell, Yang and Deng, ECCV 2016; princeton-vl/pytorch_stacked_hourglass <c>models/posenet.py</c>,
/// <c>models/layers.py</c>): hourglasses of pre-activation residuals, each refining the heatmaps of the one before.
/// One output a stack; the last is the best.
/// </summary>
public sealed class StackedHourglass : Network
{
    private const int Depth = 4;
    private readonly Conv _pre0;
    private readonly Residual _pre1;
    private readonly Residual _pre3;
    private readonly Residual _pre4;
    private readonly Hourglass[] _hgs;
    private readonly (Residual Residual, Conv Conv)[] _features;
    private readonly Conv[] _outs;
    private readonly Merge[] _mergeFeatures;
    private readonly Merge[] _mergePreds;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">The sizes; those of eight stacks when null.</param>
    /// <exception cref="ArgumentException">The options make no network.</exception>
    public StackedHourglass(StackedHourglassOptions? options = null) : this(options ?? new StackedHourglassOptions(), new ParameterScope())
    {
    }

    private StackedHourglass(StackedHourglassOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        int channels = options.Channels;
        var pre = root / "pre";
        _pre0 = new Conv(pre / 0, inChannels: 3, outChannels: 64, kernelSize: 7, stride: 2, bn: true);
        _pre1 = new Residual(pre / 1, inChannels: 64, outChannels: 128);
        _pre3 = new Residual(pre / 3, inChannels: 128, outChannels: 128);
        _pre4 = new Residual(pre / 4, inChannels: 128, outChannels: channels);

        // The original hands its increase to the outermost level only; the levels below fall back to 0.
        int[] stacks = [.. Enumerable.Range(0, options.Stacks)], merges = stacks[..^1], increases = [options.Increase, 0, 0, 0];
        _hgs = [.. stacks.Select(i => new Hourglass(root / "hgs" / i / 0, Depth, channels, increases, (scope, from, to) => new Residual(scope, from, to)))];
        _features = [.. stacks.Select(i => root / "features" / i).Select(scope =>
            (new Residual(scope / 0, channels, channels), new Conv(scope / 1, channels, channels, kernelSize: 1, bn: true)))];
        _outs = [.. stacks.Select(i => new Conv(root / "outs" / i, channels, options.Keypoints, kernelSize: 1, relu: false))];
        _mergeFeatures = [.. merges.Select(i => new Merge(root / "merge_features" / i, channels, channels))];
        _mergePreds = [.. merges.Select(i => new Merge(root / "merge_preds" / i, options.Keypoints, channels))];
    }

    /// <summary>The sizes.</summary>
    public StackedHourglassOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "StackedHourglass";

    /// <param name="input">[N, 3, H, W], RGB from 0 to 1; H and W divisible by 64.</param>
    /// <returns>For each stack [N, K, H/4, W/4]: heatmaps.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        RequireDivisible(input, multiple: 64);
        var x = _pre1.Forward(_pre0.Forward(input)).MaxPool2d(kernelSize: 2, stride: 2);
        x = _pre4.Forward(_pre3.Forward(x));

        var heatmaps = new List<Value>();
        for (int i = 0; i < _hgs.Length; i++)
        {
            var feature = _features[i].Conv.Forward(_features[i].Residual.Forward(_hgs[i].Forward(x)));
            heatmaps.Add(_outs[i].Forward(feature));
            if (i < _hgs.Length - 1) x = x + _mergePreds[i].Forward(heatmaps[i]) + _mergeFeatures[i].Forward(feature);
        }

        return heatmaps;
    }
}
