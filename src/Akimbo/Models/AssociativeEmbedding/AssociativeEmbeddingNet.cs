using Akimbo.Models.StackedHourglass;
using Akimbo.Networks;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.AssociativeEmbedding;

/// <summary>
/// Associative Embedding (Newell, Huang and Deng, NIPS 2017; princeton-vl/pose-ae-train <c>models/posenet.py</c>,
/// <c>models/layers.py</c>): hourglasses of plain 3×3 convolutions that grow wider as they go down; every stack gives heatmaps
/// of all people and the tags that tell the people apart.
/// </summary>
public sealed class AssociativeEmbeddingNet : Network
{
    private const int Depth = 4;
    private readonly Conv[] _pre;
    private readonly Module[][] _features;
    private readonly Conv[] _outs;
    private readonly Merge[] _mergeFeatures;
    private readonly Merge[] _mergePreds;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">The sizes; the published ones when null.</param>
    /// <exception cref="ArgumentException">The options make no network.</exception>
    public AssociativeEmbeddingNet(AssociativeEmbeddingNetOptions? options = null) : this(options ?? new AssociativeEmbeddingNetOptions(), new ParameterScope())
    {
    }

    private AssociativeEmbeddingNet(AssociativeEmbeddingNetOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        int channels = options.Channels;
        var pre = root / "pre";
        _pre =
        [
            new Conv(pre / 0, inChannels: 3, outChannels: 64, kernelSize: 7, stride: 2),
            Conv3(pre / 1, inChannels: 64, outChannels: 128),
            Conv3(pre / 3, inChannels: 128, outChannels: 128),
            Conv3(pre / 4, inChannels: 128, outChannels: channels),
        ];

        int[] stacks = [.. Enumerable.Range(0, options.Stacks)], merges = stacks[..^1], increases = [.. Enumerable.Repeat(options.Increase, Depth)];
        _features = [.. stacks.Select(i => root / "features" / i).Select(scope => new Module[]
        {
            new Hourglass(scope / 0, Depth, channels, increases, Conv3),
            Conv3(scope / 1, channels, channels),
            Conv3(scope / 2, channels, channels),
        })];
        _outs = [.. stacks.Select(i => new Conv(root / "outs" / i, channels, options.Outputs, kernelSize: 1, relu: false))];
        _mergeFeatures = [.. merges.Select(i => new Merge(root / "merge_features" / i, channels, channels))];
        _mergePreds = [.. merges.Select(i => new Merge(root / "merge_preds" / i, options.Outputs, channels))];
    }

    /// <summary>The sizes.</summary>
    public AssociativeEmbeddingNetOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "AssociativeEmbedding";

    /// <param name="input">[N, 3, H, W], RGB from 0 to 1; H and W divisible by 64.</param>
    /// <returns>For each stack [N, outputs, H/4, W/4]: K heatmaps, then K tag maps.</returns>
    /// <exception cref="ArgumentException">The input has another shape.</exception>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        RequireDivisible(input, multiple: 64);
        var x = _pre[1].Forward(_pre[0].Forward(input)).MaxPool2d(kernelSize: 2, stride: 2);
        x = _pre[3].Forward(_pre[2].Forward(x));

        var outputs = new List<Value>();
        for (int i = 0; i < _features.Length; i++)
        {
            var feature = x;
            foreach (var layer in _features[i]) feature = layer.Forward(feature);
            outputs.Add(_outs[i].Forward(feature));
            if (i < _features.Length - 1) x = x + _mergePreds[i].Forward(outputs[i]) + _mergeFeatures[i].Forward(feature);
        }

        return outputs;
    }

    private static Conv Conv3(ParameterScope scope, int inChannels, int outChannels) => new(scope, inChannels, outChannels, kernelSize: 3);
}
