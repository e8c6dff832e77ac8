using Akimbo.Datasets;
using Akimbo.Datasets.Checks;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets.Checks;

public sealed class DatasetCheckTests : IDisposable
{
    private static readonly DatasetCheckOptions WithoutFiles = new() { ReadsFiles = false };

    // A standing person facing the camera, in LSP's order.
    private static readonly ImagePoint[] Standing =
    [
        new(40, 180), new(40, 140), new(42, 100), new(58, 100), new(60, 140), new(60, 180),
        new(20, 100), new(25, 75), new(35, 50), new(65, 50), new(75, 75), new(80, 100), new(50, 42), new(50, 15),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-check").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_SoundPeople_FindsNothing()
    {
        Picture("a.png", shade: 1);
        Picture("b.png", shade: 2);
        var report = Check([Sample("a.png", Person(0)), Sample("b.png", Person(1))], DatasetCheckOptions.Default);
        Assert.Empty(report.Findings);
        Assert.Contains("2 pictures, 2 people, 28 labelled keypoints, lsp14", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("No problems found", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Files_FindsMissingDamagedCopiedAndMisjudged()
    {
        Picture("a.png", shade: 1);
        Picture("copy.png", shade: 1);
        File.WriteAllText(Path.Combine(_folder, "text.png"), "no picture");
        var report = Check(
        [
            Sample("a.png", Person(0)), Sample("copy.png", Person(0)), Sample("text.png", Person(0)), Sample("none.png", Person(0)),
            Sample("a.png", Person(0)) with { Width = 7, Height = 200 },
        ], DatasetCheckOptions.Default);

        Assert.Equal(1, report.Find(DatasetProblem.MissingFile)!.Count);
        Assert.Equal(1, report.Find(DatasetProblem.UnreadableFile)!.Count);
        Assert.Equal(["a.png is listed twice", "copy.png has the bytes of a.png"], report.Find(DatasetProblem.DuplicateFile)!.Examples);
        Assert.Equal("a.png is 100×200, annotated 7×200", report.Find(DatasetProblem.WrongSize)!.Examples[0]);
    }

    [Fact]
    public void Run_KeypointsOutside_NamesThem()
    {
        AnnotatedPerson person = Person(0) with { Box = new Box(10, 10, 80, 120) };
        var report = Check([Sample("a.png", person) with { Width = 100, Height = 181 }, Sample("b.png", person) with { Width = 100, Height = 180 }], WithoutFiles);

        Assert.Equal(["b.png, person 1: right_ankle at (40, 180) of 100×180", "b.png, person 1: left_ankle at (60, 180) of 100×180"], report.Find(DatasetProblem.KeypointOutsideImage)!.Examples);
        Assert.Equal(4, report.Find(DatasetProblem.KeypointOutsideBox)!.Count);
    }

    [Fact]
    public void Run_NoArea_CountsEachPersonOnce()
    {
        var point = new AnnotatedPerson { Keypoints = [.. Standing.Select(_ => new AnnotatedKeypoint(new ImagePoint(5, 5), KeypointVisibility.Visible))] };
        var report = Check([Sample("a.png", Person(0) with { Area = 0 }), Sample("b.png", Person(0) with { Box = new Box(20, 15, 60, 0), Area = 1 }), Sample("c.png", point)], WithoutFiles);
        Assert.Equal(3, report.Find(DatasetProblem.ZeroArea)!.Count);
    }

    [Fact]
    public void Run_PersonTwice_IsFoundByKeypointsOrBox()
    {
        AnnotatedPerson boxOnly = new() { Keypoints = new AnnotatedKeypoint[14], Box = new Box(0, 0, 50, 50) };
        var report = Check(
        [
            Sample("a.png", Person(0), Person(1)),
            Sample("b.png", boxOnly, boxOnly with { Box = new Box(0, 1, 50, 50) }),
            Sample("c.png", Person(0), Person(40), boxOnly, boxOnly with { IsCrowd = true }),
        ], WithoutFiles);
        Assert.Equal(["a.png: persons 1 and 2", "b.png: persons 1 and 2"], report.Find(DatasetProblem.DuplicatePerson)!.Examples);
    }

    [Fact]
    public void Run_SwappedKnees_AreUnlikely()
    {
        var random = new Random(1);
        var samples = Enumerable.Range(0, 200).Select(i => Sample($"{i}.png", Noisy(random))).ToList();
        samples[17] = Sample("17.png", Swap(samples[17].People[0], 1, 4));
        samples[99] = Sample("99.png", Swap(Swap(Swap(samples[99].People[0], 0, 5), 1, 4), 2, 3));

        var finding = Check(samples, WithoutFiles).Find(DatasetProblem.SwappedSides)!;
        Assert.Equal(2, finding.Count);
        Assert.Contains(finding.Examples, example => example.StartsWith("17.png, person 1:", StringComparison.Ordinal));
        Assert.Contains("99.png, person 1: shoulder and hip cross", string.Join('\n', finding.Examples), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WrongFlipPairs_AreFound()
    {
        string[] names = [.. Lsp14.Skeleton.Keypoints];
        (names[0], names[11]) = (names[11], names[0]);
        var skeleton = Skeleton.Create("wrong", names, limbs: []);
        var random = new Random(1);
        var samples = Enumerable.Range(0, 100).Select(i => Sample($"{i}.png", Noisy(random))).ToList();

        var wrong = DatasetCheck.Run(new PoseDataset("test", skeleton, samples), WithoutFiles).Find(DatasetProblem.WrongFlipPair)!;
        Assert.Equal(2, wrong.Count);
        Assert.StartsWith("left_wrist and right_wrist", wrong.Examples[0], StringComparison.Ordinal);
        Assert.Null(Check(samples, WithoutFiles).Find(DatasetProblem.WrongFlipPair));
    }

    [Fact]
    public void Run_EverybodyMirrored_IsASign()
    {
        var skeleton = Skeleton.Create("with nose", ["nose", "left_shoulder", "right_shoulder", "left_hip", "right_hip"], limbs: []);
        PoseSample[] samples = [.. Enumerable.Range(0, 50).Select(i => Sample($"{i}.png", Of(new(50, 10), new(40, 30), new(60, 30), new(40, 60), new(60, 60))))];
        var finding = DatasetCheck.Run(new PoseDataset("test", skeleton, samples), WithoutFiles).Find(DatasetProblem.MirroredSides)!;
        Assert.Contains("of 50 upright people whose nose is seen, only 0", finding.Examples[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ManyProblems_KeepsFewExamplesAndOneScreen()
    {
        var report = Check([.. Enumerable.Range(0, 500).Select(i => Sample($"{i}.png", Person(0), Person(0) with { Area = 0, Box = new Box(0, 0, 1, 1) }) with { Width = 30, Height = 30 })], WithoutFiles);
        Assert.All(report.Findings, finding => Assert.InRange(finding.Examples.Count, 1, 3));
        Assert.Equal(500, report.Find(DatasetProblem.DuplicatePerson)!.Count);
        Assert.InRange(report.ToString().Split('\n').Length, 5, 40);
    }

    [ReferenceDataFact]
    public void Run_Lspet_ReportsItsKnownDefectsOnOneScreen()
    {
        var report = DatasetCheck.Run(LspDataset.Load(Repository.Reference("data/lspet")));
        Assert.InRange(report.Find(DatasetProblem.KeypointOutsideImage)!.Count, 10, 1000);
        Assert.InRange(report.Find(DatasetProblem.SwappedSides)!.Count, 10, 200);
        Assert.Null(report.Find(DatasetProblem.WrongFlipPair));
        Assert.Null(report.Find(DatasetProblem.MissingFile));
        Assert.InRange(report.ToString().Split('\n').Length, 3, 40);
    }

    private static DatasetReport Check(IReadOnlyList<PoseSample> samples, DatasetCheckOptions options) =>
        DatasetCheck.Run(new PoseDataset("test", Lsp14.Skeleton, [.. samples]), options);

    private static AnnotatedPerson Person(double shift) => Of([.. Standing.Select(point => new ImagePoint(point.X + shift, point.Y))]);

    private static AnnotatedPerson Noisy(Random random) =>
        Of([.. Standing.Select(point => new ImagePoint(point.X + 4 * random.NextDouble(), point.Y + 4 * random.NextDouble()))]);

    private static AnnotatedPerson Of(params ImagePoint[] points) =>
        new() { Keypoints = [.. points.Select(point => new AnnotatedKeypoint(point, KeypointVisibility.Visible))] };

    private static AnnotatedPerson Swap(AnnotatedPerson person, int first, int second)
    {
        AnnotatedKeypoint[] keypoints = [.. person.Keypoints];
        (keypoints[first], keypoints[second]) = (keypoints[second], keypoints[first]);
        return person with { Keypoints = keypoints };
    }

    private PoseSample Sample(string name, params AnnotatedPerson[] people) =>
        new() { ImagePath = Path.Combine(_folder, name), ImageId = 1, People = people };

    private void Picture(string name, byte shade)
    {
        var image = new Image(100, 200);
        image.Pixels.Span.Fill(shade);
        image.Save(Path.Combine(_folder, name));
    }
}
