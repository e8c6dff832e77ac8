using Akimbo.Results;

namespace Akimbo.Tests.Results;

public sealed class CocoImageIdsTests
{
    [Theory]
    [InlineData("000000196141.jpg", 196141)]
    [InlineData("COCO_val2014_000000196142.jpg", 196142)]
    [InlineData("100032.jpg", 100032)]
    [InlineData("000000000000.jpg", 0)]
    [InlineData("IMG_2034.jpg", 1)]
    [InlineData("photo7.jpg", 1)]
    [InlineData("1234567890123456.jpg", 1)]
    [InlineData("٣٤.jpg", 1)]
    [InlineData(".jpg", 1)]
    public void For_OneName_ItsNumberOrTheFirst(string fileName, long expected) =>
        Assert.Equal([expected], CocoImageIds.For([fileName]));

    [Fact]
    public void For_MixedNames_CountsAroundTheNumbersTaken() =>
        Assert.Equal([1, 3, 2, 4], CocoImageIds.For(["beach.jpg", "forest.jpg", "000000000002.jpg", "sea.jpg"]));

    [Fact]
    public void For_NumberTwice_FirstKeepsIt() =>
        Assert.Equal([2, 1, 3], CocoImageIds.For(["2.jpg", "02.jpg", "2.png"]));
}
