using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>A panel of weights over tiles whose inputs lie packed one after another, [tile][blocks of terms][places][16].</summary>
internal static class PackedTiles
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int WeightsAhead = 2048;

    /// <summary>Multiplies every tile of a part with one panel.</summary>
    /// <param name="weights">The packed weights.</param>
    /// <param name="schedule">The tiles of the output.</param>
    /// <param name="part">Which of them are packed.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="patches">The packed inputs.</param>
    /// <param name="patchLength">Floats from one tile to the next.</param>
    /// <param name="residual">[blocks of the panel, P, 16] to add, or empty; may be the output.</param>
    /// <param name="output">[blocks of the panel, P, 16].</param>
    /// <param name="plane">Floats from one block of the output to the next.</param>
    /// <param name="range">The activation.</param>
    /// <param name="scratch">At least <see cref="ScatteredTile.ScratchLength"/> floats.</param>
    public static void Multiply(GemmWeights weights, in TileSchedule schedule, in TileChunk part, int panel, ReadOnlySpan<float> patches, int patchLength,
        ReadOnlySpan<float> residual, Span<float> output, int plane, ActivationRange range, Span<float> scratch)
    {
        int blocks = weights.BlocksOf(panel);
        Span<int> pixels = stackalloc int[GemmTiling.MaxTilePixels];
        ref readonly float w = ref weights.Panel(panel)[0], bias = ref weights.Bias(panel)[0];
        for (int tile = part.FirstTile; tile < part.EndTile; tile++)
        {
            int places = schedule.PlacesOf(tile), count = schedule.PixelsOf(tile), first = schedule.FirstPixel(tile);
            int step = tile == part.FirstTile ? blocks * Lanes : 0;
            var operands = new TileOperands(weights.Depth / Lanes, places * Lanes, weights.LastBlockLanes, plane, !residual.IsEmpty, range, WeightsAhead, step);
            var patch = patches.Slice((tile - part.FirstTile) * patchLength, patchLength);
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
