using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Winograd;

/// <summary>
/// 3×3 weights g transformed for tiles of m×m outputs (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
/// CVPR 2016): <c>G g Gᵀ</c>, one matrix of [I, O] for each of the (m + 2)² points.
/// </summary>
internal sealed class WinogradWeights
{
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

    private WinogradWeights(int tile, GemmWeights[] points, float[] bias)
    {
        Tile = tile;
        Points = points;
        Bias = bias;
    }

    /// <summary>m: outputs in a row and in a column of a tile, 4 or 2.</summary>
    public int Tile { get; }

    /// <summary>The weights of each point, row by row.</summary>
    public IReadOnlyList<GemmWeights> Points { get; }

    /// <summary>The bias of every output channel, padded to blocks.</summary>
    public float[] Bias { get; }

    /// <summary>Transforms and packs weights.</summary>
    /// <param name="path">The vector width to pack for.</param>
    /// <param name="tile">4 or 2.</param>
    /// <param name="weights">[O, I, 3, 3].</param>
    /// <param name="bias">[O], or empty for zeros.</param>
    /// <param name="geometry">The convolution.</param>
    public static WinogradWeights Pack(SimdPath path, int tile, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, in ConvolutionGeometry geometry)
    {
        double[][] g = tile == 4 ? FourByFour : TwoByTwo;
        int side = g.Length, filters = geometry.OutChannels * geometry.InChannels;
        var matrices = new float[side * side][];
        for (int point = 0; point < matrices.Length; point++) matrices[point] = new float[filters];

        Span<double> half = stackalloc double[side * 3];
        for (int filter = 0; filter < filters; filter++)
        {
            var w = weights.Slice(filter * 9, 9);
            for (int i = 0; i < side; i++)
                for (int j = 0; j < 3; j++)
                    half[i * 3 + j] = g[i][0] * w[j] + g[i][1] * w[3 + j] + g[i][2] * w[6 + j];
            for (int i = 0; i < side; i++)
                for (int j = 0; j < side; j++)
                    matrices[i * side + j][filter] = (float)(half[i * 3] * g[j][0] + half[i * 3 + 1] * g[j][1] + half[i * 3 + 2] * g[j][2]);
        }

        var pointwise = new ConvolutionGeometry(1, geometry.InChannels, 1, 1, geometry.OutChannels, KernelSize: 1);
        var points = new GemmWeights[matrices.Length];
        for (int point = 0; point < points.Length; point++)
        {
            points[point] = GemmWeights.PackConvolution(path, matrices[point], [], pointwise);
            matrices[point] = [];
        }

        float[] padded = new float[BlockedLayout.Blocks(geometry.OutChannels) * BlockedLayout.Lanes];
        bias.CopyTo(padded);
        return new WinogradWeights(tile, points, padded);
    }
}
