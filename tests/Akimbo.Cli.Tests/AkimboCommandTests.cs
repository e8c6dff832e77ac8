using Akimbo.Testing;

namespace Akimbo.Cli.Tests;

public sealed class AkimboCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("predict")]
    [InlineData("predict", "a.jpg")]
    [InlineData("predict", "a.jpg", "--weights")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--no-such-option")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--min-score", "many")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--min-score", "1.5")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--min-score", "NaN")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--threads", "-1")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,3")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,3,4,5")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,0,4")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,3,-4")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,NaN,4")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,3,1e300")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box", "1,2,3,4", "--box", "x")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--box")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--scales", "1,two")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--scales", "1,-1")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--scales", "")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--boxes", "b.json", "--min-box-score", "2")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--detector-model", "lite-pose")]
    [InlineData("predict", "a.jpg", "--weights", "w.pth", "--model", "lite-pose", "--box", "1,2,3,4")]
    [InlineData("convert")]
    [InlineData("convert", "a.pth", "b.pth")]
    [InlineData("models", "lite-pose")]
    [InlineData("predcit", "a.jpg")]
    public void Run_WrongCommandLine_ErrorLinesAndTwo(params string[] arguments)
    {
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(arguments, _output, _error));
        AssertOnlyErrorLines();
    }

    [Fact]
    public void Run_MissingSource_OneLineAndTwo()
    {
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["predict", _folder["none.jpg"], "--weights", "none.pth"], _output, _error));
        AssertOnlyErrorLines();
        Assert.Contains("none.jpg: no such file or folder", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MissingWeights_OneLineThatNamesThemAndTwo()
    {
        _folder.Touch("a.jpg");
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["predict", _folder["a.jpg"], "--weights", _folder["none.pth"]], _output, _error));
        AssertOnlyErrorLines();
        Assert.Contains("none.pth", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WeightsThatAreNone_OneLineAndTwo()
    {
        _folder.Touch("a.jpg", "empty.pth");
        File.WriteAllText(_folder["text.pth"], "these are no weights");
        foreach (string weights in (string[])["empty.pth", "text.pth"])
            Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["predict", _folder["a.jpg"], "--weights", _folder[weights]], _output, _error));
        AssertOnlyErrorLines();
        Assert.Equal(2, _error.ToString().Count(character => character == '\n'));
    }

    [Fact]
    public void Run_BoxesThatAreNone_OneLineThatNamesTheFileAndTwo()
    {
        _folder.Touch("a.jpg");
        File.WriteAllText(_folder["boxes.json"], """[{"image_id": 1, "bbox": [1, 2, -3, 4]}]""");
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["predict", _folder["a.jpg"], "--weights", "none.pth", "--boxes", _folder["boxes.json"]], _output, _error));
        AssertOnlyErrorLines();
        Assert.Contains("boxes.json: Detection 1 has a bbox of -3 × 4 pixels", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Nothing_HelpWithExamples()
    {
        Assert.Equal(ExitCode.Success, AkimboCommand.Run([], _output, _error));
        Assert.Contains("akimbo predict photo.jpg", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("doctor", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Version_TheVersionAlone()
    {
        string version = typeof(AkimboCommand).Assembly.GetName().Version!.ToString(3);
        Assert.Equal((ExitCode.Success, version + "\n", ""), CommandProcess.Run("./akimbo --version", _folder.Path));
    }

    [Fact]
    public void Run_Doctor_RuntimeProcessorAndEveryLibrary()
    {
        int exitCode = AkimboCommand.Run(["doctor"], _output, _error);
        foreach (string line in (string[])["runtime ", "processor ", "JPEG ", "PNG ", "WebP ", "drawing "])
            Assert.Contains(line, _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(exitCode == ExitCode.Success, _output.ToString().Contains("Everything works.", StringComparison.Ordinal));
    }

    [ReferenceDataFact]
    public void Run_ControlCInTheMiddle_NothingHalfWrittenAnd130()
    {
        string[] photos = [.. Enumerable.Range(0, 100).Select(i => $"in/{i}.jpg")];
        _folder.Link("golden/real_network/000000196141.jpg", photos);
        _folder.Link("weights/litepose-auto-crowdpose.pth", "weights.pth");

        var (exitCode, _, _) = CommandProcess.Run("timeout --foreground --preserve-status --signal INT 2 ./akimbo predict in --weights weights.pth --json people.json", _folder.Path);

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Equal(photos.Append("weights.pth").Order(StringComparer.Ordinal), _folder.Files());
    }

    private void AssertOnlyErrorLines()
    {
        Assert.Empty(_output.ToString());
        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.StartsWith("akimbo: ", line, StringComparison.Ordinal));
    }
}
