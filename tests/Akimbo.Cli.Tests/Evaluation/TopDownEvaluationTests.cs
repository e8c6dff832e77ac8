using System.Globalization;
using System.Text.Json;
using Akimbo.Datasets;
using Akimbo.Datasets.Writing;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests.Evaluation;

/// <summary><c>akimbo evaluate MODEL --data</c> with top-down models on data sets of every layout, annotated as the model predicts.</summary>
public sealed class TopDownEvaluationTests : IDisposable
{
    private static readonly Box Box = new(10, 8, 60, 80);
    private static readonly string[] Pictures = ["a.png", "b.png"];

    private readonly TemporaryFolder _folder = new();

    public TopDownEvaluationTests()
    {
        MadeUpWeights.SaveNarrowHighResolution(_folder["hrnet.akimbo"]);
        MadeUpWeights.SaveNarrowHourglass(_folder["hourglass.akimbo"]);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", false)]
    [InlineData("--flip", true)]
    public void Evaluate_Coco_FullScoresOfTheAnnotatedBoxes(string options, bool flip)
    {
        SaveCoco(flip);

        var (exitCode, output, error) = Evaluate($"hrnet.akimbo --data people.json {options}");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains($"| narrow-hrnet{(flip ? ", flip test" : "")} | 1.000 | 1.000 | 1.000 | 1.000 | -1 | 1.000 | 1.000 | 1.000 | 1.000 | -1 |\n", output, StringComparison.Ordinal);
        Assert.Contains("20 detections an image.\n", output, StringComparison.Ordinal);
        Assert.Contains("AP_L, AR_L: -1, nobody with labelled keypoints has an area from 9216 square pixels\n", output, StringComparison.Ordinal);
        Assert.Contains("Boxes: as annotated; of people with an OKS above 0.9 the best is kept (OKS suppression).\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--suppress none", 3, "nobody is suppressed")]
    [InlineData("", 2, "(OKS suppression)")]
    [InlineData("--suppress soft", 3, "(soft OKS suppression)")]
    [InlineData("--min-box-score 0.5", 1, "with scores from 0.5;")]
    public void Evaluate_DetectorBoxes_SuppressedAsAsked(string options, int predicted, string note)
    {
        SaveCoco();
        File.WriteAllText(_folder["boxes.json"], """
            [{"image_id": 1, "category_id": 1, "bbox": [10, 8, 60, 80], "score": 0.9}, {"image_id": 1, "category_id": 1, "bbox": [10, 8, 60, 80], "score": 0.4},
             {"image_id": 2, "category_id": 1, "bbox": [10, 8, 60, 80], "score": 0.3}]
            """);

        var (exitCode, output, _) = Evaluate($"hrnet.akimbo --data people.json --boxes boxes.json --out results.json {options}");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains($"2 images, 2 annotated people, {predicted} predicted people.", output, StringComparison.Ordinal);
        Assert.Contains(note, output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(File.ReadAllBytes(_folder["results.json"]));
        Assert.Equal(predicted, results.RootElement.GetArrayLength());
    }

    [Fact]
    public void Evaluate_CrowdPose_ScoresTheSharedKeypointsByTheirBoxes()
    {
        // CrowdPose annotates no areas.
        SaveCoco();
        string crowdPose = File.ReadAllText(_folder["people.json"]);
        using var estimator = PoseEstimator.Load(_folder["hrnet.akimbo"]);
        string[] names = [.. Akimbo.Skeletons.CrowdPose14.Skeleton.Keypoints];
        var annotations = CocoDataset.Load(_folder["people.json"]).Samples.Select(sample =>
        {
            var person = sample.People[0];
            var numbers = names.Select(name => estimator.Skeleton.Keypoints.ToList().IndexOf(name)).SelectMany(k => k < 0 || !person.Keypoints[k].IsLabelled
                ? [0.0, 0, 0]
                : new[] { person.Keypoints[k].Position.X, person.Keypoints[k].Position.Y, 2 });
            return FormattableString.Invariant($$"""{"id": {{sample.ImageId}}, "image_id": {{sample.ImageId}}, "category_id": 1, "iscrowd": 0, "num_keypoints": 12, "bbox": [10, 8, 60, 80], "keypoints": [{{string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}}]}""");
        });
        File.WriteAllText(_folder["crowd.json"], $$"""
            {"images": [{"id": 1, "file_name": "a.png", "width": 96, "height": 96, "crowdIndex": 0.1}, {"id": 2, "file_name": "b.png", "width": 96, "height": 96, "crowdIndex": 0.9}],
             "annotations": [{{string.Join(",\n", annotations)}}],
             "categories": [{"id": 1, "name": "person", "keypoints": [{{string.Join(", ", names.Select(name => $"\"{name}\""))}}]}]}
            """);

        var (exitCode, output, error) = Evaluate("hrnet.akimbo --data crowd.json");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains("| narrow-hrnet | 1.000 |", output, StringComparison.Ordinal);
        Assert.Contains("Scored on the 12 keypoints that coco17 (17 keypoints) and crowdpose14 (14 keypoints) share", output, StringComparison.Ordinal);
        Assert.Contains("Areas: 0.53 of the box for 2 of 2 people", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Csv_AveragePrecisionAndItsDefaults()
    {
        using var estimator = PoseEstimator.Load(_folder["hourglass.akimbo"]);
        var dataset = MadeUpPhotos.Annotate(_folder, estimator, person => person with { Box = Box }, Pictures);
        string[] names = [.. dataset.Skeleton.Keypoints];
        var lines = dataset.Samples.Select(sample => string.Join(',',
        [
            $"images/{Path.GetFileName(sample.ImagePath)}", "96", "96", "10", "8", "60", "80",
            .. sample.People[0].Keypoints.SelectMany(keypoint => keypoint.IsLabelled ? [Text(keypoint.Position.X), Text(keypoint.Position.Y)] : new[] { "", "" }),
        ]));
        File.WriteAllLines(_folder["people.csv"], [$"image,width,height,box_x,box_y,box_width,box_height,{string.Join(',', names.Select(name => $"{name}_x,{name}_y"))}", .. lines]);

        var (exitCode, output, error) = Evaluate("hourglass.akimbo --data people.csv");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains("| narrow-hourglass | 1.000 |", output, StringComparison.Ordinal);
        Assert.Contains("OKS sigmas: 1/16 for each of the 16 keypoints, as none have been measured.\n", output, StringComparison.Ordinal);
        Assert.Contains("Areas: 0.53 of the box for 2 of 2 people, whose area is not annotated.\n", output, StringComparison.Ordinal);
        Assert.Contains("PCK@0.2 of mpii16: at most 0.2 of the torso", Evaluate("hourglass.akimbo --data people.csv --protocol pck").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluate_Yolo_AveragePrecision()
    {
        SaveCoco();
        Directory.CreateDirectory(_folder["labels"]);
        foreach (PoseSample sample in CocoDataset.Load(_folder["people.json"]).Samples)
        {
            var numbers = sample.People[0].Keypoints.SelectMany(keypoint => new[] { keypoint.Position.X / 96, keypoint.Position.Y / 96, (int)keypoint.Visibility });
            File.WriteAllText(_folder[$"labels/{Path.GetFileNameWithoutExtension(sample.ImagePath)}.txt"], $"0 {Text(40 / 96.0)} 0.5 {Text(60 / 96.0)} {Text(80 / 96.0)} {string.Join(' ', numbers.Select(Text))}\n");
        }

        File.WriteAllText(_folder["data.yaml"], "val: images\nkpt_shape: [17, 3]\nflip_idx: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]\n");
        File.Delete(_folder["people.json"]);

        var (exitCode, output, error) = Evaluate($"hrnet.akimbo --data {_folder.Path} --part val");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains("| narrow-hrnet | 1.000 |", output, StringComparison.Ordinal);
        Assert.DoesNotContain("OKS sigmas", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "MPII PCKh@0.5 (official)")]
    [InlineData("--protocol pckh-hrnet", "MPII PCKh@0.5 (HRNet)")]
    [InlineData("--protocol pckh-princeton", "MPII PCKh@0.5 (princeton)")]
    public void Evaluate_MpiiWithHeadBoxes_EveryKeypointIsCorrect(string options, string protocol)
    {
        using var estimator = PoseEstimator.Load(_folder["hourglass.akimbo"]);
        var dataset = MadeUpPhotos.Annotate(_folder, estimator, person => person with { Centre = new ImagePoint(47, 47), Scale = 0.4 }, Pictures);
        var people = dataset.Samples.Select(sample => FormattableString.Invariant($$"""
            {"image": "{{Path.GetFileName(sample.ImagePath)}}", "center": [48, 48], "scale": 0.4,
             "joints": [{{string.Join(", ", sample.People[0].Keypoints.Select(keypoint => $"[{Text(keypoint.Position.X + 1)}, {Text(keypoint.Position.Y + 1)}]"))}}],
             "joints_vis": [{{string.Join(", ", sample.People[0].Keypoints.Select(keypoint => keypoint.IsLabelled ? 1 : 0))}}]}
            """));
        File.WriteAllText(_folder["valid.json"], $"[{string.Join(",\n", people)}]");
        File.Copy(Repository.Fixture("datasets/mpii_hrnet/gt_valid.mat"), _folder["gt_valid.mat"]);

        var (exitCode, output, _) = Evaluate($"hourglass.akimbo --data valid.json --json metrics.json {options}");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Contains(protocol, output, StringComparison.Ordinal);
        Assert.Contains("Boxes: as annotated; nobody is suppressed.", output, StringComparison.Ordinal);
        using var metrics = JsonDocument.Parse(File.ReadAllBytes(_folder["metrics.json"]));
        var scores = metrics.RootElement.GetProperty("per_keypoint").EnumerateObject().Select(score => score.Value.GetDouble()).ToList();
        Assert.All(scores, score => Assert.True(score is 100 or -1, $"{score} %"));
        Assert.Contains(100, scores);
    }

    [Fact]
    public void Evaluate_MpiiMatlabFile_RunsByTheOfficialRule()
    {
        Directory.CreateDirectory(_folder["images"]);
        foreach (string name in new[] { "015601864.jpg", "005808361.jpg" }) new Image(200, 300).Save(_folder[$"images/{name}"]);
        File.Copy(Repository.Fixture("datasets/mpii.mat"), _folder["mpii.mat"]);

        var (exitCode, output, error) = Evaluate("hourglass.akimbo --data mpii.mat --limit 1");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains("MPII PCKh@0.5 (official): closer than 0.5 head sizes, mean of 14 keypoints without pelvis and thorax, percent, 1 people.", output, StringComparison.Ordinal);
        Assert.Contains("-1, nobody has a labelled ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 2, 3)]
    [InlineData("--first 1", 1, 2, 3)]
    [InlineData("--first 2", 2, 3)]
    [InlineData("--first 2 --limit 1", 2)]
    [InlineData("--first 2 --limit 2147483647", 2, 3)]
    [InlineData("--first 3 --limit 1", 3)]
    [InlineData("--limit 2", 1, 2)]
    public void Evaluate_FirstAndLimit_TheseImagesAreScored(string options, params int[] images)
    {
        SaveCoco("a.png", "b.png", "c.png");

        var (exitCode, output, error) = Evaluate($"hrnet.akimbo --data people.json --out results.json {options}");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        Assert.Contains($"{images.Length} images, {images.Length} annotated people, {images.Length} predicted people.", output, StringComparison.Ordinal);
        Assert.Contains("| narrow-hrnet | 1.000 |", output, StringComparison.Ordinal);
        using var results = JsonDocument.Parse(File.ReadAllBytes(_folder["results.json"]));
        Assert.Equal(images, results.RootElement.EnumerateArray().Select(person => person.GetProperty("image_id").GetInt32()));
    }

    [Theory]
    [InlineData("--first 3", "akimbo: --first is 3; {0} has 2 images.")]
    [InlineData("--first 0", "akimbo: --first is 0; it must be 1 or more.")]
    public void Evaluate_FirstOutsideTheDataSet_OneClearLine(string options, string problem)
    {
        SaveCoco();

        var (exitCode, output, error) = Evaluate($"hrnet.akimbo --data people.json {options}");

        Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
        Assert.Equal(problem.Replace("{0}", _folder["people.json"], StringComparison.Ordinal), error.Split('\n')[0]);
    }

    [Fact]
    public void Evaluate_Worst_DrawsThem()
    {
        SaveCoco();
        var (exitCode, _, error) = Evaluate("hrnet.akimbo --data people.json --out results.json --worst 1 --worst-out worst.png");

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.Equal($"{_folder["worst.png"]}: the 1 people of 2 that were predicted worst.\n", error);
        Assert.Equal(2 * 324 + 4, Image.Load(_folder["worst.png"]).Width);
        File.Delete(_folder["worst.png"]);

        Assert.Equal(ExitCode.Success, Evaluate("-p results.json -g people.json --worst 5 --worst-out worst.png").ExitCode);
        Assert.Equal(4 * 324 + 4, Image.Load(_folder["worst.png"]).Width);
    }

    [Fact]
    public void Evaluate_ChangedSettingsAfterAnInterruption_OneClearLine()
    {
        SaveCoco();
        byte[] picture = File.ReadAllBytes(_folder["images/b.png"]);
        File.WriteAllText(_folder["images/b.png"], "no picture");
        var (exitCode, _, error) = Evaluate("hrnet.akimbo --data people.json --out results.json");
        Assert.Equal(ExitCode.NothingDone, exitCode);
        Assert.Contains("b.png", error, StringComparison.Ordinal);
        File.WriteAllBytes(_folder["images/b.png"], picture);

        foreach (var (options, change) in new[]
        {
            ("--limit 1", "--limit was none, is 1."), ("--first 2", "--first was none, is 2."), ("--flip", "--flip was off, is on."), ("--suppress none", "--suppress was Hard, is None."),
            ($"--images {_folder["images"]}", "--images was none, is "),
        })
        {
            (exitCode, string output, error) = Evaluate($"hrnet.akimbo --data people.json --out results.json {options}");
            Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
            Assert.Contains(change, Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        }

        (exitCode, _, error) = Evaluate("hrnet.akimbo --data people.json --out results.json");
        Assert.Equal((ExitCode.Success, "akimbo: 1 of 2 images were predicted by an earlier run.\n"), (exitCode, error));
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);

    private void SaveCoco(bool flip = false) => SaveCoco(flip, Pictures);

    private void SaveCoco(params string[] pictures) => SaveCoco(flip: false, pictures);

    private void SaveCoco(bool flip, string[] pictures)
    {
        using var estimator = PoseEstimator.Load(_folder["hrnet.akimbo"], new PoseEstimatorOptions { FlipTest = flip });
        CocoWriter.Save(_folder["people.json"], MadeUpPhotos.Annotate(_folder, estimator, person => person with { Box = Box, Area = 60 * 80 }, pictures));
    }

    private (int ExitCode, string Output, string Error) Evaluate(string arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] words = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(InFolder)];
        return (AkimboCommand.Run(["evaluate", .. words], output, error), output.ToString(), error.ToString());
    }

    private string InFolder(string word) => Path.HasExtension(word) && !Path.IsPathRooted(word) && !char.IsDigit(word[0]) ? _folder[word] : word;
}
