namespace Akimbo.Tensors.Tests.Kernels;

/// <summary>The blocked layout [N, ⌈C/16⌉, P, 16] written down a second time, with huge values in the lanes without a channel.</summary>
internal static class Blocked
{
    /// <summary>What lanes without a channel hold: finite, as the layout demands, and impossible to miss in a result.</summary>
    public const float Padding = 1e30f;

    public static GuardedBuffer From(ReadOnlySpan<float> planar, int batch, int channels, int pixels)
    {
        var blocked = Empty(batch, channels, pixels);
        blocked.Span.Fill(Padding);
        for (int n = 0; n < batch; n++)
            for (int c = 0; c < channels; c++)
                for (int p = 0; p < pixels; p++)
                    blocked.Span[Index(channels, pixels, n, c, p)] = planar[(n * channels + c) * pixels + p];
        return blocked;
    }

    /// <summary>A map of NaN for a kernel to fill.</summary>
    public static GuardedBuffer Empty(int batch, int channels, int pixels) => new(batch * ((channels + 15) / 16) * pixels * 16);

    public static float[] ToPlanar(ReadOnlySpan<float> blocked, int batch, int channels, int pixels)
    {
        var planar = new float[batch * channels * pixels];
        for (int n = 0; n < batch; n++)
            for (int c = 0; c < channels; c++)
                for (int p = 0; p < pixels; p++)
                    planar[(n * channels + c) * pixels + p] = blocked[Index(channels, pixels, n, c, p)];
        return planar;
    }

    private static int Index(int channels, int pixels, int n, int c, int p) =>
        ((n * ((channels + 15) / 16) + c / 16) * pixels + p) * 16 + c % 16;
}
