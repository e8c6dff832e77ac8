namespace Akimbo.Tensors.Kernels;

/// <summary>
/// How feature maps lie in memory between kernels: [N, ⌈C/16⌉, H, W, 16], sixteen channels of a pixel together.
/// Lanes past the last channel hold finite values that no kernel lets reach a channel.
/// </summary>
internal static class BlockedLayout
{
    /// <summary>Channels in a block.</summary>
    public const int Lanes = 16;

    /// <summary>Pixels whose blocks stay in the first-level cache while their lanes are copied one by one.</summary>
    private const int CachedPixels = 256;

    /// <summary>Blocks that hold <paramref name="channels"/> channels.</summary>
    public static int Blocks(int channels) => (channels + Lanes - 1) / Lanes;

    /// <summary>Floats of a blocked [N, C, H, W] map.</summary>
    public static long Length(int batch, int channels, int height, int width) =>
        (long)batch * Blocks(channels) * height * width * Lanes;

    /// <summary>The number of parts that <see cref="FromPlanar"/> and <see cref="ToPlanar"/> can be split into.</summary>
    public static int Chunks(int batch, int channels) => batch * Blocks(channels);

    /// <summary>Copies one block of channels from [N, C, P] to the blocked layout; lanes without a channel become 0.</summary>
    /// <param name="planar">[N, C, P], P pixels a plane.</param>
    /// <param name="blocked">[N, ⌈C/16⌉, P, 16].</param>
    /// <param name="channels">C.</param>
    /// <param name="pixels">P.</param>
    /// <param name="chunk">Which block, counted over the batch.</param>
    public static void FromPlanar(ReadOnlySpan<float> planar, Span<float> blocked, int channels, int pixels, int chunk)
    {
        var (firstPlane, lanes) = Locate(channels, chunk);
        var target = blocked.Slice(chunk * pixels * Lanes, pixels * Lanes);
        if (lanes < Lanes) target.Clear();
        for (int first = 0; first < pixels; first += CachedPixels)
        {
            int count = Math.Min(CachedPixels, pixels - first);
            for (int lane = 0; lane < lanes; lane++)
            {
                var run = planar.Slice((firstPlane + lane) * pixels + first, count);
                var places = target.Slice(first * Lanes + lane);
                for (int p = 0; p < run.Length; p++) places[p * Lanes] = run[p];
            }
        }
    }

    /// <summary>Copies one block of channels from the blocked layout to [N, C, P].</summary>
    /// <inheritdoc cref="FromPlanar"/>
    public static void ToPlanar(ReadOnlySpan<float> blocked, Span<float> planar, int channels, int pixels, int chunk)
    {
        var (firstPlane, lanes) = Locate(channels, chunk);
        var source = blocked.Slice(chunk * pixels * Lanes, pixels * Lanes);
        for (int first = 0; first < pixels; first += CachedPixels)
        {
            int count = Math.Min(CachedPixels, pixels - first);
            for (int lane = 0; lane < lanes; lane++)
            {
                var run = planar.Slice((firstPlane + lane) * pixels + first, count);
                var places = source.Slice(first * Lanes + lane);
                for (int p = 0; p < run.Length; p++) run[p] = places[p * Lanes];
            }
        }
    }

    /// <summary>Copies [C, T] values, T for each channel, to [⌈C/16⌉, T, 16]; lanes without a channel are left as they are.</summary>
    public static void PackChannels(ReadOnlySpan<float> values, Span<float> packed, int channels, int perChannel)
    {
        for (int c = 0; c < channels; c++)
            for (int t = 0; t < perChannel; t++)
                packed[(c / Lanes * perChannel + t) * Lanes + c % Lanes] = values[c * perChannel + t];
    }

    private static (int FirstPlane, int Lanes) Locate(int channels, int chunk)
    {
        var (n, block) = Math.DivRem(chunk, Blocks(channels));
        return (n * channels + block * Lanes, Math.Min(Lanes, channels - block * Lanes));
    }
}
