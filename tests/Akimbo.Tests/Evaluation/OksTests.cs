using System.Text.Json;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Evaluation;

public sealed class OksTests
{
    [Theory]
    [InlineData("coco_example", 4)]
    [InlineData("coco_subset", 5)]
    public void Similarity_OfRecordedPeople_EqualsPycocotools(string name, int images)
    {
        var fixture = new CocoFixture(name);
        var oks = new Oks(Coco17.Skeleton.OksSigmas);
        var people = fixture.GroundTruth.People.ToDictionary(person => person.Id);
        var matrices = fixture.Expected.GetProperty("oks_of_some_images").EnumerateArray().ToList();

        Assert.Equal(images, matrices.Count);
        foreach (JsonElement matrix in matrices)
        {
            var truths = matrix.GetProperty("gt_ids").EnumerateArray().Select(id => people[id.GetInt64()]).ToList();
            var detections = matrix.GetProperty("detection_indices").EnumerateArray().Select(index => fixture.Detections[index.GetInt32()]).ToList();
            for (int d = 0; d < detections.Count; d++)
                for (int t = 0; t < truths.Count; t++)
                    Assert.Equal(matrix.GetProperty("oks")[d][t].GetDouble(), oks.Similarity(truths[t], detections[d]), 1e-15);
        }
    }

    [Fact]
    public void Similarity_AtKnownDistances_IsTheFormula()
    {
        var oks = new Oks([0.1, 0.2]);
        GroundTruthPerson truth = Person([10, 10, 2, 30, 10, 1]);

        // k² = (2σ)² = 0.04 and 0.16; e = d² / k² / area / 2.
        double expected = (Math.Exp(-4 / 0.04 / 100 / 2) + Math.Exp(-9 / 0.16 / 100 / 2)) / 2;

        Assert.Equal(expected, oks.Similarity(truth, Detection([12, 10, 1, 30, 13, 1])), 1e-14);
        Assert.Equal(Math.Exp(-4 / 0.04 / 100 / 2), oks.Similarity(Person([10, 10, 2, 30, 10, 0]), Detection([12, 10, 1, 30, 13, 1])), 1e-14);
        Assert.Equal(Math.Exp(-4 / 0.04 / 400 / 2), oks.Similarity(Person([10, 10, 2, 0, 0, 0]), Detection([12, 10, 1, 0, 0, 0]), area: 400), 1e-14);
    }

    [Fact]
    public void Similarity_WithoutLabels_MeasuresFromTheDoubledBox()
    {
        var oks = new Oks([0.1, 0.1]);
        GroundTruthPerson truth = Person(new double[6]) with { Box = new Box(10, 20, 30, 40) };

        // From x −20 to 70 and y −20 to 100 everything fits.
        Assert.Equal(1, oks.Similarity(truth, Detection([-20, -20, 1, 70, 100, 1])));
        double outside = Math.Exp(-(1 + 4) / 0.04 / 100 / 2);
        Assert.Equal((1 + outside) / 2, oks.Similarity(truth, Detection([-21, 102, 1, 70, 100, 1])), 1e-14);
        Assert.Equal((1 + outside) / 2, oks.Similarity(truth with { Keypoints = default }, Detection([-21, 102, 1, 70, 100, 1])), 1e-14);
    }

    [Fact]
    public void Similarity_OfDetections_UsesTheMeanAreaAndTheSecondOnesScores()
    {
        var oks = new Oks([0.1, 0.1]);
        DetectedPerson first = Detection([0, 0, 0.1, 50, 50, 0.1]) with { Area = 100 };
        DetectedPerson second = Detection([3, 0, 0.9, 50, 54, 0.2]) with { Area = 300 };
        double near = Math.Exp(-9 / 0.04 / 200 / 2), far = Math.Exp(-16 / 0.04 / 200 / 2);

        Assert.Equal((near + far) / 2, oks.Similarity(first, second), 1e-14);
        Assert.Equal(near, oks.Similarity(first, second, minKeypointScore: 0.2), 1e-14);
        Assert.Equal(0, oks.Similarity(first, second, minKeypointScore: 0.95));
    }

    [Fact]
    public void Similarity_OfOtherKeypoints_SaysWhatIsExpected()
    {
        var oks = new Oks([0.1, 0.2]);
        Assert.Contains(
            "has 3 keypoint numbers; 2 sigmas need 6",
            Assert.Throws<ArgumentException>(() => oks.Similarity(Person(new double[6]), Detection(new double[3]))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => oks.Similarity(Person(new double[6]) with { Area = null }, Detection(new double[6])));
        Assert.Throws<ArgumentException>(() => new Oks([]));
        Assert.Throws<ArgumentException>(() => new Oks([0.1, 0]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(17)]
    [InlineData(129)]
    [InlineData(1010)]
    public void NumPySum_OfAnyLength_AddsEveryValueOnce(int length)
    {
        double[] values = [.. Enumerable.Range(1, length).Select(i => (double)i)];
        Assert.Equal(length * (length + 1) / 2.0, NumPySum.Of(values));
    }

    private static GroundTruthPerson Person(double[] keypoints) =>
        new() { Id = 1, ImageId = 1, Keypoints = keypoints, Box = new Box(0, 0, 10, 10), Area = 100 };

    private static DetectedPerson Detection(double[] keypoints) => new() { ImageId = 1, Keypoints = keypoints, Score = 1 };
}
