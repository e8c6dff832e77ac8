using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>The tile sizes of each vector width, and the call of the tile that fits.</summary>
internal static class GemmTiling
{
    /// <summary>The largest of the <see cref="TileSizes"/> of any width.</summary>
    public const int MaxTilePixels = 14;

    /// <summary>Blocks of output channels in a panel of weights; the last panel of an odd number of blocks has one.</summary>
    public static int PanelBlocks(SimdPath path) => path == SimdPath.Vector512 ? 2 : 1;

    /// <summary>Panels that cover <paramref name="outBlocks"/> blocks of output channels.</summary>
    public static int Panels(SimdPath path, int outBlocks) => (outBlocks + PanelBlocks(path) - 1) / PanelBlocks(path);

    /// <summary>The tile sizes that <see cref="Run"/> takes, largest first.</summary>
    public static ReadOnlySpan<int> TileSizes(SimdPath path) => path == SimdPath.Vector512 ? [14, 12, 8] : [6];

    /// <summary>Computes one tile of one of the <see cref="TileSizes"/> and the blocks of one panel.</summary>
    public static void Run(SimdPath path, int pixels, int panelBlocks, in TileOperands operands, ref readonly float input,
        ref readonly float weights, ref readonly float bias, ref readonly float residual, ref float output)
    {
        switch (path, pixels, panelBlocks)
        {
            case (SimdPath.Vector512, 14, 2):
                GemmTile.Tile14x2<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector512, 14, _):
                GemmTile.Tile14x1<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector512, 12, 2):
                GemmTile.Tile12x2<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector512, 12, _):
                GemmTile.Tile12x1<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector512, _, 2):
                GemmTile.Tile8x2<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector512, _, _):
                GemmTile.Tile8x1<Block512>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            case (SimdPath.Vector256, _, _):
                GemmTile.Tile6x1<Block256>(operands, in input, in weights, in bias, in residual, ref output);
                break;
            default:
                GemmTile.Tile6x1<Block128>(operands, in input, in weights, in bias, in residual, ref output);
                break;
        }
    }
}
