using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>Where the tiles of a part find their inputs: whole tiles in the map itself where there is one, others packed.</summary>
/// <param name="packed">Tiles one after another, [tile][blocks of terms][places][16]; where there is a map, only the last tile.</param>
/// <param name="tileLength">Floats from one packed tile to the next.</param>
/// <param name="map">[blocks of terms, P, 16], or empty where all tiles are packed.</param>
/// <param name="plane">Floats from one block of the map to the next.</param>
internal readonly ref struct TileInputs(ReadOnlySpan<float> packed, int tileLength, ReadOnlySpan<float> map = default, int plane = 0)
{
    private readonly ReadOnlySpan<float> _packed = packed;
    private readonly ReadOnlySpan<float> _map = map;

    /// <summary>The inputs of a tile and the floats from one block of them to the next.</summary>
    public ReadOnlySpan<float> Of(int tileOfPart, int firstPixel, int pixels, int places, out int blockStride)
    {
        bool isInMap = !_map.IsEmpty && pixels == places;
        blockStride = isInMap ? plane : places * BlockedLayout.Lanes;
        return isInMap ? _map[(firstPixel * BlockedLayout.Lanes)..] : _packed[(_map.IsEmpty ? tileOfPart * tileLength : 0)..];
    }
}

/// <summary>A panel of weights over the tiles of a part.</summary>
internal static class PanelTiles
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int WeightsAhead = 2048;

    /// <summary>Multiplies every tile of a part with one panel.</summary>
    /// <param name="weights">The packed weights.</param>
    /// <param name="schedule">The tiles of the output.</param>
    /// <param name="part">Which of them.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="inputs">The inputs of the tiles.</param>
    /// <param name="residual">[blocks of the panel, P, 16] to add, or empty; may be the output.</param>
    /// <param name="output">[blocks of the panel, P, 16].</param>
    /// <param name="plane">Floats from one block of the output to the next.</param>
    /// <param name="range">The activation.</param>
    /// <param name="scratch">At least <see cref="ScatteredTile.ScratchLength"/> floats.</param>
    public static void Multiply(GemmWeights weights, in TileSchedule schedule, in TileChunk part, int panel, in TileInputs inputs,
        ReadOnlySpan<float> residual, Span<float> output, int plane, ActivationRange range, Span<float> scratch)
    {
        int blocks = weights.BlocksOf(panel);
        Span<int> pixels = stackalloc int[GemmTiling.MaxTilePixels];
        ref readonly float w = ref weights.Panel(panel)[0], bias = ref weights.Bias(panel)[0];
        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
        {
            int places = schedule.PlacesOf(tile), count = schedule.PixelsOf(tile), first = schedule.FirstPixel(tile);
            int step = tile == part.FirstTile ? blocks * Lanes : 0;
            var patch = inputs.Of(tile - part.FirstTile, first, count, places, out int blockStride);
            var operands = new TileOperands(weights.Depth / Lanes, blockStride, weights.LastBlockLanes, plane, !residual.IsEmpty, range, WeightsAhead, step);
            if (count == places)
            {
                GemmTiling.Run(weights.Path, places, blocks, operands, in patch[0], in w, in bias,
                    in residual.IsEmpty ? ref MemoryMarshal.GetReference(residual) : ref residual[first * Lanes], ref output[first * Lanes]);
                continue;
            }

            for (int p = 0; p < count; p++) pixels[p] = first + p;
            ScatteredTile.Run(weights, panel, operands, patch, pixels[..count], residual, output, scratch, places);
        }
    }
}
