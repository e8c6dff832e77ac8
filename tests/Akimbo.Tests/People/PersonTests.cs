using Akimbo.Geometry;

namespace Akimbo.Tests.People;

public sealed class PersonTests
{
    private static readonly Person Walker = new(
        [
            new Keypoint("head", new ImagePoint(10, 5), 0.9f),
            new Keypoint("left_foot", new ImagePoint(4, 30), 0.5f),
            new Keypoint("right_foot", default, 0),
        ],
        score: 0.7f);

    [Fact]
    public void Box_OfFoundKeypoints_IgnoresMissingOnes()
    {
        Assert.Equal(new Box(4, 5, 6, 25), Walker.Box);
        Assert.Equal(new ImagePoint(7, 17.5), Walker.Box.Centre);
        Assert.Equal((10, 30, 150), (Walker.Box.Right, Walker.Box.Bottom, Walker.Box.Area));
    }

    [Fact]
    public void Box_WithoutFoundKeypoints_IsEmpty() =>
        Assert.Equal(default, new Person([new Keypoint("head", default, 0)], score: 0).Box);

    [Fact]
    public void Box_WhenGiven_IsKept() =>
        Assert.Equal(new Box(1, 2, 3, 4), new Person(Walker.Keypoints, score: 1, new Box(1, 2, 3, 4)).Box);

    [Fact]
    public void Indexer_ByName_FindsTheKeypoint()
    {
        Assert.Equal(0.5f, Walker["left_foot"].Score);
        Assert.False(Walker["right_foot"].IsFound);
    }

    [Fact]
    public void Indexer_UnknownName_ListsTheNames()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => Walker["tail"]);
        Assert.Contains("head, left_foot, right_foot", exception.Message, StringComparison.Ordinal);
    }
}
