using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>
/// Weights packed for <see cref="GemmTile"/>: [panel][tap][⌈I/16⌉ blocks of 16 input channels][16·blocks of the panel],
/// zeros where there is no channel, so that a tile reads them from first to last.
/// </summary>
internal sealed class GemmWeights
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly AlignedFloats _packed;
    private readonly AlignedFloats _bias;

    private GemmWeights(SimdPath path, int taps, int inChannels, int outChannels, ReadOnlySpan<float> bias)
    {
        Path = path;
        InBlocks = BlockedLayout.Blocks(inChannels);
        OutBlocks = BlockedLayout.Blocks(outChannels);
        Depth = taps * InBlocks * Lanes;
        LastBlockLanes = inChannels - (InBlocks - 1) * Lanes;
        _packed = new AlignedFloats((long)Depth * OutBlocks * Lanes);
        _bias = new AlignedFloats(OutBlocks * Lanes);
        bias.CopyTo(_bias.Span);
    }

    /// <summary>The vector width the weights are packed for.</summary>
    public SimdPath Path { get; }

    /// <summary>Blocks of input channels a tap.</summary>
    public int InBlocks { get; }

    /// <summary>Blocks of output channels.</summary>
    public int OutBlocks { get; }

    /// <summary>Terms summed for an output, padding lanes counted.</summary>
    public int Depth { get; }

    /// <summary>Lanes of the very last input block that hold channels.</summary>
    public int LastBlockLanes { get; }

    /// <summary>Panels of output channels.</summary>
    public int Panels => GemmTiling.Panels(Path, OutBlocks);

    /// <summary>Blocks of output channels in <paramref name="panel"/>.</summary>
    public int BlocksOf(int panel) => Math.Min(GemmTiling.PanelBlocks(Path), OutBlocks - FirstBlockOf(panel));

    /// <summary>The first block of output channels in <paramref name="panel"/>.</summary>
    public int FirstBlockOf(int panel) => panel * GemmTiling.PanelBlocks(Path);

    /// <summary>The weights of <paramref name="panel"/>, [Depth][16·blocks].</summary>
    public ReadOnlySpan<float> Panel(int panel) =>
        _packed.Span.Slice(FirstBlockOf(panel) * Lanes * Depth, BlocksOf(panel) * Lanes * Depth);

    /// <summary>The bias of the output channels of <paramref name="panel"/>.</summary>
    public ReadOnlySpan<float> Bias(int panel) => _bias.Span.Slice(FirstBlockOf(panel) * Lanes, BlocksOf(panel) * Lanes);

    /// <summary>Packs weights of a convolution.</summary>
    /// <param name="path">The vector width to pack for.</param>
    /// <param name="weights">[O, I/groups, kernelSize, kernelSize].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="geometry">The convolution; groups become zeros of a dense one.</param>
    public static GemmWeights PackConvolution(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        int taps = geometry.KernelSize * geometry.KernelSize;
        int groupInputs = geometry.InChannels / geometry.Groups, groupOutputs = geometry.OutChannels / geometry.Groups;
        var packed = new GemmWeights(path, taps, geometry.InChannels, geometry.OutChannels, bias);
        for (int o = 0; o < geometry.OutChannels; o++)
        {
            var filter = weights.Slice(o * groupInputs * taps, groupInputs * taps);
            int firstInput = o / groupOutputs * groupInputs;
            var terms = packed.TermsOf(o, out int stride);
            for (int i = 0; i < groupInputs; i++)
                for (int tap = 0; tap < taps; tap++)
                    terms[packed.Term(tap, firstInput + i) * stride] = filter[i * taps + tap];
        }

        return packed;
    }

    /// <summary>Packs weights of a convolution for patches that lie as [I, kernelSize, kernelSize], as the stem's do.</summary>
    /// <inheritdoc cref="PackConvolution"/>
    public static GemmWeights PackPatches(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        int depth = geometry.InChannels * geometry.KernelSize * geometry.KernelSize;
        var asPointwise = new ConvolutionGeometry(1, depth, 1, 1, geometry.OutChannels, KernelSize: 1);
        return PackConvolution(path, weights, bias, asPointwise);
    }

    /// <summary>Packs the taps of a transposed convolution that reach the outputs of one phase.</summary>
    /// <param name="path">The vector width to pack for.</param>
    /// <param name="weights">[I, O, kernelSize, kernelSize].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="geometry">The transposed convolution, of one group.</param>
    /// <param name="rows">The kernel rows of the phase.</param>
    /// <param name="columns">The kernel columns of the phase.</param>
    public static GemmWeights PackPhase(SimdPath path, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias,
        in ConvolutionGeometry geometry, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns)
    {
        int k = geometry.KernelSize;
        var packed = new GemmWeights(path, rows.Length * columns.Length, geometry.InChannels, geometry.OutChannels, bias);
        for (int o = 0; o < geometry.OutChannels; o++)
        {
            var terms = packed.TermsOf(o, out int stride);
            for (int i = 0; i < geometry.InChannels; i++)
            {
                var filter = weights.Slice((i * geometry.OutChannels + o) * k * k, k * k);
                for (int r = 0; r < rows.Length; r++)
                    for (int c = 0; c < columns.Length; c++)
                        terms[packed.Term(r * columns.Length + c, i) * stride] = filter[rows[r] * k + columns[c]];
            }
        }

        return packed;
    }

    private int Term(int tap, int inChannel) => tap * InBlocks * Lanes + inChannel;

    /// <summary>The terms of an output channel, <paramref name="stride"/> floats apart.</summary>
    private Span<float> TermsOf(int outChannel, out int stride)
    {
        int panel = outChannel / Lanes / GemmTiling.PanelBlocks(Path), first = FirstBlockOf(panel) * Lanes;
        stride = BlocksOf(panel) * Lanes;
        return Depth == 0 ? [] : _packed.Span[(first * Depth + outChannel - first)..];
    }
}
