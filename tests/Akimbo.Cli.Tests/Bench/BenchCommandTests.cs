using System.Text.Json;

namespace Akimbo.Cli.Tests.Bench;

public sealed class BenchCommandTests : IDisposable
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
    public void Run_ThreadsAndBatches_ALineForEach()
    {
        Assert.Equal(ExitCode.Success, Run("lite-pose", "--size", "64x64", "--threads", "1,2", "--batch", "1,3", "--rounds", "2"));

        string text = _output.ToString();
        string[] lines = [.. text.Split('\n').Where(line => line.StartsWith("│ lite-pose", StringComparison.Ordinal))];
        Assert.Equal(["[1, 3, 64, 64]", "[1, 3, 64, 64]", "[3, 3, 64, 64]", "[3, 3, 64, 64]"], lines.Select(line => line.Split('│', StringSplitOptions.TrimEntries)[2]));
        Assert.Equal(["1", "2", "1", "2"], lines.Select(line => line.Split('│', StringSplitOptions.TrimEntries)[3]));
        Assert.Contains("peak of 1 thread: ", text, StringComparison.Ordinal);
        Assert.Contains("peak of 2 threads: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ProfileAndJson_EveryLayerWithItsMultiplyAdds()
    {
        Assert.Equal(ExitCode.Success, Run("lite-pose", "--size", "64x64", "--threads", "1", "--rounds", "2", "--profile", "--json", _folder["bench.json"]));

        using var json = JsonDocument.Parse(File.ReadAllText(_folder["bench.json"]));
        var timing = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal(2, timing.GetProperty("milliseconds").GetArrayLength());
        Assert.True(timing.GetProperty("peak_gigaflops").GetDouble() > 0);
        var layers = timing.GetProperty("layers").EnumerateArray().ToList();
        Assert.Equal(timing.GetProperty("multiply_adds").GetInt64(), layers.Sum(layer => layer.GetProperty("multiply_adds").GetInt64()));
        Assert.Contains($"the slowest of {layers.Count} layers", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("│ Conv2d ", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Tune_KeepsCostsThatTheNextProcessReads()
    {
        string command = $"AKIMBO_COSTS='{_folder["costs.txt"]}' ./akimbo bench lite-pose --size 64x64 --threads 1 --rounds 1";

        var (exitCode, output, error) = CommandProcess.Run($"{command} --tune", _folder.Path);
        Assert.True(exitCode == ExitCode.Success, error);
        Assert.Contains("reading from memory", output, StringComparison.Ordinal);
        Assert.Contains($"kept in {_folder["costs.txt"]}", output, StringComparison.Ordinal);
        Assert.StartsWith("akimbo kernel costs", File.ReadAllText(_folder["costs.txt"]), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, CommandProcess.Run(command, _folder.Path).ExitCode);
        File.WriteAllText(_folder["costs.txt"], "no costs");
        Assert.Equal(ExitCode.Success, CommandProcess.Run(command, _folder.Path).ExitCode);
    }

    [Fact]
    public void Run_FileOfWeightsAndJsonToStandardOutput_NothingElseIsPrinted()
    {
        MadeUpWeights.SaveZeros(_folder["weights.pth"], "lite-pose");

        Assert.Equal(ExitCode.Success, Run(_folder["weights.pth"], "--size", "64x64", "--threads", "1", "--rounds", "1", "--json", "-"));

        using var json = JsonDocument.Parse(_output.ToString());
        Assert.Equal("lite-pose", json.RootElement[0].GetProperty("model").GetString());
        Assert.Equal(0, json.RootElement[0].GetProperty("layers").GetArrayLength());
    }

    [Theory]
    [InlineData("--threads 0 are no counts; expected whole numbers of 1 or more such as 1,2", "lite-pose", "--threads", "0")]
    [InlineData("--batch 1,1.5 are no counts", "lite-pose", "--batch", "1,1.5")]
    [InlineData("--threads takes 1 to 1024", "lite-pose", "--threads", "5000")]
    [InlineData("--batch takes 1 to 1024", "lite-pose", "--batch", "5000")]
    [InlineData("--rounds must be 1 or more", "lite-pose", "--rounds", "0")]
    [InlineData("--json /no/such/bench.json: the folder does not exist", "lite-pose", "--json", "/no/such/bench.json")]
    [InlineData("There is no model 'nothing'", "nothing", "--threads", "1")]
    [InlineData("expected two of the same shape", "lite-pose", "--size", "100x100", "--threads", "1")]
    public void Run_WrongArguments_OneLine(string expected, params string[] arguments)
    {
        Assert.Equal(ExitCode.NothingDone, Run(arguments));
        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    private int Run(params string[] arguments) => AkimboCommand.Run(["bench", .. arguments], _output, _error);
}
