using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

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
    private readonly ConvTranspose2d[] _deconvRefined;
    private readonly ConvTranspose2d[] _deconvRaw;
    private readonly BatchNorm2d[] _deconvNorm;
    private readonly Head[] _finalRefined;
    private readonly Head[] _finalRaw;

    /// <summary>Declares the network's parameters.</summary>
    /// <param name="options">Widths, depths and the number of keypoints.</param>
    /// <exception cref="ArgumentException">The options do not fit each other.</exception>
    public LitePose(LitePoseOptions? options = null) : this(options ?? new LitePoseOptions(), new ParameterScope())
    {
    }

    private LitePose(LitePoseOptions options, ParameterScope root) : base(root)
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

        var widths = options.DecoderChannels;
        int[] steps = [.. Enumerable.Range(0, widths.Count)], heads = steps[..^1];
        _deconvRefined = [.. steps.Select(i => Deconvolution(root / "deconv_refined" / i, i == 0 ? skips[^1] : widths[i - 1], widths[i]))];
        _deconvRaw = [.. steps.Select(i => Deconvolution(root / "deconv_raw" / i, skips[^(i + 2)], widths[i]))];
        _deconvNorm = [.. steps.Select(i => new BatchNorm2d(root / "deconv_bnrelu" / i / 0, widths[i]))];
        _finalRefined = [.. heads.Select(k => new Head(root / "final_refined" / k, widths[k + 1], MapsOf(k)))];
        _finalRaw = [.. heads.Select(k => new Head(root / "final_raw" / k, skips[^(k + 4)], MapsOf(k)))];

        int MapsOf(int output) => output == 0 ? 2 * options.Keypoints : options.Keypoints;
    }

    /// <summary>Widths, depths and the number of keypoints.</summary>
    public LitePoseOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "LitePose";

    /// <param name="input">[N, 3, H, W]; H and W divisible by 16.</param>
    /// <returns>[N, 2K, H/4, W/4]: K heatmaps, then K tag maps; and [N, K, H/2, W/2]: heatmaps.</returns>
    public override IReadOnlyList<Value> Forward(Value input)
    {
        var x = _first.Forward(input);
        var skips = new List<Value> { x };
        foreach (var stage in _stages)
        {
            foreach (var block in stage) x = block.Forward(x);
            skips.Add(x);
        }

        var outputs = new List<Value>();
        Value refined = skips[^1], raw = skips[^2];
        for (int i = 0; i < _deconvRefined.Length; i++)
        {
            refined = _deconvNorm[i].Forward(_deconvRefined[i].Forward(refined) + _deconvRaw[i].Forward(raw)).Relu();
            raw = skips[^(i + 3)];
            if (i > 0) outputs.Add(_finalRefined[i - 1].Forward(refined) + _finalRaw[i - 1].Forward(raw));
        }

        return outputs;
    }

    private static ConvTranspose2d Deconvolution(ParameterScope scope, int inChannels, int outChannels) =>
        new(scope, inChannels, outChannels, kernelSize: 4, stride: 2, padding: 1, bias: false);
}
