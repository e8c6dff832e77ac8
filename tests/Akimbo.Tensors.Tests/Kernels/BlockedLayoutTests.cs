using Akimbo.Tensors.Kernels;

namespace Akimbo.Tensors.Tests.Kernels;

public class BlockedLayoutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(32, 2)]
    [InlineData(33, 3)]
    public void Blocks_AnyChannels_RoundsUp(int channels, int blocks)
    {
        Assert.Equal(blocks, BlockedLayout.Blocks(channels));
        Assert.Equal(3L * blocks * 5 * 7 * 16, BlockedLayout.Length(batch: 3, channels, height: 5, width: 7));
        Assert.Equal(3 * blocks, BlockedLayout.Chunks(batch: 3, channels));
    }

    [Fact]
    public void Length_BeyondInt_DoesNotOverflow() =>
        Assert.Equal(100_000L * 100_000 * 16, BlockedLayout.Length(batch: 1, channels: 1, height: 100_000, width: 100_000));

    [Fact]
    public void FromPlanar_EverySize_GivesTheLayoutWithZeroLanes()
    {
        foreach (var (batch, channels, pixels) in Sizes())
        {
            float[] planar = new Random(1).Values((long)batch * channels * pixels);
            var blocked = Blocked.Empty(batch, channels, pixels);
            RunShuffled(batch, channels, chunk => BlockedLayout.FromPlanar(planar, blocked.Span, channels, pixels, chunk));

            blocked.AssertGuardsUntouched($"[{batch}, {channels}, {pixels}]");
            float[] expected = Blocked.From(planar, batch, channels, pixels).Span.ToArray();
            for (int i = 0; i < expected.Length; i++)
                if (expected[i] == Blocked.Padding) expected[i] = 0;
            Assert.Equal(expected, blocked.Span);
        }
    }

    [Fact]
    public void ToPlanar_EverySize_GivesThePlanesBack()
    {
        foreach (var (batch, channels, pixels) in Sizes())
        {
            float[] planar = new Random(2).Values((long)batch * channels * pixels);
            var blocked = Blocked.From(planar, batch, channels, pixels);
            var back = new GuardedBuffer(planar.Length);
            RunShuffled(batch, channels, chunk => BlockedLayout.ToPlanar(blocked.Span, back.Span, channels, pixels, chunk));

            back.AssertGuardsUntouched($"[{batch}, {channels}, {pixels}]");
            Assert.Equal(planar, back.Span);
        }
    }

    [Fact]
    public void PackChannels_ThreeValuesEach_LeavesLanesWithoutChannel()
    {
        float[] packed = new float[2 * 3 * 16];
        packed.AsSpan().Fill(-1);
        BlockedLayout.PackChannels([.. Enumerable.Range(0, 17 * 3).Select(i => (float)i)], packed, channels: 17, perChannel: 3);

        for (int block = 0; block < 2; block++)
            for (int t = 0; t < 3; t++)
                for (int lane = 0; lane < 16; lane++)
                {
                    int channel = block * 16 + lane;
                    Assert.Equal(channel < 17 ? channel * 3 + t : -1, packed[(block * 3 + t) * 16 + lane]);
                }
    }

    private static IEnumerable<(int Batch, int Channels, int Pixels)> Sizes() =>
        from batch in new[] { 1, 3 }
        from channels in Samples.Channels
        from pixels in new[] { 1, 2, 5, 14, 29 }
        select (batch, channels, pixels);

    private static void RunShuffled(int batch, int channels, Action<int> run)
    {
        int[] order = [.. Enumerable.Range(0, BlockedLayout.Chunks(batch, channels))];
        new Random(3).Shuffle(order);
        foreach (int chunk in order) run(chunk);
    }
}
