using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>How pixels are divided into tiles of one size, the last of which may be smaller.</summary>
/// <param name="TilePixels">Pixels of a tile.</param>
/// <param name="Tiles">Tiles that cover all pixels.</param>
/// <param name="LastTilePixels">Places of the last tile, of which some may be left empty.</param>
internal readonly record struct TileDivision(int TilePixels, int Tiles, int LastTilePixels)
{
    private const double CostOfSmallness = 0.01;

    /// <summary>Places of a tile.</summary>
    public int PlacesOf(int tile) => tile == Tiles - 1 ? LastTilePixels : TilePixels;

    /// <summary>The division into the largest tiles that leave few places empty.</summary>
    public static TileDivision Of(SimdPath path, int pixels)
    {
        var sizes = GemmTiling.TileSizes(path);
        TileDivision best = default;
        double bestCost = double.MaxValue;
        foreach (int size in sizes)
        {
            int tiles = (pixels + size - 1) / size, rest = pixels - (tiles - 1) * size, last = size;
            foreach (int smaller in sizes)
                if (smaller >= rest && smaller < last) last = smaller;
            double cost = ((tiles - 1) * size + last) * (1 + CostOfSmallness * (sizes[0] - size));
            if (cost < bestCost) (best, bestCost) = (new TileDivision(tiles == 1 ? last : size, tiles, last), cost);
        }

        return best;
    }
}
