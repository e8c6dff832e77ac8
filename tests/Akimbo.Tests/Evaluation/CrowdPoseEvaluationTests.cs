using Akimbo.Datasets.Coco;
using Akimbo.Evaluation;
using Akimbo.Geometry;

namespace Akimbo.Tests.Evaluation;

public sealed class CrowdPoseEvaluationTests
{
    [Fact]
    public void Evaluate_ByCrowdIndex_ScoresEachClassOfImagesAlone()
    {
        // Below 0.2 is easy, 0.2 itself is medium, 0.8 itself is hard.
        CocoImage[] images = [Image(1, 0.19), Image(2, 0.2), Image(3, 0.79), Image(4, 0.8), Image(5, 1)];
        var truth = new CocoGroundTruth(images, images.Select(image => Person(image.Id, image.Id)));
        DetectedPerson[] detections = [Exact(1, 0.9), Exact(2, 0.8), Far(3, 0.7), Far(4, 0.9), Exact(5, 0.6)];

        CrowdPoseScores scores = CrowdPoseEvaluation.Evaluate(truth, detections);

        Assert.Equal(1, scores.APEasy);
        Assert.Equal(Math.Round(51 / 101.0, 4), scores.APMedium);      // One of two, found first: recall 0 to 0.50 at precision 1.
        Assert.Equal(Math.Round(0.5 * 51 / 101.0, 4), scores.APHard);  // One of two, found second.
        Assert.Equal(3 / 5.0, scores.AR, 12);
        Assert.Equal((0.6, 0.6), (scores.AR50, scores.AR75));
        // By score, with ties in the order of the images: right, wrong, right, wrong, right; recall 0.2, 0.4 and 0.6.
        double expected = (21 * 1 + 20 * (2 / 3.0) + 20 * (3 / 5.0)) / 101;
        Assert.Equal(expected, scores.AP, 12);
        Assert.Equal(expected, scores.AP50, 12);
        Assert.Equal(expected, scores.AP75, 12);
    }

    [Fact]
    public void Evaluate_TakesTheAreaFromTheBox()
    {
        GroundTruthPerson person = Person(1, 1) with { Area = 1e9 };
        double area = 0.53 * 100 * 200;
        double[] moved = [.. person.Keypoints.Span];
        // e = d² / (2σ)² / area / 2 for every keypoint, so that OKS is exp(−0.5) = 0.607: above 0.60, below 0.65.
        double[] sigmas = [.79, .79, .72, .72, .62, .62, 1.07, 1.07, .87, .87, .89, .89, .79, .79];
        for (int k = 0; k < 14; k++) moved[3 * k] += Math.Sqrt(0.5 * 2 * area) * 2 * sigmas[k] / 10;

        var scores = CrowdPoseEvaluation.Evaluate(
            new CocoGroundTruth([Image(1, 0.5)], [person]), [new DetectedPerson { ImageId = 1, Keypoints = moved, Score = 1 }]);

        Assert.Equal(0.3, scores.AP, 12);
        Assert.Equal((1, 0), (Math.Round(scores.AP50, 12), scores.AP75));
        Assert.Equal((-1, 0.3, -1), (scores.APEasy, scores.APMedium, scores.APHard));
    }

    [Fact]
    public void Evaluate_WithoutImagesOfAClass_IsMinusOneAndSaysWhy()
    {
        ScoreTable table = CrowdPoseEvaluation.Evaluate(new CocoGroundTruth([Image(1, 0.9)], [Person(1, 1)]), [Exact(1, 1)]).ToTable();

        Assert.Equal(["AP", "AP50", "AP75", "AR", "AR50", "AR75", "AP_easy", "AP_medium", "AP_hard"], table.Columns);
        Assert.Equal(["1.000", "1.000", "1.000", "1.000", "1.000", "1.000", "-1", "-1", "1.000"], table.Cells);
        Assert.Equal("AP_easy: -1, nobody with labelled keypoints is in an image with a crowd index below 0.2", table.Explanations[0]);
        Assert.StartsWith("CrowdPose AP and AR (crowdposetools)", table.Protocol, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OfImagesWithoutCrowdIndex_NamesTheImage()
    {
        var error = Assert.Throws<ArgumentException>(() => CrowdPoseEvaluation.Evaluate(new CocoGroundTruth([new CocoImage(7)], []), []));
        Assert.Contains("Image 7 has no crowdIndex", error.Message, StringComparison.Ordinal);
    }

    private static CocoImage Image(long id, double crowdIndex) => new(id, CrowdIndex: crowdIndex);

    private static GroundTruthPerson Person(long id, long imageId) =>
        new() { Id = id, ImageId = imageId, Keypoints = Keypoints(shift: 0), Box = new Box(0, 0, 100, 200) };

    private static DetectedPerson Exact(long imageId, double score) => new() { ImageId = imageId, Keypoints = Keypoints(shift: 0), Score = score };

    private static DetectedPerson Far(long imageId, double score) => new() { ImageId = imageId, Keypoints = Keypoints(shift: 1000), Score = score };

    private static double[] Keypoints(double shift) =>
        [.. Enumerable.Range(0, 14).SelectMany(k => new[] { 10.0 * k + shift, 15.0 * k, 2 })];
}
