using System.Text.Json;
using Akimbo.Models;

namespace Akimbo.Cli.Tests.Models;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Run_Table_ARowForEveryModel()
    {
        Assert.Equal((ExitCode.Success, ""), (AkimboCommand.Run(["models"], _output, _error), _error.ToString()));

        string[] lines = _output.ToString().Split('\n');
        foreach (string name in ModelCatalog.Names) Assert.Single(lines, line => line.StartsWith($"│ {name} ", StringComparison.Ordinal));
        string row = Assert.Single(lines, line => line.StartsWith("│ hrnet-w32 ", StringComparison.Ordinal));
        Assert.Equal(["hrnet-w32", "HRNet, top-down, COCO", "192 × 256", "17 of coco17", "28,536,113", "7.65"],
            row.Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Run_Json_EveryModelWithItsFigures()
    {
        Assert.Equal((ExitCode.Success, ""), (AkimboCommand.Run(["models", "--json"], _output, _error), _error.ToString()));

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(ModelCatalog.Names, json.RootElement.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
        var model = json.RootElement.EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "lite-pose");
        Assert.Equal("bottom-up", model.GetProperty("task").GetString());
        Assert.Equal("crowdpose14", model.GetProperty("skeleton").GetString());
        Assert.Equal((448, 448, 14), (model.GetProperty("input_width").GetInt32(), model.GetProperty("input_height").GetInt32(), model.GetProperty("keypoints").GetInt32()));
        Assert.Equal(3_533_808, model.GetProperty("parameters").GetInt64());
        Assert.InRange(model.GetProperty("multiply_adds").GetInt64(), 5_000_000_000, 6_000_000_000);
    }
}
