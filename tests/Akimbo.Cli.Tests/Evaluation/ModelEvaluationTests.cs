using System.Text.Json;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Evaluation;

/// <summary><c>akimbo evaluate MODEL --data</c> on real photos.</summary>
public sealed class ModelEvaluationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ReferenceDataFact]
    public void Evaluate_BottomUpModelOnCoco_ScoresTheSharedKeypointsAndKeepsTheResults()
    {
        var (exitCode, output, _) = Evaluate("--limit 4 --out", _folder["results.json"], "--json", _folder["metrics.json"]);

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("| lite-pose |", output, StringComparison.Ordinal);
        Assert.Contains("12 keypoints", output, StringComparison.Ordinal);
        Assert.Contains("not to be compared", output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(File.ReadAllBytes(_folder["results.json"]));
        Assert.All(results.RootElement.EnumerateArray(), entry => Assert.Equal(3 * 14, entry.GetProperty("keypoints").GetArrayLength()));
        using var metrics = JsonDocument.Parse(File.ReadAllBytes(_folder["metrics.json"]));
        Assert.InRange(metrics.RootElement.GetProperty("scores").GetProperty("AP").GetDouble(), 0.05, 1);
        Assert.Equal(["metrics.json", "results.json"], _folder.Files());
    }

    [ReferenceDataFact]
    public void Evaluate_KilledRun_GoesOnToTheResultsOfAWholeOne()
    {
        string command = $"./akimbo evaluate {Weights} --model lite-pose --data {Dataset} --limit 20 --out killed.json";
        CommandProcess.Run($"timeout --foreground --signal KILL 2 {command}", _folder.Path);
        Assert.False(File.Exists(_folder["killed.json"]));

        Evaluate("--limit 20 --out", _folder["whole.json"]);
        var (exitCode, _, _) = Evaluate("--limit 20 --out", _folder["killed.json"]);

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Equal(File.ReadAllText(_folder["whole.json"]), File.ReadAllText(_folder["killed.json"]));
        Assert.Equal(["killed.json", "whole.json"], _folder.Files());
    }

    [ReferenceDataFact]
    public void Evaluate_BoxesForABottomUpModel_OneClearLine()
    {
        var (exitCode, output, error) = Evaluate("--limit 1 --boxes", Repository.Fixture("evaluation/coco_example/detections.json"));

        Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Weights => Repository.Reference("weights/litepose-auto-crowdpose.pth");

    private static string Dataset => Repository.Reference("data/coco-people/person_keypoints_val.json");

    private static (int ExitCode, string Output, string Error) Evaluate(string options, params string[] last)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] arguments =
        [
            "evaluate", Weights, "--model", "lite-pose", "--data", Dataset, .. options.Split(' '), .. last,
        ];
        return (AkimboCommand.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
