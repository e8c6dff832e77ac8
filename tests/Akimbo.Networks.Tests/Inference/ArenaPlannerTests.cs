using Akimbo.Networks.Inference;

namespace Akimbo.Networks.Tests.Inference;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void Plan_RandomLifetimes_KeepsApartWhatIsNeededTogether()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            var pieces = RandomLifetimes(random);
            var (offsets, length) = ArenaPlanner.Plan(pieces);

            for (int i = 0; i < pieces.Count; i++)
            {
                Assert.Equal(0, offsets[i] % ArenaPlanner.Alignment);
                Assert.InRange(offsets[i], 0, length - pieces[i].Length);
                for (int j = 0; j < i; j++)
                    Assert.False(NeededTogether(pieces[i], pieces[j]) && offsets[i] < offsets[j] + pieces[j].Length && offsets[j] < offsets[i] + pieces[i].Length,
                        $"Round {round}: {pieces[i]} at {offsets[i]} and {pieces[j]} at {offsets[j]} share memory.");
            }
        }
    }

    [Fact]
    public void Plan_RandomLifetimes_IsBetweenTheMostNeededAtOnceAndTheSum()
    {
        var random = new Random(4);
        for (int round = 0; round < 300; round++)
        {
            var pieces = RandomLifetimes(random);
            long length = ArenaPlanner.Plan(pieces).Length;

            long most = Enumerable.Range(0, 50).Max(moment => pieces.Where(p => p.FirstUse <= moment && moment <= p.LastUse).Sum(p => Aligned(p.Length)));
            Assert.InRange(length, most, pieces.Sum(p => Aligned(p.Length)));
        }
    }

    [Fact]
    public void Plan_Chain_NeedsTwoPieces()
    {
        var chain = Enumerable.Range(0, 20).Select(i => new Lifetime(Length: 160, FirstUse: i, LastUse: i + 1)).ToList();

        Assert.Equal(320, ArenaPlanner.Plan(chain).Length);
    }

    [Fact]
    public void Plan_PieceThatFitsSeveralGaps_TakesTheSmallest()
    {
        Lifetime[] pieces =
        [
            new(Length: 320, FirstUse: 0, LastUse: 0), new(Length: 304, FirstUse: 0, LastUse: 9),
            new(Length: 160, FirstUse: 0, LastUse: 0), new(Length: 144, FirstUse: 0, LastUse: 9),
            new(Length: 128, FirstUse: 5, LastUse: 5),
        ];

        var (offsets, length) = ArenaPlanner.Plan(pieces);

        Assert.Equal([0, 320, 624, 784, 624], offsets);
        Assert.Equal(928, length);
    }

    [Fact]
    public void Plan_Nothing_IsEmpty() => Assert.Equal(0, ArenaPlanner.Plan([]).Length);

    [Fact]
    public void Plan_MoreThanAnArrayHolds_IsCountedWithoutOverflow()
    {
        var pieces = Enumerable.Repeat(new Lifetime(Length: 2_000_000_000, FirstUse: 0, LastUse: 0), 3).ToList();

        Assert.Equal(6_000_000_000, ArenaPlanner.Plan(pieces).Length);
    }

    private static List<Lifetime> RandomLifetimes(Random random) => [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ =>
    {
        int first = random.Next(-1, 40);
        return new Lifetime(random.Next(4) == 0 ? random.Next(20) : random.Next(5000), first, first + random.Next(random.Next(2) == 0 ? 3 : 10));
    })];

    private static bool NeededTogether(Lifetime left, Lifetime right) =>
        Enumerable.Range(-1, 60).Any(moment => left.FirstUse <= moment && moment <= left.LastUse && right.FirstUse <= moment && moment <= right.LastUse);

    private static long Aligned(long length) => (length + ArenaPlanner.Alignment - 1) / ArenaPlanner.Alignment * ArenaPlanner.Alignment;
}
