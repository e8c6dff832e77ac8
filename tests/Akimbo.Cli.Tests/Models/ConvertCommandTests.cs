using Akimbo.Cli.Models;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Models;

public sealed class ConvertCommandTests : IDisposable
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
    [InlineData("a/hg.pth", "a/hg.akimbo")]
    [InlineData("model_best.pth.tar", "model_best.akimbo")]
    [InlineData("model.v2.PT.TAR", "model.v2.akimbo")]
    [InlineData("weights.safetensors", "weights.akimbo")]
    [InlineData("weights", "weights.akimbo")]
    public void DefaultTarget_Checkpoint_HasTheOtherExtension(string checkpoint, string expected) =>
        Assert.Equal(expected, ConversionReport.DefaultTarget(checkpoint));

    [Fact]
    public void Run_CheckpointWithoutAName_SaysWhatItMatchedAndPredictsWithoutAnotherWord()
    {
        MadeUpWeights.SaveZeros(_folder["hg.pth.tar"], "bearpaw-hourglass-1", prefix: "module.");
        new Imaging.Image(40, 60).Save(_folder["photo.png"]);

        Assert.Equal((ExitCode.Success, ""), (Run(_folder["hg.pth.tar"]), _error.ToString()));

        string[] lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("model    bearpaw-hourglass-1: stacked hourglass of pytorch-pose, top-down, MPII", lines[0]);
        Assert.Equal("network  BearpawHourglass, 3,586,960 parameters", lines[1]);
        Assert.Matches("^tensors  ([0-9]+) of \\1, the original's names after 'module.'$", lines[2]);
        Assert.Matches("^source   hg.pth.tar, SHA-256 [0-9a-f]{64}$", lines[3]);
        Assert.StartsWith($"wrote    {_folder["hg.akimbo"]}, 14.5 MB", lines[4], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        var (exitCode, table, error) = CommandProcess.Run("./akimbo predict photo.png --weights hg.akimbo --box 5,5,30,50", _folder.Path);
        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.StartsWith("photo.png: 1 person", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_WeightsOfSeveralModels_NamesTheOthers()
    {
        MadeUpWeights.SaveZeros(_folder["resnet.pth"], "pose-resnet-50");

        Assert.Equal(ExitCode.Success, Run(_folder["resnet.pth"]));
        Assert.Contains("The weights fit integral-resnet-50 as well; --model chooses.", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, Run(_folder["resnet.pth"], "--model", "integral-resnet-50", "--out", _folder["integral.akimbo"]));
        Assert.Contains("model    integral-resnet-50: ", _output.ToString(), StringComparison.Ordinal);
        Assert.Single(_output.ToString().Split('\n'), line => line.Contains("--model chooses", StringComparison.Ordinal));
        Assert.Equal(["integral.akimbo", "resnet.akimbo", "resnet.pth"], _folder.Files());
    }

    [Fact]
    public void Run_CheckpointOfOtherSizes_SaysWhatDiffersAndWhatComesNearest()
    {
        Assert.Equal(ExitCode.NothingDone, Run(Repository.Fixture("models/bearpaw_hg_narrow.pth.tar"), "--model", "hrnet-w32", "--out", _folder["a.akimbo"]));

        string[] lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("bearpaw_hg_narrow.pth.tar does not fit HighResolutionNet", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.StartsWith("  missing: ", StringComparison.Ordinal));
        Assert.StartsWith("  The model of the catalog that comes nearest is bearpaw-hourglass-2, of which 100 % of the names fit", lines[^1], StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Run_OutputThatIsTheInput_IsRefusedAndTheInputStays()
    {
        MadeUpWeights.SaveNarrowHourglass(_folder["hg.akimbo"]);
        byte[] before = File.ReadAllBytes(_folder["hg.akimbo"]);

        Assert.Equal(ExitCode.NothingDone, Run(_folder["hg.akimbo"]));
        Assert.Equal(ExitCode.NothingDone, Run(_folder["hg.akimbo"], "--out", _folder["./hg.akimbo"]));

        Assert.Contains("would replace the checkpoint", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["hg.akimbo"]));
    }

    [Theory]
    [InlineData("Did you mean 'hrnet-w32'", "none.pth", "--model", "hrnet-32")]
    [InlineData("none.pth", "none.pth")]
    [InlineData("Required argument 'IN' missing")]
    public void Run_WrongArguments_OneErrorAndNoFile(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.NothingDone, Run(arguments));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("akimbo: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    private int Run(params string[] arguments) => AkimboCommand.Run(["convert", .. arguments], _output, _error);
}
