using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// 3×3 weights g transformed for tiles of m×m outputs (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
/// CVPR 2016): <c>G g Gᵀ</c>, one matrix of [I, O] for each of the (m + 2)² points, packed as
/// [panel][point][⌈I/16⌉·16][16·blocks of the panel], so that a panel is read from first to last.
/// </summary>
internal sealed class WinogradWeights
{
    private const int Lanes = BlockedLayout.Lanes;

    private static readonly double[][] FourByFour =
    [
        [1 / 4.0, 0, 0],
        [-1 / 6.0, -1 / 6.0, -1 / 6.0],
        [-1 / 6.0, 1 / 6.0, -1 / 6.0],
        [1 / 24.0, 1 / 12.0, 1 / 6.0],
        [1 / 24.0, -1 / 12.0, 1 / 6.0],
        [0, 0, 1],
    ];

    private static readonly double[][] TwoByTwo =
    [
        [1, 0, 0],
        [0.5, 0.5, 0.5],
        [0.5, -0.5, 0.5],
        [0, 0, 1],
    ];

    private readonly AlignedFloats _packed;

    private WinogradWeights(SimdPath path, int tile, in ConvolutionGeometry geometry, ReadOnlySpan<float> bias)
    {
        Path = path;
        Tile = tile;
        InBlocks = BlockedLayout.Blocks(geometry.InChannels);
        OutBlocks = BlockedLayout.Blocks(geometry.OutChannels);
        LastBlockLanes = geometry.InChannels - (InBlocks - 1) * Lanes;
        _packed = new AlignedFloats((long)Points * Depth * OutBlocks * Lanes);
        Bias = new AlignedFloats(OutBlocks * Lanes);
        bias.CopyTo(Bias.Span);
    }

    /// <summary>The vector width the weights are packed for.</summary>
    public SimdPath Path { get; }

    /// <summary>m: outputs in a row and in a column of a tile, 4 or 2.</summary>
    public int Tile { get; }

    /// <summary>(m + 2)².</summary>
    public int Points => (Tile + 2) * (Tile + 2);

    /// <summary>Blocks of input channels.</summary>
    public int InBlocks { get; }

    /// <summary>Blocks of output channels.</summary>
    public int OutBlocks { get; }

    /// <summary>Terms summed for a point, padding lanes counted.</summary>
    public int Depth => InBlocks * Lanes;

    /// <summary>Lanes of the last input block that hold channels.</summary>
    public int LastBlockLanes { get; }

    /// <summary>The bias of every output channel, padded to blocks.</summary>
    public AlignedFloats Bias { get; }

    /// <summary>Zeros for a panel, where a kernel wants a bias.</summary>
    public AlignedFloats Zeros { get; } = new(2 * Lanes);

    /// <summary>Panels of output channels.</summary>
    public int Panels => GemmTiling.Panels(Path, OutBlocks);

    /// <summary>Blocks of output channels in <paramref name="panel"/>.</summary>
    public int BlocksOf(int panel) => Math.Min(GemmTiling.PanelBlocks(Path), OutBlocks - FirstBlockOf(panel));

    /// <summary>The first block of output channels in <paramref name="panel"/>.</summary>
    public int FirstBlockOf(int panel) => panel * GemmTiling.PanelBlocks(Path);

    /// <summary>The weights of <paramref name="panel"/>, [points][Depth][16·blocks].</summary>
    public ReadOnlySpan<float> Panel(int panel) => PanelSpan(panel);

    /// <summary>Transforms and packs weights.</summary>
    /// <param name="path">The vector width to pack for.</param>
    /// <param name="tile">4 or 2.</param>
    /// <param name="weights">[O, I, 3, 3].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="geometry">The convolution.</param>
    public static WinogradWeights Pack(SimdPath path, int tile, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        double[][] g = tile == 4 ? FourByFour : TwoByTwo;
        var packed = new WinogradWeights(path, tile, geometry, bias);
        int side = g.Length;
        Span<double> half = stackalloc double[side * 3];
        for (int o = 0; o < geometry.OutChannels; o++)
        {
            int panel = o / Lanes / GemmTiling.PanelBlocks(path);
            int width = packed.BlocksOf(panel) * Lanes, pointStride = packed.Depth * width;
            var target = packed.PanelSpan(panel)[(o - packed.FirstBlockOf(panel) * Lanes)..];
            for (int i = 0; i < geometry.InChannels; i++)
            {
                var w = weights.Slice((o * geometry.InChannels + i) * 9, 9);
                for (int row = 0; row < side; row++)
                    for (int column = 0; column < 3; column++)
                        half[row * 3 + column] = g[row][0] * w[column] + g[row][1] * w[3 + column] + g[row][2] * w[6 + column];
                int at = i * width;
                for (int row = 0; row < side; row++)
                    for (int column = 0; column < side; column++, at += pointStride)
                        target[at] = (float)(half[row * 3] * g[column][0] + half[row * 3 + 1] * g[column][1] + half[row * 3 + 2] * g[column][2]);
            }
        }

        return packed;
    }

    private Span<float> PanelSpan(int panel) =>
        _packed.Span.Slice(FirstBlockOf(panel) * Lanes * Points * Depth, BlocksOf(panel) * Lanes * Points * Depth);
}
