using Akimbo.Networks;

namespace Akimbo.Models.LitePose;

/// <summary>
/// LitePose (Wang et al., CVPR 2022; mit-han-lab/litepose <c>lib/models/pose_mobilenet.py</c>): a bottom-up network of inverted
/// residuals with large depthwise kernels and a decoder that fuses a refined and a raw path. Two outputs: heatmaps and tags at
/// a quarter of the input, heatmaps again at half of it.
/// </summary>
public sealed class LitePose : Network
{
    private readonly Stem _first;
    private readonly Module[][] _stages;
    private readonly FusionDecoder _decoder;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">Widths, depths and the number of keypoints.</param>
    /// <exception cref="ArgumentException">The options do not fit each other.</exception>
    public LitePose(LitePoseOptions? options = null) : this(options ?? new LitePoseOptions(), new ParameterScope())
    {
    }

    internal LitePose(LitePoseOptions options, ParameterScope root) : base(root)
    {
        options.Validate();
        Options = options;
        _first = new Stem(root / "first", options.StemChannels, options.InputChannels);

        int[] skips = [options.InputChannels, .. options.StageChannels];
        _stages = new Module[options.StageChannels.Count][];
        for (int s = 0; s < _stages.Length; s++)
        {
            _stages[s] = new Module[options.StageBlocks[s]];
            for (int b = 0; b < _stages[s].Length; b++)
                _stages[s][b] = new InvertedResidual(root / "stage" / s / b, inChannels: b == 0 ? skips[s] : skips[s + 1], outChannels: skips[s + 1],
                    stride: b == 0 ? options.StageStrides[s] : 1, options.Expansion, options.KernelSize);
        }

        _decoder = new FusionDecoder(root, skips, options.DecoderChannels, options.Keypoints, options.HasTags);
    }

    /// <summary>Widths, depths and the number of keypoints.</summary>
    public LitePoseOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "LitePose";

    /// <param name="input">[N, 3, H, W]; H and W divisible by 16.</param>
    /// <returns>
    /// [N, 2K, H/4, W/4]: K heatmaps, then K tag maps, or [N, K, H/4, W/4] without tags; and [N, K, H/2, W/2]: heatmaps, where the
    /// decoder has three steps.
    /// </returns>
    public override IReadOnlyList<Value> Forward(Value input) => Forward(input, value => value);

    /// <summary>Adds the network's operations to the graph of <paramref name="input"/>, and lets inner maps be seen or replaced.</summary>
    /// <param name="input">[N, 3, H, W]; H and W divisible by 16.</param>
    /// <param name="tap">Is given what the stem, each block and each step of the decoder gives, in this order, and says what goes on in its place.</param>
    /// <returns>The outputs.</returns>
    internal IReadOnlyList<Value> Forward(Value input, Func<Value, Value> tap)
    {
        var x = tap(_first.Forward(input));
        var skips = new List<Value> { x };
        foreach (var stage in _stages)
        {
            foreach (var block in stage) x = tap(block.Forward(x));
            skips.Add(x);
        }

        return _decoder.Forward(skips, tap);
    }
}
