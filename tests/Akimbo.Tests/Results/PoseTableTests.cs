using Akimbo.Geometry;
using Akimbo.Results;

namespace Akimbo.Tests.Results;

public sealed class PoseTableTests
{
    [Fact]
    public void Rows_OnePerson_NumberScoreBoxCountAndSurestKeypoints()
    {
        var person = new Person(
            [
                new Keypoint("left_wrist", new ImagePoint(10.4, 20.6), 0.3f),
                new Keypoint("head", new ImagePoint(0, 0), 0),
                new Keypoint("neck", new ImagePoint(40, 50), 0.9f),
                new Keypoint(null, new ImagePoint(12, 22), 0.5f),
                new Keypoint("left_hip", new ImagePoint(13, 23), 0.1f),
            ],
            score: 0.456f);

        string[] row = Assert.Single(PoseTable.Rows([person]));

        Assert.Equal(["1", "0.46", "10, 21, 30, 29", "4/5", "neck (40, 50), keypoint (12, 22), left wrist (10, 21)"], row);
        Assert.Equal(PoseTable.Columns.Count, row.Length);
    }

    [Fact]
    public void Rows_NothingFound_EmptyBoxAndNoKeypoints()
    {
        var person = new Person([new Keypoint("head", default, 0)], score: 0.1f);
        Assert.Equal(["1", "0.10", "0, 0, 0, 0", "0/1", ""], Assert.Single(PoseTable.Rows([person])));
    }
}
