using System.Text.Json;
using System.Xml.Linq;

namespace Akimbo.Cli.Tests.Summary;

public sealed class SummaryCommandTests : IDisposable
{
    private const long LitePoseParameters = 3_533_808;
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
    public void Run_LitePose_LinePerLayerAndTotals()
    {
        Assert.Equal(ExitCode.Success, AkimboCommand.Run(["summary", "lite-pose", "--size", "640x448"], _output, _error));

        string text = _output.ToString();
        Assert.Contains("first.0.0 ", text, StringComparison.Ordinal);
        Assert.Contains("[1, 14, 224, 320]", text, StringComparison.Ordinal);
        Assert.Contains("parameters       3,533,808\n", text, StringComparison.Ordinal);
        Assert.Contains("lite-pose, input [1, 3, 448, 640], 343 layers", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Json_LayersSumToTheTotals()
    {
        Assert.Equal(ExitCode.Success, AkimboCommand.Run(["summary", "lite-pose", "--json"], _output, _error));

        var summary = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal(LitePoseParameters, summary.GetProperty("parameters").GetInt64());
        foreach (string name in (string[])["parameters", "multiply_adds", "activation_bytes"])
            Assert.Equal(summary.GetProperty(name).GetInt64(), summary.GetProperty("layers").EnumerateArray().Sum(layer => layer.GetProperty(name).GetInt64()));
    }

    [Fact]
    public void Run_Svg_DrawingWithTheModelsName()
    {
        Assert.Equal(ExitCode.Success, AkimboCommand.Run(["summary", "hourglass-2", "--size", "64x64", "--svg", _folder["hg.svg"], "--depth", "2"], _output, _error));

        var drawing = XDocument.Load(_folder["hg.svg"]);
        Assert.Contains("hourglass-2", drawing.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
        Assert.Contains("1,858,688 that nothing uses", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--depth must be 1 or more", "lite-pose", "--depth", "0")]
    [InlineData("There is no model 'nothing'", "nothing")]
    [InlineData("expected two of the same shape", "lite-pose", "--size", "100x100")]
    public void Run_WrongArguments_OneLine(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.NothingDone, AkimboCommand.Run(["summary", .. arguments], _output, _error));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }
}
