using Akimbo.Networks.Onnx;

namespace Akimbo.Cli.Tests.Export;

public sealed class ExportCommandTests : IDisposable
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

    [Fact]
    public void Run_SmallInput_FileIsSoundAndComparedWhereARuntimeIs()
    {
        string path = _folder["model.onnx"];

        int exitCode = AkimboCommand.Run(["export", "lite-pose", "--random-weights", "1", "--size", "64x128", "--out", path], _output, _error);

        Assert.Equal((ExitCode.Success, ""), (exitCode, _error.ToString()));
        OnnxCheck.File(path);
        Assert.StartsWith($"{path}: lite-pose, input 64×128, opset 17, ", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains(OnnxRuntimePeer.Find() is null ? "not compared: ONNX Runtime is not here" : "ONNX Runtime: largest relative difference", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(["model.onnx"], _folder.Files());
    }

    [Theory]
    [InlineData("hourglass-2", "gives keypoints [N, K, 3]")]
    [InlineData("lite-pose", "heatmaps and tags are the outputs")]
    public void Run_WithDecoder_SaysWhatComesOut(string model, string expected)
    {
        Assert.Equal(ExitCode.Success, AkimboCommand.Run(
            ["export", model, "--random-weights", "1", "--size", "64x64", "--with-decoder", "--dynamic-batch", "--out", _folder["model.onnx"]], _output, _error));
        Assert.Contains(expected, _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lite-pose has no weights: give --weights FILE", "lite-pose")]
    [InlineData("Did you mean 'lite-pose'", "lite-pos", "--random-weights", "1")]
    [InlineData("--size 0x64 is no size", "lite-pose", "--random-weights", "1", "--size", "0x64")]
    [InlineData("--size 64 is no size", "lite-pose", "--random-weights", "1", "--size", "64")]
    [InlineData("Opset 12 was asked for; expected 13 to 23", "lite-pose", "--random-weights", "1", "--size", "64x64", "--opset", "12")]
    [InlineData("not both", "lite-pose", "--random-weights", "1", "--weights", "none.pth")]
    [InlineData("none.pth", "lite-pose", "--weights", "none.pth")]
    public void Run_WrongArguments_OneLineAndNoFile(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["export", .. arguments, "--out", _folder["model.onnx"]], _output, _error));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("akimbo: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_folder.Files());
    }

    [Fact]
    public void Run_FolderThatIsNot_OneLine()
    {
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["export", "lite-pose", "--random-weights", "1", "--size", "64x64", "--out", _folder["none/model.onnx"]], _output, _error));
        Assert.Contains("none/model.onnx does not exist", _error.ToString(), StringComparison.Ordinal);
    }
}
