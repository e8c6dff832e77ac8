using System.Text;
using System.Text.Json;
using Akimbo.Cli.Prediction;
using Akimbo.Geometry;
using Akimbo.Imaging;

namespace Akimbo.Cli.Tests.Prediction;

public sealed class PredictRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    private string Output => Encoding.UTF8.GetString(_output.ToArray());

    private string[] Errors => _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Execute_ThousandFilesTwoBroken_OthersInTheResultsAndFailureReported()
    {
        for (int i = 1; i <= 1000; i++) _folder.Touch(i is 3 or 700 ? $"in/broken{i}.jpg" : $"in/{i:000000000000}.jpg");

        int exitCode = Run(["in"], json: "people.json");

        Assert.Equal(ExitCode.SomeFailed, exitCode);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["people.json"]));
        var ids = json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("image_id").GetInt64());
        Assert.Equal(Enumerable.Range(1, 1000).Except([3, 700]).Select(id => (long)id), ids);
        Assert.Equal(3, Errors.Length);
        Assert.Contains("broken3.jpg: the data ends too soon. second line", Errors[0], StringComparison.Ordinal);
        Assert.Contains("2 of 1000 images", Errors[2], StringComparison.Ordinal);
        Assert.Empty(Output);
    }

    [Fact]
    public void Execute_EverythingFine_SuccessAndSilence()
    {
        _folder.Touch("in/a.jpg", "in/b.jpg");
        Assert.Equal(ExitCode.Success, Run(["in"], json: "people.json"));
        Assert.Empty(Errors);
    }

    [Fact]
    public void Execute_JsonLines_EachLineThereBeforeTheNextImage()
    {
        _folder.Touch("in/1.jpg", "in/2.jpg", "in/3.jpg");
        var linesBefore = new List<int>();
        var estimator = new FakeEstimator { OnEstimate = _ => linesBefore.Add(Output.Count(character => character == '\n')) };

        Run(["in"], json: "-", estimator: estimator);

        Assert.Equal([0, 1, 2], linesBefore);
        var lines = Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["1.jpg", "2.jpg", "3.jpg"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("file_name").GetString()));
    }

    [Fact]
    public void Execute_StoppedInTheMiddle_NoResultsFileAndNoLeftovers()
    {
        _folder.Touch("in/1.jpg", "in/2.jpg", "in/3.jpg");
        using var stop = new CancellationTokenSource();
        var estimator = new FakeEstimator { OnEstimate = path => { if (path.EndsWith("2.jpg", StringComparison.Ordinal)) stop.Cancel(); } };

        int exitCode = Run(["in"], json: "people.json", estimator: estimator, stop: stop.Token);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Equal(["in/1.jpg", "in/2.jpg", "in/3.jpg"], _folder.Files());
        Assert.Contains("stopped after 2 of 3", Assert.Single(Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_Overlays_PicturesOfTheSameSizeWithThePersonDrawn()
    {
        WritePicture("in/a.png");
        WritePicture("in/b.jpg");

        Assert.Equal(ExitCode.Success, Run(["in"], overlays: "drawn"));

        Assert.Equal(["drawn/a.png", "drawn/b.jpg", "in/a.png", "in/b.jpg"], _folder.Files());
        var overlay = Image.Load(_folder["drawn/a.png"]);
        Assert.Equal((32, 24), (overlay.Width, overlay.Height));
        Assert.True(overlay.Pixels.Span.ContainsAnyExcept((byte)0));
        Assert.Empty(Output);
    }

    [Fact]
    public void Execute_Heatmaps_PicturesOfTheSameSizeWithTheHeadsMapBesideTheTable()
    {
        WritePicture("in/a.png");
        WritePicture("in/b.jpg");

        Assert.Equal(ExitCode.Success, Run(["in"], heatmaps: "seen"));

        Assert.Equal(["in/a.png", "in/b.jpg", "seen/a.png", "seen/b.jpg"], _folder.Files());
        var seen = Image.Load(_folder["seen/a.png"]);
        Assert.Equal((32, 24), (seen.Width, seen.Height));
        Assert.True(seen.Row(4)[3 * 8 + 2] > 200); // Blue at (8, 4).
        Assert.Equal(0, seen.Row(20)[3 * 24 + 2]);
        Assert.StartsWith("a.png: 1 person\n", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_OverlaysAndHeatmapsOfStandardInput_Both()
    {
        byte[] picture = new Image(32, 24).Encode(ImageFormat.Png);
        Assert.Equal(ExitCode.Success, Run(["-"], overlays: "out.png", heatmaps: "seen.png", input: picture));
        Assert.Equal(["out.png", "seen.png"], _folder.Files());
        Assert.NotEqual(Image.Load(_folder["out.png"]).Pixels.ToArray(), Image.Load(_folder["seen.png"]).Pixels.ToArray());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("seen", true)]
    public void Execute_HeatmapsAreKept_OnlyWhereTheyAreDrawn(string? heatmaps, bool expected)
    {
        WritePicture("in/a.png");
        var estimator = new FakeEstimator();
        Run(["in"], overlays: "drawn", heatmaps: heatmaps, estimator: estimator);
        Assert.Equal([expected], estimator.KeptHeatmaps);
    }

    [Fact]
    public void Execute_OverlayCannotBeDrawn_ReportedAndOthersFinished()
    {
        WritePicture("in/a.png");
        _folder.Touch("in/empty.png");

        Assert.Equal(ExitCode.SomeFailed, Run(["in"], overlays: "drawn"));

        Assert.Equal(["drawn/a.png", "in/a.png", "in/empty.png"], _folder.Files());
        Assert.Contains("empty.png", Errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_StandardInput_IsDecodedAndNamedStdin()
    {
        byte[] picture = new Image(32, 24).Encode(ImageFormat.Png);
        Assert.Equal(ExitCode.Success, Run(["-"], json: "-", overlays: "out.png", input: picture));
        Assert.Equal("stdin", JsonDocument.Parse(Output).RootElement.GetProperty("file_name").GetString());
        Assert.Equal(["out.png"], _folder.Files());
    }

    [Fact]
    public void Execute_PlannedBoxes_ReachTheEstimator()
    {
        _folder.Touch("in/1.jpg", "in/2.jpg");
        File.WriteAllText(_folder["boxes.json"], """[{"image_id": 2, "bbox": [1, 2, 3, 4]}]""");
        var estimator = new FakeEstimator();
        var plan = PredictPlan.Make([_folder["in"]], recursive: false, overlayOutput: null, jsonOutput: _folder["people.json"])
            .WithBoxes(new BoxSource { DetectionsFile = _folder["boxes.json"] });

        Assert.Equal(ExitCode.Success, new PredictRun(plan, estimator, new PredictConsole(Stream.Null, _output, _error, isInteractive: false)).Execute());

        Assert.Equal([[], [new PersonBox(new Box(1, 2, 3, 4))]], estimator.Boxes);
    }

    [Fact]
    public void Execute_NoOutputNamed_TableForReading()
    {
        _folder.Touch("in/a.jpg");
        Assert.Equal(ExitCode.Success, Run(["in"]));
        Assert.StartsWith("a.jpg: 1 person\n", Output, StringComparison.Ordinal);
        Assert.Contains("head (8, 4), neck (8, 12)", Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_MissingSourceAmongOthers_ReportedAndCounted()
    {
        _folder.Touch("a.jpg");
        Assert.Equal(ExitCode.SomeFailed, Run(["none.jpg", "a.jpg"], json: "people.json"));
        Assert.Contains("none.jpg: no such file", Errors[0], StringComparison.Ordinal);
        Assert.Contains("1 of 2 images", Errors[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Execute_InteractiveTerminal_BarWhichIsClearedBeforeMessages()
    {
        _folder.Touch("in/1.jpg", "in/broken.jpg");
        Run(["in"], json: "people.json", isInteractive: true);
        Assert.Contains("0/2", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\r\e[Kakimbo: ", _error.ToString(), StringComparison.Ordinal);
    }

    private int Run(
        string[] sources, string? json = null, string? overlays = null, string? heatmaps = null, byte[]? input = null,
        FakeEstimator? estimator = null, bool isInteractive = false, CancellationToken stop = default)
    {
        var plan = PredictPlan.Make(
            [.. sources.Select(source => source == "-" ? source : _folder[source])], recursive: false,
            overlayOutput: overlays is null ? null : _folder[overlays], jsonOutput: json is null or "-" ? json : _folder[json],
            heatmapOutput: heatmaps is null ? null : _folder[heatmaps]);
        using var inputStream = new MemoryStream(input ?? []);
        var console = new PredictConsole(inputStream, _output, _error, isInteractive);
        return new PredictRun(plan, estimator ?? new FakeEstimator(), console).Execute(stop);
    }

    private void WritePicture(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        new Image(32, 24).Save(_folder[name]);
    }
}
