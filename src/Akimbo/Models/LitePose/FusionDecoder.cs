using Akimbo.Networks;
using Akimbo.Networks.Layers;
using Akimbo.Networks.Operations;

namespace Akimbo.Models.LitePose;

/// <summary>
/// LitePose's decoder (mit-han-lab/litepose <c>lib/models/pose_mobilenet.py</c>): transposed convolutions of a refined and a raw
/// path, added at every step; each step after the first gives an output.
/// </summary>
internal sealed class FusionDecoder
{
    private readonly ConvTranspose2d[] _deconvRefined;
    private readonly ConvTranspose2d[] _deconvRaw;
    private readonly BatchNorm2d[] _deconvNorm;
    private readonly Head[] _finalRefined;
    private readonly Head[] _finalRaw;

    /// <param name="root">Where the parameters are named.</param>
    /// <param name="skips">Channels of the encoder's maps, from the largest map to the smallest; the last two are of one size.</param>
    /// <param name="widths">Channels of each step.</param>
    /// <param name="keypoints">K.</param>
    /// <param name="hasTags">Whether the first output has tag maps too.</param>
    public FusionDecoder(ParameterScope root, IReadOnlyList<int> skips, IReadOnlyList<int> widths, int keypoints, bool hasTags)
    {
        int[] steps = [.. Enumerable.Range(0, widths.Count)], heads = steps[..^1];
        _deconvRefined = [.. steps.Select(i => Deconvolution(root / "deconv_refined" / i, i == 0 ? skips[^1] : widths[i - 1], widths[i]))];
        _deconvRaw = [.. steps.Select(i => Deconvolution(root / "deconv_raw" / i, skips[^(i + 2)], widths[i]))];
        _deconvNorm = [.. steps.Select(i => new BatchNorm2d(root / "deconv_bnrelu" / i / 0, widths[i]))];
        _finalRefined = [.. heads.Select(k => new Head(root / "final_refined" / k, widths[k + 1], MapsOf(k)))];
        _finalRaw = [.. heads.Select(k => new Head(root / "final_raw" / k, skips[^(k + 4)], MapsOf(k)))];

        int MapsOf(int output) => output == 0 && hasTags ? 2 * keypoints : keypoints;
    }

    /// <param name="skips">The encoder's maps, as many as the constructor was told.</param>
    /// <param name="tap">Is given what each step adds up, before its ReLU, and says what goes on in its place.</param>
    /// <returns>The outputs: the first with heatmaps and, where there are any, tags; others with heatmaps.</returns>
    public IReadOnlyList<Value> Forward(IReadOnlyList<Value> skips, Func<Value, Value> tap)
    {
        var outputs = new List<Value>();
        Value refined = skips[^1], raw = skips[^2];
        for (int i = 0; i < _deconvRefined.Length; i++)
        {
            refined = tap(_deconvNorm[i].Forward(_deconvRefined[i].Forward(refined) + _deconvRaw[i].Forward(raw))).Relu();
            raw = skips[^(i + 3)];
            if (i > 0) outputs.Add(_finalRefined[i - 1].Forward(refined) + _finalRaw[i - 1].Forward(raw));
        }

        return outputs;
    }

    private static ConvTranspose2d Deconvolution(ParameterScope scope, int inChannels, int outChannels) =>
        new(scope, inChannels, outChannels, kernelSize: 4, stride: 2, padding: 1, bias: false);
}
