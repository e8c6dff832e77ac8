namespace Akimbo.Tensors.Tests.Kernels;

/// <summary>Runs a kernel that computes one plane of sixteen channels at a time on a whole map.</summary>
internal static class PlaneKernel
{
    public delegate void Run(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Runs every plane, the last first, and checks the guards and that padding lanes are finite.</summary>
    /// <returns>The output, [N, C, P'].</returns>
    public static float[] RunAll(ReadOnlySpan<float> planar, int batch, int channels, int pixels, int outPixels, Run run)
    {
        var input = Blocked.From(planar, batch, channels, pixels);
        var output = Blocked.Empty(batch, channels, outPixels);
        for (int chunk = batch * ((channels + 15) / 16) - 1; chunk >= 0; chunk--)
        {
            var plane = new GuardedBuffer(input.Span.Slice(chunk * pixels * 16, pixels * 16));
            run(plane.Span, output.Span.Slice(chunk * outPixels * 16, outPixels * 16));
        }

        output.AssertGuardsUntouched($"[{batch}, {channels}, {pixels}] to {outPixels} pixels");
        int unused = (16 - channels % 16) % 16;
        for (int p = 0; p < outPixels && unused > 0; p++)
            foreach (float lane in output.Span[^((p + 1) * 16)..][(16 - unused)..16])
                Assert.True(float.IsFinite(lane), $"A padding lane holds {lane}.");
        return Blocked.ToPlanar(output.Span, batch, channels, outPixels);
    }
}
