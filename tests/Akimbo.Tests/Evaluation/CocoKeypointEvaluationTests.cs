using Akimbo.Datasets.Coco;
using Akimbo.Evaluation;
using Akimbo.Geometry;

namespace Akimbo.Tests.Evaluation;

public sealed class CocoKeypointEvaluationTests
{
    private const double Tolerance = 1e-15;

    private static readonly CocoKeypointOptions OneKeypoint = new() { Sigmas = [0.1] };

    [Theory]
    [InlineData("coco_example")]
    [InlineData("coco_subset")]
    public void Evaluate_OfRecordedDetections_EqualsPycocotools(string name)
    {
        var fixture = new CocoFixture(name);

        CocoKeypointScores scores = CocoKeypointEvaluation.Evaluate(fixture.GroundTruth, fixture.Detections);

        CocoFixture.AssertEqual(fixture.Expected.GetProperty("metrics"), scores, Tolerance);
        Assert.Empty(scores.Warnings);
    }

    [Theory]
    [InlineData("coco_example", 5)]
    [InlineData("coco_subset", 5)]
    public void Evaluate_AtOtherDetectionLimits_EqualsPycocotools(string name, int limits)
    {
        var fixture = new CocoFixture(name);
        var expected = fixture.Expected.GetProperty("metrics_at_other_detection_limits").EnumerateObject().ToList();

        Assert.Equal(limits, expected.Count);
        foreach (var limit in expected)
        {
            var options = new CocoKeypointOptions { MaxDetections = int.Parse(limit.Name, null) };
            CocoFixture.AssertEqual(limit.Value, CocoKeypointEvaluation.Evaluate(fixture.GroundTruth, fixture.Detections, options), Tolerance);
        }
    }

    [Theory]
    [InlineData("coco_example")]
    [InlineData("coco_subset")]
    public void Evaluate_WithOtherAreas_EqualsPycocotools(string name)
    {
        var fixture = new CocoFixture(name);
        var options = new CocoKeypointOptions { Medium = new(50 * 50, 120 * 120), Large = new(120 * 120, 1e10) };

        CocoKeypointScores scores = CocoKeypointEvaluation.Evaluate(fixture.GroundTruth, fixture.Detections, options);

        CocoFixture.AssertEqual(fixture.Expected.GetProperty("metrics_with_area_limits_50_120"), scores, Tolerance);
        Assert.Contains("other settings", scores.Protocol, StringComparison.Ordinal);
        Assert.Contains("from 2500 to 14400 square pixels", scores.Protocol, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9216, 1, 1)]
    [InlineData(9215, 1, -1)]
    [InlineData(9217, -1, 1)]
    [InlineData(100, -1, -1)]
    public void Evaluate_OfSomebodyOnAnAreaLimit_CountsInBothRanges(double area, double medium, double large)
    {
        var scores = CocoKeypointEvaluation.Evaluate(Truth(Person(1, 1, 5, 5) with { Area = area }), [Detection(1, 5, 5, 0.9)], OneKeypoint);

        // One of 1 + ε detections is right: precision is a hair below 1, as in the original.
        Assert.Equal((1, medium, large), (Math.Round(scores.AP, 12), Math.Round(scores.APMedium, 12), Math.Round(scores.APLarge, 12)));
    }

    [Fact]
    public void Evaluate_WithoutAnybody_IsMinusOneAndSaysWhy()
    {
        var empty = new CocoGroundTruth([new CocoImage(1)], []);

        CocoKeypointScores scores = CocoKeypointEvaluation.Evaluate(empty, [Detection(1, 5, 5, 0.9)], OneKeypoint);

        Assert.Equal((-1, -1, -1, -1), (scores.AP, scores.AR, scores.AP50, scores.ARLarge));
        ScoreTable table = scores.ToTable();
        Assert.All(table.Cells, cell => Assert.Equal("-1", cell));
        Assert.Contains("AP_M, AR_M: -1, nobody with labelled keypoints has an area from 1024 to 9216 square pixels", table.Explanations);
    }

    [Fact]
    public void Evaluate_WithoutDetections_IsZero()
    {
        var scores = CocoKeypointEvaluation.Evaluate(Truth(Person(1, 1, 5, 5)), [], OneKeypoint);
        Assert.Equal((0, 0, 0), (scores.AP, scores.AR, scores.AP50));
    }

    [Fact]
    public void Evaluate_OfDetectionsInACrowd_IgnoresThemAll()
    {
        GroundTruthPerson crowd = Person(2, 1, 0, 0) with { Keypoints = new double[3], IsCrowd = true, Box = new Box(100, 100, 50, 50) };
        DetectedPerson[] detections = [Detection(1, 5, 5, 0.5), Detection(1, 120, 120, 0.9), Detection(1, 60, 60, 0.8), Detection(1, 190, 190, 0.7)];

        // (60, 60) and (190, 190) are outside the crowd's box, but inside it doubled about its centre.
        var scores = CocoKeypointEvaluation.Evaluate(Truth(Person(1, 1, 5, 5), crowd), detections, OneKeypoint);
        Assert.Equal(1, scores.AP, 12);

        // Somebody without labels takes one detection only, the best: the others are wrong, and ranked before the right one.
        GroundTruthPerson unlabelled = crowd with { IsCrowd = false };
        Assert.Equal(1 / 3.0, CocoKeypointEvaluation.Evaluate(Truth(Person(1, 1, 5, 5), unlabelled), detections, OneKeypoint).AP, 12);
    }

    [Fact]
    public void Evaluate_OfEqualScores_TakesTheOrderOfTheResults()
    {
        CocoGroundTruth truth = Truth(Person(1, 1, 5, 5));
        DetectedPerson right = Detection(1, 5, 5, 0.5), wrong = Detection(1, 5000, 5000, 0.5);

        Assert.Equal(1, CocoKeypointEvaluation.Evaluate(truth, [right, wrong], OneKeypoint).AP, 12);
        Assert.Equal(0.5, CocoKeypointEvaluation.Evaluate(truth, [wrong, right], OneKeypoint).AP, 12);
        Assert.Equal(0, CocoKeypointEvaluation.Evaluate(truth, [wrong, right], OneKeypoint with { MaxDetections = 1 }).AP);
    }

    [Fact]
    public void Evaluate_OfEqualScoresInTwoImages_TakesTheImageWithTheLowerNumberFirst()
    {
        var truth = new CocoGroundTruth([new CocoImage(9), new CocoImage(2)], [Person(1, 9, 5, 5)]);
        DetectedPerson right = Detection(9, 5, 5, 0.5), wrong = Detection(2, 5, 5, 0.5);

        Assert.Equal(0.5, CocoKeypointEvaluation.Evaluate(truth, [right, wrong], OneKeypoint).AP, 12);
    }

    [Fact]
    public void Evaluate_OfUnmatchedDetectionsOutsideAnArea_IgnoresThemThere()
    {
        CocoGroundTruth truth = Truth(Person(1, 1, 5, 5) with { Area = 2000 });
        DetectedPerson stray = Detection(1, 5000, 5000, 0.9) with { Area = 10 };

        var scores = CocoKeypointEvaluation.Evaluate(truth, [stray, Detection(1, 5, 5, 0.5)], OneKeypoint);

        Assert.Equal((0.5, 1), (Math.Round(scores.AP, 12), Math.Round(scores.APMedium, 12)));
    }

    [Fact]
    public void Evaluate_OfSomebodyWithIdZero_CountsTheMatchAsWrongAndWarns()
    {
        var scores = CocoKeypointEvaluation.Evaluate(Truth(Person(0, 1, 5, 5)), [Detection(1, 5, 5, 0.9)], OneKeypoint);
        Assert.Equal(0, scores.AP);
        Assert.Contains("id 0", Assert.Single(scores.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OfUnknownImages_LeavesThemOutAndWarns()
    {
        CocoGroundTruth truth = Truth(Person(1, 1, 5, 5));

        var scores = CocoKeypointEvaluation.Evaluate(truth, [Detection(1, 5, 5, 0.5), Detection(77, 5, 5, 0.9), Detection(78, 5, 5, 0.9)], OneKeypoint);

        Assert.Equal(1, scores.AP, 12);
        Assert.Equal("2 detections belong to 2 images without annotation entry, such as 77; they are left out.", Assert.Single(scores.Warnings));
        var error = Assert.Throws<ArgumentException>(() => CocoKeypointEvaluation.Evaluate(truth, [Detection(77, 5, 5, 0.9)], OneKeypoint));
        Assert.Contains("the first is of image 77", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OfWhatCannotBe_NamesIt()
    {
        CocoGroundTruth truth = Truth(Person(1, 1, 5, 5));
        AssertError("Detection 1 (image 1) has 6 keypoint numbers; 1 keypoints have 3", Detection(1, 5, 5, 1) with { Keypoints = new double[6] });
        AssertError("Detection 1 (image 1) has a score, area or coordinate that is not finite", Detection(1, 5, 5, double.NaN));
        AssertError("not finite", Detection(1, double.NaN, 5, 1));
        Assert.Contains(
            "1 keypoints, but there are 17 OKS sigmas",
            Assert.Throws<ArgumentException>(() => CocoKeypointEvaluation.Evaluate(truth, [])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "id 1 has no area",
            Assert.Throws<ArgumentException>(() => CocoKeypointEvaluation.Evaluate(Truth(Person(1, 1, 5, 5) with { Area = null }), [], OneKeypoint)).Message,
            StringComparison.Ordinal);

        void AssertError(string message, DetectedPerson person) => Assert.Contains(
            message,
            Assert.Throws<ArgumentException>(() => CocoKeypointEvaluation.Evaluate(truth, [person], OneKeypoint)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void BestDetections_OfEveryoneWhoCounts_FitBest()
    {
        var truth = new CocoGroundTruth(
            [new CocoImage(8), new CocoImage(3)],
            [Person(1, 8, 5, 5), Person(2, 8, 50, 5), Person(3, 3, 5, 5), Person(4, 8, 0, 0) with { IsCrowd = true }, Person(5, 8, 0, 0) with { KeypointCount = 0 }]);
        DetectedPerson near = Detection(8, 6, 5, 0.1), far = Detection(8, 30, 5, 0.9);

        IReadOnlyList<PersonMatch> matches = CocoKeypointEvaluation.BestDetections(truth, [far, near], OneKeypoint);

        Assert.Equal([3, 1, 2], matches.Select(match => match.Person.Id));
        Assert.Equal([null, near, far], matches.Select(match => match.Detection));
        Assert.Equal((0, Math.Round(Math.Exp(-1 / 0.04 / 2000 / 2), 12)), (matches[0].Oks, Math.Round(matches[1].Oks, 12)));
        Assert.Equal(Math.Exp(-400 / 0.04 / 2000 / 2), matches[2].Oks, 1e-12);
    }

    [Fact]
    public void ToTable_OfScores_IsTheRowOfAPaper()
    {
        var fixture = new CocoFixture("coco_example");

        ScoreTable table = CocoKeypointEvaluation.Evaluate(fixture.GroundTruth, fixture.Detections).ToTable();

        Assert.Equal(
            """
            | method | AP | AP50 | AP75 | AP_M | AP_L | AR | AR50 | AR75 | AR_M | AR_L |
            |:---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | a\|b | 0.861 | 0.993 | 0.911 | 0.776 | 0.937 | 0.875 | 1.000 | 0.917 | 0.780 | 0.943 |

            COCO keypoint AP and AR (pycocotools): OKS 0.50 to 0.95, 17 keypoints, 20 detections an image.

            """,
            table.ToMarkdown("a|b"));
        Assert.Equal(0.8608896054440609, table["AP"], 1e-15);
        Assert.Throws<KeyNotFoundException>(() => table["AP99"]);
    }

    private static CocoGroundTruth Truth(params GroundTruthPerson[] people) => new([new CocoImage(1)], people);

    private static GroundTruthPerson Person(long id, long imageId, double x, double y) => new()
    {
        Id = id,
        ImageId = imageId,
        Keypoints = new[] { x, y, 2 },
        Box = new Box(x - 5, y - 5, 10, 10),
        Area = 2000,
    };

    private static DetectedPerson Detection(long imageId, double x, double y, double score) =>
        new() { ImageId = imageId, Keypoints = new[] { x, y, 1 }, Score = score, Area = 2000 };
}
