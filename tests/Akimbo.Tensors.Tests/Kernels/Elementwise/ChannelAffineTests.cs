using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Elementwise;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Tensors.Tests.Kernels.Elementwise;

public class ChannelAffineTests
{
    [Fact]
    public void Define_TwoImagesOfTwoChannels_UsesEachChannelsScaleAndShift()
    {
        float[] output = new float[8];
        ChannelAffine.Define([1, 2, 3, 4, 5, 6, 7, 8], [10, -1], [1, 5], ActivationRange.Relu, channels: 2, pixels: 2, output);

        Assert.Equal([11, 21, 2, 1, 51, 61, 0, 0], output);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_EverySize_EqualsDefinition(SimdPath path)
    {
        foreach (int channels in Samples.Channels)
            foreach (int pixels in new[] { 1, 5, 14, 29 })
                foreach (bool inPlace in new[] { false, true })
                    Check(path, batch: 3, channels, pixels, inPlace);
    }

    [Theory]
    [MemberData(nameof(Samples.Paths), MemberType = typeof(Samples))]
    public void Run_NaN_StaysNaNInEveryRange(SimdPath path)
    {
        float[] input = new float[16], output = new float[16];
        input[5] = float.NaN;
        foreach (var range in Samples.Ranges)
        {
            ChannelAffine.Run(path, input, input.Select(_ => 1f).ToArray(), new float[16], range, output);
            Assert.Equal(input, output);
        }
    }

    private static void Check(SimdPath path, int batch, int channels, int pixels, bool inPlace)
    {
        var random = new Random(72);
        float[] planar = random.Values(batch * channels * pixels, limit: 5), expected = new float[planar.Length];
        float[] scale = random.Values(channels, limit: 2), shift = random.Values(channels);
        var range = random.Pick(Samples.Ranges);
        ChannelAffine.Define(planar, scale, shift, range, channels, pixels, expected);

        Array.Resize(ref scale, (channels + 15) / 16 * 16);
        Array.Resize(ref shift, scale.Length);
        var input = Blocked.From(planar, batch, channels, pixels);
        var output = inPlace ? input : Blocked.Empty(batch, channels, pixels);
        int plane = pixels * 16, blocks = scale.Length / 16;
        for (int chunk = batch * blocks - 1; chunk >= 0; chunk--)
        {
            int first = chunk % blocks * 16;
            ChannelAffine.Run(path, input.Span.Slice(chunk * plane, plane), scale.AsSpan(first, 16), shift.AsSpan(first, 16),
                range, output.Span.Slice(chunk * plane, plane));
        }

        output.AssertGuardsUntouched($"[{batch}, {channels}, {pixels}]");
        Assert.InRange(RelativeError.Of(Blocked.ToPlanar(output.Span, batch, channels, pixels), expected), 0, 1e-6);
        Assert.DoesNotContain(output.Span.ToArray(), value => !float.IsFinite(value));
    }
}
