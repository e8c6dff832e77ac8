using System.Text.Json;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Evaluation;

/// <summary><c>akimbo evaluate --predictions</c>, from the command line to the numbers of pycocotools.</summary>
public sealed class ResultsEvaluationTests : IDisposable
{
    private const double Tolerance = 1e-12;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("coco_example")]
    [InlineData("coco_subset")]
    public void Evaluate_RecordedResults_TheNumbersOfPycocotools(string name)
    {
        var (exitCode, output, error) = Evaluate($"{Files(name)} --json -");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        using var metrics = JsonDocument.Parse(output);
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture($"evaluation/{name}/expected.json")));
        var scores = metrics.RootElement.GetProperty("scores");
        Assert.Equal(10, scores.EnumerateObject().Count());
        foreach (var number in expected.RootElement.GetProperty("metrics").EnumerateObject())
        {
            double score = scores.GetProperty(number.Name.Replace("_medium", "_M", StringComparison.Ordinal).Replace("_large", "_L", StringComparison.Ordinal)).GetDouble();
            Assert.Equal(number.Value.GetDouble(), score, Tolerance);
        }
    }

    [Fact]
    public void Evaluate_NoJson_TheTableWithItsProtocol()
    {
        var (exitCode, output, error) = Evaluate(Files("coco_example"));

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Equal(
            """
            | method | AP | AP50 | AP75 | AP_M | AP_L | AR | AR50 | AR75 | AR_M | AR_L |
            |:---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            | detections | 0.861 | 0.993 | 0.911 | 0.776 | 0.937 | 0.875 | 1.000 | 0.917 | 0.780 | 0.943 |

            COCO keypoint AP and AR (pycocotools): OKS 0.50 to 0.95, 17 keypoints, 20 detections an image.
            4 images, 12 annotated people, 73 predicted people.

            """,
            output);
    }

    [Fact]
    public void Evaluate_NobodyMedium_ExplainsTheMinusOne()
    {
        WriteTruth(area: 20_000);
        WriteResults(Entry(imageId: 7, keypoints: 17));

        var (_, output, _) = Evaluate("-p results.json -g truth.json");

        Assert.Contains("| results | 1.000 | 1.000 | 1.000 | -1 | 1.000 | 1.000 | 1.000 | 1.000 | -1 | 1.000 |", output, StringComparison.Ordinal);
        Assert.Contains("AP_M, AR_M: -1, nobody with labelled keypoints has an area from 1024 to 9216 square pixels\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_OtherSkeleton_ScoresWhatIsSharedAndSaysSo()
    {
        WriteTruth(area: 20_000);
        WriteResults(Entry(imageId: 7, keypoints: 14));

        var (exitCode, output, _) = Evaluate("-p results.json -g truth.json --skeleton crowdpose14");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("OKS 0.50 to 0.95, 12 keypoints", output, StringComparison.Ordinal);
        Assert.Contains("Scored on the 12 keypoints that crowdpose14 (14 keypoints) and coco17 (17 keypoints) share by name: left_shoulder,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_NamesOfNoPublishedSkeleton_ScoredByTheDefaults()
    {
        WriteTruth(area: 20_000, keypoints: 2, names: "\"head\", \"tail\"");
        WriteResults(Entry(imageId: 7, keypoints: 2));

        var (exitCode, output, _) = Evaluate("-p results.json -g truth.json");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains("| results | 1.000 |", output, StringComparison.Ordinal);
        Assert.Contains("OKS sigmas: 1/2 for each of the 2 keypoints", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_FourteenKeypointsWithoutNames_AreCrowdPoses_WithLspsNames_AreLsps()
    {
        WriteTruth(area: 20_000, keypoints: 14);
        WriteResults(Entry(imageId: 7, keypoints: 14));
        Assert.DoesNotContain("OKS sigmas", Evaluate("-p results.json -g truth.json").Output, StringComparison.Ordinal);

        WriteTruth(area: 20_000, keypoints: 14, names: string.Join(", ", Lsp14.Skeleton.Keypoints.Select(name => $"\"{name}\"")));
        Assert.Contains("OKS sigmas: 1/14 for each", Evaluate("-p results.json -g truth.json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_KeypointsWithoutNames_OneClearLine()
    {
        WriteTruth(area: 20_000, keypoints: 3);
        WriteResults(Entry(imageId: 7, keypoints: 3));
        Assert.Contains("has people of 3 keypoints without names", Evaluate("-p results.json -g truth.json").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_UnknownImages_CountedWarning()
    {
        WriteTruth(area: 20_000);
        WriteResults(Entry(imageId: 7, keypoints: 17), Entry(imageId: 8, keypoints: 17));

        var (exitCode, _, error) = Evaluate("-p results.json -g truth.json");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Equal("akimbo: 1 detections belong to 1 images without annotation entry, such as 8; they are left out.\n", error);
    }

    [Theory]
    [InlineData("""{"image_id": 8, "category_id": 1, "keypoints": [1, 2, 1], "score": 0.5}""", "Detection 1 (image 8) has 3 keypoint numbers")]
    [InlineData("""{"image_id": 7, "category_id": 1, "keypoints": [1, 2], "score": 0.5}""", "has 2 keypoint numbers")]
    [InlineData("""{"image_id": 7, "category_id": 1, "keypoints": [1, 2, 1], "score": NaN}""", "results.json")]
    [InlineData("""{"image_id": 7, "category_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}""", "has no keypoints; is this a file of boxes?")]
    public void Evaluate_BadResults_OneClearLine(string entry, string problem)
    {
        WriteTruth(area: 20_000);
        WriteResults(entry);

        var (exitCode, output, error) = Evaluate("-p results.json -g truth.json");

        Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
        Assert.Contains(problem, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("", "give --data, with a MODEL or without, or --predictions with --ground-truth.")]
    [InlineData("model.pth -p results.json -g truth.json", "give a MODEL with --data, or --predictions with --ground-truth.")]
    [InlineData("--data truth.json --model lite-pose", "--model lite-pose names the model of a file with weights, which is missing.")]
    [InlineData("model.pth", "a MODEL needs --data")]
    [InlineData("-p results.json -g truth.json --flip", "--flip goes with a MODEL.")]
    [InlineData("model.pth --data truth.json --skeleton coco17", "--skeleton goes with --predictions.")]
    [InlineData("-p results.json -g truth.json --suppress soft", "--suppress goes with a MODEL.")]
    [InlineData("-p results.json -g truth.json --first 2", "--first goes with a MODEL.")]
    [InlineData("-p results.json -g truth.json --protocol pck", "does not go by object keypoint similarity")]
    [InlineData("-p results.json -g truth.json --protocol pcp", "--protocol pcp is none of coco, crowdpose, pckh, pckh-hrnet, pckh-princeton, pck.")]
    [InlineData("-p results.json -g truth.json --worst 201", "--worst must be 0 to 200.")]
    [InlineData("-p results.json -g truth.json --worst 3 --worst-out nowhere/worst.png", "the folder does not exist")]
    [InlineData("-p results.json -g truth.json --worst 1", "7.jpg")]
    [InlineData("-p results.json", "--predictions needs --ground-truth")]
    [InlineData("-p results.json -g truth.json --skeleton coco18", "--skeleton coco18 is none of coco17, crowdpose14, mpii16, lsp14.")]
    [InlineData("-p results.json -g truth.json --json nowhere/metrics.json", "the folder does not exist")]
    [InlineData("-p results.json -g truth.json --protocol crowdpose", "crowdIndex")]
    public void Evaluate_BadArguments_OneClearLine(string arguments, string problem)
    {
        WriteTruth(area: 20_000);
        WriteResults(Entry(imageId: 7, keypoints: 17));

        var (exitCode, output, error) = Evaluate(arguments);

        Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    private static string Files(string name) =>
        $"--predictions {Repository.Fixture($"evaluation/{name}/detections.json")} --ground-truth {Repository.Fixture($"evaluation/{name}/ground_truth.json")}";

    private static string Entry(long imageId, int keypoints) =>
        $$"""{"image_id": {{imageId}}, "category_id": 1, "keypoints": [{{string.Join(", ", Enumerable.Repeat("50, 60, 1", keypoints))}}], "score": 0.5}""";

    private void WriteResults(params string[] entries) => File.WriteAllText(_folder["results.json"], $"[{string.Join(", ", entries)}]");

    private void WriteTruth(double area, int keypoints = 17, string names = "") => File.WriteAllText(_folder["truth.json"], $$"""
        {
          "images": [{"id": 7, "file_name": "7.jpg", "width": 100, "height": 100}],
          "annotations": [{"id": 1, "image_id": 7, "category_id": 1, "iscrowd": 0, "bbox": [0, 0, 100, 100], "area": {{area}}, "num_keypoints": {{keypoints}},
                           "keypoints": [{{string.Join(", ", Enumerable.Repeat("50, 60, 2", keypoints))}}]}],
          "categories": [{"id": 1, "name": "person", "keypoints": [{{names}}]}]
        }
        """);

    private (int ExitCode, string Output, string Error) Evaluate(string arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] words = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(InFolder)];
        return (AkimboCommand.Run(["evaluate", .. words], output, error), output.ToString(), error.ToString());
    }

    private string InFolder(string word) => word.EndsWith(".json", StringComparison.Ordinal) && !Path.IsPathRooted(word) ? _folder[word] : word;
}
