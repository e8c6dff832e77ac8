namespace Akimbo.Tensors.Tests;

public sealed class PartRangesTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 2)]
    [InlineData(4, 41)]
    public void TryClaim_EveryOwnerFromBothEnds_GivesEveryPartOnce(int owners, int count)
    {
        var ranges = new PartRanges(owners);
        ranges.Fill(first: 7, count);
        var parts = new List<int>();
        for (int owner = 0; owner < owners; owner++)
            for (bool fromEnd = false; ranges.Read(owner) is var range && !PartRanges.IsEmpty(range); fromEnd = !fromEnd)
                if (ranges.TryClaim(owner, range, fromEnd, out int part)) parts.Add(part);

        Assert.Equal(Enumerable.Range(7, count), parts.Order());
    }

    [Fact]
    public void TryClaim_RangeFilledAgainSince_Fails()
    {
        var ranges = new PartRanges(1);
        ranges.Fill(0, 3);
        long before = ranges.Read(0);
        ranges.Fill(0, 3);

        Assert.False(ranges.TryClaim(0, before, fromEnd: false, out _));
    }

    [Fact]
    public void Fill_SeveralOwners_GivesEachItsNeighbours()
    {
        var ranges = new PartRanges(2);
        ranges.Fill(0, 8);

        Assert.True(ranges.TryClaim(1, ranges.Read(1), fromEnd: false, out int front));
        Assert.True(ranges.TryClaim(1, ranges.Read(1), fromEnd: true, out int end));
        Assert.Equal((4, 7), (front, end));
    }
}
