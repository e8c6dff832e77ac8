namespace Akimbo.Tensors.Tests;

public class CounterRandomTests
{
    // The known answers of Random123, kat_vectors, philox4x32 10.
    [Theory]
    [InlineData(new uint[] { 0, 0, 0, 0, 0, 0 }, new uint[] { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 })]
    [InlineData(
        new uint[] { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
        new uint[] { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd })]
    [InlineData(
        new uint[] { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0 },
        new uint[] { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 })]
    public void Philox_KnownCounters_GiveThePublishedAnswers(uint[] counterAndKey, uint[] expected)
    {
        uint[] block = new uint[4];
        CounterRandom.Philox(block, counterAndKey[0], counterAndKey[1], counterAndKey[2], counterAndKey[3], counterAndKey[4], counterAndKey[5]);
        Assert.Equal(expected, block);
    }

    [Fact]
    public void Sequences_OfDifferentPlaces_Differ()
    {
        CounterRandom[] places =
        [
            new(1), new(2), new(1UL << 32), new(1, epoch: 1), new(1, sample: 1), new(1, stream: 1),
        ];
        Assert.Equal(places.Length, places.Select(random => random.NextUInt32()).Distinct().Count());
        Assert.Equal(new CounterRandom(5, 6, 7, 8).NextDouble(), new CounterRandom(5, 6, 7, 8).NextDouble());
    }

    [Fact]
    public void Draws_HaveTheirDistributions()
    {
        const int count = 40_000;
        var random = new CounterRandom(3);
        double[] uniform = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
        double[] normal = [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
        int[] dice = [.. Enumerable.Range(0, count).Select(_ => random.NextIndex(6))];

        Assert.All(uniform, value => Assert.InRange(value, 0, 1 - 1e-16));
        Assert.Equal(0.5, uniform.Average(), 0.01);
        Assert.Equal(1 / 12.0, uniform.Average(value => (value - 0.5) * (value - 0.5)), 0.002);
        Assert.Equal(0, normal.Average(), 0.02);
        Assert.Equal(1, normal.Average(value => value * value), 0.03);
        Assert.Equal(3, normal.Average(value => value * value * value * value), 0.15);
        Assert.All(Enumerable.Range(0, 6), side => Assert.Equal(count / 6.0, dice.Count(value => value == side), 300.0));
        Assert.Equal(0.3, Enumerable.Range(0, count).Average(_ => random.NextBool(0.3) ? 1.0 : 0), 0.01);
    }

    [Fact]
    public void NextPermutation_HoldsEveryNumberOnce_AndEveryOrderOccurs()
    {
        Assert.Equal(Enumerable.Range(0, 1000), new CounterRandom(1).NextPermutation(1000).Order());
        Assert.Empty(new CounterRandom(1).NextPermutation(0));
        Assert.Equal(24, Enumerable.Range(0, 1000).Select(seed => string.Join(' ', new CounterRandom((ulong)seed).NextPermutation(4))).Distinct().Count());
    }
}
