using Akimbo.Datasets;
using Akimbo.Datasets.Labelling;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Datasets.Labelling;

public sealed class ModelLabelsTests
{
    private static readonly Skeleton Annotated = Skeleton.Create("three", ["neck", "left_hip", "right_hip"], []);
    private static readonly Skeleton Predicted = Skeleton.Create("five", ["right_hip", "left_hip", "head", "neck", "chin"], []);
    private static readonly Skeleton Target = Skeleton.Create("four", ["head_top", "neck", "left_hip", "right_hip"], []);

    [Fact]
    public void Label_SomebodyWhoAgrees_FillsInWhatIsNotAnnotated()
    {
        PoseSample labelled = Label([Annotation((50, 20), (60, 80), null)], [Found(0.9f, (42, 80), (61, 79), (50, 5), (51, 21))]);

        AnnotatedPerson person = Assert.Single(labelled.People);
        Assert.Equal([(50, 5), (50, 20), (60, 80), (42, 80)], Places(person));
    }

    [Fact]
    public void Label_SomebodyWhoDisagreesAtTheSamePlace_ChangesNothing()
    {
        PoseSample labelled = Label([Annotation((50, 20), (60, 80), null)], [Found(0.9f, (42, 80), (50, 20), (60, 5), (60, 80))]);

        Assert.Equal([null, (50, 20), (60, 80), null], Places(Assert.Single(labelled.People)));
    }

    [Fact]
    public void Label_SomebodyElse_BecomesAPersonWithTheKeypointsThatAreBelieved()
    {
        Person stranger = Found(0.9f, (242, 80), (261, 79), (250, 5), (251, 21));
        stranger = new Person([.. stranger.Keypoints.Select((keypoint, k) => k == 0 ? keypoint with { Score = 0.1f } : keypoint)], stranger.Score);
        PoseSample labelled = Label([Annotation((50, 20), (60, 80), (40, 80))], [stranger]);

        Assert.Equal(2, labelled.People.Count);
        Assert.Equal([(250, 5), (251, 21), (261, 79), null], Places(labelled.People[1]));
    }

    [Fact]
    public void Label_SomebodyUnsure_BecomesARegionToIgnore()
    {
        PoseSample labelled = Label([Annotation((50, 20), (60, 80), (40, 80))], [Found(0.1f, (242, 80), (261, 79), (250, 5), (251, 21))]);

        Assert.Equal(0, labelled.People[1].LabelledCount);
        bool[] ignored = labelled.IgnoredPixels(300, 100).Pixels.ToArray();
        Assert.True(ignored[50 * 300 + 250]);
        Assert.False(ignored[50 * 300 + 50]);
    }

    [Fact]
    public void Label_PieceOfAnAnnotatedPerson_IsLeftOut()
    {
        Assert.Single(Label([Annotation((50, 20), (80, 80), (20, 80))], [Found(0.1f, null, null, (30, 62), (26, 70))]).People);
    }

    [Fact]
    public void Label_NobodyFound_KeepsEveryoneInTheKeypointsOfTheLabels()
    {
        Assert.Equal([null, (50, 20), (60, 80), (40, 80)], Places(Assert.Single(Label([Annotation((50, 20), (60, 80), (40, 80))], []).People)));
    }

    [Fact]
    public void Constructor_SkeletonsWithNothingInCommon_NamesBoth()
    {
        var other = Skeleton.Create("hand", ["thumb"], []);
        string message = Assert.Throws<ArgumentException>(() => new ModelLabels(Annotated, other, Target)).Message;
        Assert.Contains("hand", message, StringComparison.Ordinal);
        Assert.Contains("thumb", message, StringComparison.Ordinal);
    }

    private static PoseSample Label(IReadOnlyList<AnnotatedPerson> people, IReadOnlyList<Person> found)
    {
        var options = new ModelLabelsOptions { MinKeypoints = 2 };
        return new ModelLabels(Annotated, Predicted, Target, options).Label(new PoseSample { ImagePath = "a.jpg", ImageId = 1, People = people }, found);
    }

    private static AnnotatedPerson Annotation(params (double X, double Y)?[] places) => new()
    {
        Keypoints = [.. places.Select(place => place is var (x, y) ? new AnnotatedKeypoint(new ImagePoint(x, y), KeypointVisibility.Visible) : default)],
    };

    private static Person Found(float score, params (double X, double Y)?[] places) => new(
        [.. Predicted.Keypoints.Select((name, k) => k < places.Length && places[k] is var (x, y) ? new Keypoint(name, new ImagePoint(x, y), 0.8f) : new Keypoint(name, default, 0))],
        score);

    private static (double X, double Y)?[] Places(AnnotatedPerson person) =>
        [.. person.Keypoints.Select(keypoint => keypoint.IsLabelled ? ((double, double)?)(keypoint.Position.X, keypoint.Position.Y) : null)];
}
