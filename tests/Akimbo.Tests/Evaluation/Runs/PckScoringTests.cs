using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using static Akimbo.Tests.Evaluation.Runs.MadeUpPeople;

namespace Akimbo.Tests.Evaluation.Runs;

public sealed class PckScoringTests
{
    private static readonly Skeleton Animal = Skeleton.Create("animal", ["head", "back", "tail"], limbs: []);

    [Theory]
    [InlineData(null, "MPII PCKh@0.5 (official)", 14.9, 100)]
    [InlineData(null, "MPII PCKh@0.5 (official)", 15, 0)]
    [InlineData(ScoreProtocol.PckhHighResolution, "MPII PCKh@0.5 (HRNet)", 15, 100)]
    [InlineData(ScoreProtocol.PckhPrinceton, "MPII PCKh@0.5 (princeton)", 15, 0)]
    [InlineData(ScoreProtocol.Pck, "PCK@0.2 of mpii16: at most 0.2 of the torso", 1, 100)]
    public void Score_Mpii_ByTheRuleNamed(ScoreProtocol? protocol, string name, double moved, double mean)
    {
        // A head box of 30 × 40 is a head size of 30.
        var person = Annotated(Mpii16.Skeleton, box: new Box(0, 0, 60, 60)) with { HeadBox = new Box(0, 0, 30, 40) };
        var scoring = new PckScoring([Sample(1, person)], Mpii16.Skeleton, Mpii16.Skeleton, protocol);

        ScoreReport report = scoring.Score([new ImagePrediction(1, "1.png", [Predicted(Mpii16.Skeleton, moved)])]);

        Assert.StartsWith(name, report.Table.Protocol, StringComparison.Ordinal);
        Assert.Equal(mean, report.Table.Scores[protocol == ScoreProtocol.PckhPrinceton ? ^1 : report.Table.Columns.ToList().IndexOf("Mean")].Value);
    }

    [Fact]
    public void Score_HeadSizeWithoutBox_IsTheLength()
    {
        var person = Annotated(Mpii16.Skeleton, box: new Box(0, 0, 60, 60)) with { HeadSize = 10 };
        ScoreReport report = new PckScoring([Sample(1, person)], Mpii16.Skeleton, Mpii16.Skeleton)
            .Score([new ImagePrediction(1, "1.png", [Predicted(Mpii16.Skeleton, 4.9)])]);
        Assert.Equal((100, 0), (report.Table["Mean"], report.Table["Mean@0.1"]));
    }

    [Fact]
    public void Score_SkeletonWithoutTorso_DividesByTheBox()
    {
        var scoring = new PckScoring([Sample(1, Annotated(Animal, box: new Box(0, 0, 10, 20)))], Animal, Animal, ScoreProtocol.Pck);

        Assert.Equal(100, scoring.Score([new ImagePrediction(1, "1.png", [Predicted(Animal, 4)])]).Table["Mean"]);
        Assert.Equal(0, scoring.Score([new ImagePrediction(1, "1.png", [Predicted(Animal, 4.1)])]).Table["Mean"]);
        Assert.Contains("of the box", scoring.Score([]).Table.Protocol, StringComparison.Ordinal);
    }

    [Fact]
    public void Cases_OneOfThreeKeypointsWrong_FitsByTwoThirds()
    {
        var truth = Annotated(Animal, box: new Box(0, 0, 10, 20));
        var predicted = Predicted(Animal);
        predicted = new Person([predicted.Keypoints[0], predicted.Keypoints[1], predicted.Keypoints[2] with { Position = new ImagePoint(2, 18) }], 1);
        var scoring = new PckScoring([Sample(1, truth, truth with { IsCrowd = true })], Animal, Animal, ScoreProtocol.Pck);

        PersonCase person = Assert.Single(scoring.Cases([new ImagePrediction(1, "1.png", [predicted])]));

        Assert.Equal(2 / 3.0, person.Fit, 12);
        Assert.Equal(0, Assert.Single(scoring.Cases([])).Fit);
    }

    [Fact]
    public void Score_NobodyPredicted_CountsAsWrongWithAWarning()
    {
        var scoring = new PckScoring([Sample(1, Annotated(Lsp14.Skeleton)), Sample(2, new AnnotatedPerson { Keypoints = new AnnotatedKeypoint[14] })], Lsp14.Skeleton, Lsp14.Skeleton);
        ScoreReport report = scoring.Score([]);

        Assert.Equal((0, 1), (report.Table["Mean"], report.AnnotatedPeople));
        Assert.Equal("1 annotated people overlap nobody predicted; all their keypoints count as wrong.", Assert.Single(report.Warnings));
    }

    [Theory]
    [InlineData(ScoreProtocol.Pckh, "Nobody annotated has a head box")]
    [InlineData(ScoreProtocol.PckhHighResolution, "is that of MPII's 16 keypoints")]
    [InlineData(ScoreProtocol.Coco, "does not count correct keypoints")]
    public void New_ProtocolThatDoesNotGo_SaysWhy(ScoreProtocol protocol, string problem)
    {
        var exception = Assert.Throws<ArgumentException>(() => new PckScoring([Sample(1, Annotated(Lsp14.Skeleton))], Lsp14.Skeleton, Lsp14.Skeleton, protocol));
        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
    }
}
