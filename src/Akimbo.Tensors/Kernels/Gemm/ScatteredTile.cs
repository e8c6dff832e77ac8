using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Kernels.Gemm;

/// <summary>A tile whose output pixels do not follow each other, or of which there are fewer than a tile has.</summary>
internal static class ScatteredTile
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Floats of scratch memory that <see cref="Run"/> needs.</summary>
    public const int ScratchLength = 2 * 2 * GemmTiling.MaxTilePixels * Lanes;

    /// <summary>Computes a tile in scratch memory and puts its pixels where they belong.</summary>
    /// <param name="weights">The packed weights.</param>
    /// <param name="panel">Which panel of them.</param>
    /// <param name="operands">As for a contiguous tile; the output stride is that of the planes.</param>
    /// <param name="patch">The tile's input.</param>
    /// <param name="pixels">The output pixel of each of the tile's pixels, at most a tile's.</param>
    /// <param name="residual">[blocks of the panel, P, 16], or empty.</param>
    /// <param name="output">[blocks of the panel, P, 16].</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats.</param>
    /// <param name="places">Pixels the tile computes, of which the first are kept.</param>
    public static void Run(GemmWeights weights, int panel, in TileOperands operands, ReadOnlySpan<float> patch,
        ReadOnlySpan<int> pixels, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int places)
    {
        int tileBlock = places * Lanes, blocks = weights.BlocksOf(panel);
        var computed = scratch[..(2 * tileBlock)];
        var added = scratch.Slice(2 * tileBlock, 2 * tileBlock);
        if (operands.HasResidual)
        {
            added.Clear();
            for (int block = 0; block < blocks; block++)
                for (int p = 0; p < pixels.Length; p++)
                    residual.Slice(block * operands.OutputBlockStride + pixels[p] * Lanes, Lanes).CopyTo(added[(block * tileBlock + p * Lanes)..]);
        }

        var inScratch = operands with { OutputBlockStride = tileBlock };
        ref readonly float w = ref MemoryMarshal.GetReference(weights.Panel(panel)); // empty where no tap reaches these pixels
        GemmTiling.Run(weights.Path, places, blocks, inScratch, in patch[0], in w, in weights.Bias(panel)[0], in added[0], ref computed[0]);
        for (int block = 0; block < blocks; block++)
            for (int p = 0; p < pixels.Length; p++)
                computed.Slice(block * tileBlock + p * Lanes, Lanes).CopyTo(output[(block * operands.OutputBlockStride + pixels[p] * Lanes)..]);
    }
}
