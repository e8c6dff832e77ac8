namespace Akimbo.Tensors.Kernels.Repacking;

/// <summary>Writes [C, 1, k, k] weights as [⌈C/16⌉, k, k, 16], and back.</summary>
internal static class DepthwisePacking
{
    private const int Lanes = BlockedLayout.Lanes;

    /// <summary>Packs weights; lanes without a channel are left as they are.</summary>
    /// <param name="weights">[C, taps].</param>
    /// <param name="packed">[⌈C/16⌉, taps, 16].</param>
    /// <param name="channels">C.</param>
    /// <param name="taps">k · k.</param>
    /// <param name="isFlipped">Whether the last tap comes first, as a gradient by the input wants them.</param>
    public static void Pack(ReadOnlySpan<float> weights, Span<float> packed, int channels, int taps, bool isFlipped)
    {
        for (int c = 0; c < channels; c++)
            for (int tap = 0; tap < taps; tap++)
                packed[(c / Lanes * taps + tap) * Lanes + c % Lanes] = weights[c * taps + (isFlipped ? taps - 1 - tap : tap)];
    }

    /// <summary>Unpacks one block, or adds it.</summary>
    /// <param name="packed">[taps, 16].</param>
    /// <param name="block">Which block of channels.</param>
    /// <param name="accumulates">Whether it is added to what the weights hold.</param>
    /// <param name="weights">[C, taps].</param>
    /// <param name="channels">C.</param>
    /// <param name="taps">k · k.</param>
    public static void UnpackBlock(ReadOnlySpan<float> packed, int block, bool accumulates, Span<float> weights, int channels, int taps)
    {
        for (int c = block * Lanes; c < Math.Min(channels, (block + 1) * Lanes); c++)
            for (int tap = 0; tap < taps; tap++)
            {
                float value = packed[tap * Lanes + c % Lanes];
                weights[c * taps + tap] = accumulates ? weights[c * taps + tap] + value : value;
            }
    }
}
