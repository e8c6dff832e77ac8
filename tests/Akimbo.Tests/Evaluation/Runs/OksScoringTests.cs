using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using static Akimbo.Tests.Evaluation.Runs.MadeUpPeople;

namespace Akimbo.Tests.Evaluation.Runs;

public sealed class OksScoringTests
{
    private static readonly Skeleton Animal = Skeleton.Create("animal", ["head", "back", "tail"], [new(0, 1), new(1, 2)]);

    [Fact]
    public void Score_NeitherSigmasNorAreas_TakesAThirdAndHalfTheBoxAndSaysSo()
    {
        // e = d² / (2σ)² / area / 2; with σ = 1/3 and area 0.53 × 10 × 10, OKS is exp(−0.5) at d = 2/3 √53, between 0.60 and 0.65.
        double area = 0.53 * 100, distance = 2 / 3.0 * Math.Sqrt(area);
        var truth = SampleGroundTruth.Of([Sample(1, Annotated(Animal, box: new Box(0, 0, 10, 10)))]);

        ScoreReport report = new OksScoring(truth, Animal, Animal).Score([new ImagePrediction(1, "1.png", [Predicted(Animal, distance)])]);

        Assert.Equal(0.3, report.Table["AP"], 12);
        Assert.Contains("3 keypoints", report.Table.Protocol, StringComparison.Ordinal);
        Assert.Equal(
            ["OKS sigmas: 1/3 for each of the 3 keypoints, as none have been measured.", "Areas: 0.53 of the box for 1 of 1 people, whose area is not annotated."],
            report.Notes);
    }

    [Fact]
    public void Score_PeopleWithoutBox_TakeTheOneAroundTheirKeypoints()
    {
        var truth = SampleGroundTruth.Of([Sample(1, Annotated(Animal), Annotated(Animal, x: 50) with { Area = 7 })]);

        Assert.Equal(new Box(0, 0, 2, 4), truth.People[0].Box);
        Assert.Equal([1L, 2L], truth.People.Select(person => person.Id));
        Assert.Equal([null, 7], truth.People.Select(person => person.Area));
    }

    [Fact]
    public void Score_CrowdAndUnlabelledPeople_AreIgnored()
    {
        AnnotatedPerson crowd = new() { Keypoints = new AnnotatedKeypoint[3], Box = new Box(0, 0, 100, 100), IsCrowd = true };
        var truth = SampleGroundTruth.Of([Sample(1, Annotated(Animal, box: new Box(0, 0, 10, 10)), crowd, crowd with { IsCrowd = false })]);

        ScoreReport report = new OksScoring(truth, Animal, Animal).Score([new ImagePrediction(1, "1.png", [Predicted(Animal), Predicted(Animal, x: 60, score: 1)])]);

        Assert.Equal(1, report.AnnotatedPeople);
        Assert.Equal(1, report.Table["AP"], 12);
    }

    [Fact]
    public void Cases_TwoPeople_WorstFirst()
    {
        var truth = SampleGroundTruth.Of([Sample(1, Annotated(Animal, box: new Box(0, 0, 10, 10))), Sample(2, Annotated(Animal, box: new Box(0, 0, 10, 10)))]);
        var scoring = new OksScoring(truth, Animal, Animal);

        var cases = scoring.Cases([new ImagePrediction(1, "1.png", [Predicted(Animal)]), new ImagePrediction(2, "2.png", [])]);

        Assert.Equal([2L, 1L], PersonCase.Worst(cases, count: 5).Select(person => person.ImageId));
        Assert.Equal((0, null), (cases[1].Fit, cases[1].Predicted));
        Assert.Equal(1, cases[0].Fit);
        Assert.Equal(new ImagePoint(2, 4), cases[0].Truth["tail"].Position);
        Assert.Equal(2, scoring.Scored.Limbs.Count);
    }

    [Fact]
    public void Scored_SharedKeypoints_KeepTheirLimbs()
    {
        var scoring = new OksScoring(SampleGroundTruth.Of([Sample(1, Annotated(Coco17.Skeleton))]), Coco17.Skeleton, CrowdPose14.Skeleton);

        Assert.Equal(12, scoring.Scored.Keypoints.Count);
        Assert.All(scoring.Scored.Limbs, limb => Assert.Contains(
            new Limb(Coco17.Skeleton.IndexOf(scoring.Scored.Keypoints[limb.From]), Coco17.Skeleton.IndexOf(scoring.Scored.Keypoints[limb.To])), Coco17.Skeleton.Limbs));
        Assert.NotEmpty(scoring.Scored.Limbs);
    }

    [Fact]
    public void New_ProtocolOfCorrectKeypoints_IsRefused() => Assert.Throws<ArgumentException>(
        () => new OksScoring(SampleGroundTruth.Of([Sample(1, Annotated(Animal))]), Animal, Animal, ScoreProtocol.Pck));
}
