using System.Text.Json;
using Akimbo.Datasets;
using Akimbo.Imaging;
using Akimbo.Testing;
using Akimbo.Tests.Training;

namespace Akimbo.Cli.Tests.Data;

public sealed class DataCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public static TheoryData<string> GuideCommands =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "data.md")).Where(line => line.StartsWith("./akimbo ", StringComparison.Ordinal)),
    ];

    public void Dispose()
    {
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [MemberData(nameof(GuideCommands))]
    public void GuideCommand_Parses(string command) => Assert.Empty(AkimboCommand.Create().Parse(command["./akimbo ".Length..]).Errors);

    [Fact]
    public void Check_KeypointOutsideThePictureAndAFileMissing_BothCountedAndShown()
    {
        string table = Table("a.png,9,50\nb.png,1,1\n");

        Assert.Equal(ExitCode.Success, Run("data", "check", table, "--json", _folder["findings.json"]));

        Assert.Contains("2 pictures, 2 people", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 keypoint lies outside its picture\n    a.png, person 1: nose at (9, 50) of 16×12\n", _output.ToString(), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(File.ReadAllText(_folder["findings.json"]));
        Assert.Equal(
            [("missing_file", 1), ("keypoint_outside_image", 1)],
            json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => (finding.GetProperty("problem").GetString(), finding.GetProperty("count").GetInt32())));
        Assert.Equal(2, json.RootElement.GetProperty("people").GetInt32());
    }

    [Fact]
    public void Convert_Table_WritesWhatCocoDatasetReads()
    {
        string table = Table("a.png,9,5\n");

        Assert.Equal(ExitCode.Success, Run("data", "convert", table, "--kind", "csv", "--out", _folder["coco.json"]));

        var read = CocoDataset.Load(_folder["coco.json"]);
        Assert.Equal((_folder["a.png"], 16), (Path.GetFullPath(read.Samples[0].ImagePath), read.Samples[0].Width));
        Assert.Equal(9, read.Samples[0].People[0].Keypoints[0].Position.X);
        Assert.Contains("1 pictures, 1 people", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("1 people have no box", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_Table_KeepsTheAnnotatedPerson()
    {
        Table("");
        File.WriteAllText(_folder["points.csv"], "image,point0_x,point0_y\na.png,9,5\n");
        MadeUpWeights.SaveNarrowEmbedding(_folder["model.akimbo"]);

        Assert.Equal(ExitCode.Success, Run("data", "label", _folder["points.csv"], "--weights", _folder["model.akimbo"], "--min-score", "9", "--out", _folder["labels.json"]));

        var read = CocoDataset.Load(_folder["labels.json"]);
        Assert.Equal(9, read.Samples[0].People[0].Keypoints[0].Position.X);
        Assert.All(read.Samples[0].People.Skip(1), person => Assert.Equal(0, person.LabelledCount));
        Assert.Contains("1 pictures, 1 people annotated, 1 with those found", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_ModelOfOtherKeypoints_NamesBothAndWritesNothing()
    {
        string table = Table("a.png,9,5\n");
        MadeUpWeights.SaveNarrowEmbedding(_folder["model.akimbo"]);

        Assert.Equal(ExitCode.NothingDone, Run("data", "label", table, "--kind", "csv", "--weights", _folder["model.akimbo"], "--out", _folder["labels.json"]));
        Assert.Contains("share no keypoint", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["labels.json"]));
    }

    [Fact]
    public void Preview_Table_DrawsASheet()
    {
        Assert.Equal(ExitCode.Success, Run("data", "preview", Table("a.png,9,5\n"), "--out", _folder["sheet.png"], "--count", "3", "--seed", "7"));
        Assert.Equal(328, Image.Load(_folder["sheet.png"]).Width);
    }

    [Fact]
    public void Preview_Recipe_SameSeedSamePictureAnotherSeedAnother()
    {
        using var people = new DrawnPeople(pictures: 8);
        File.WriteAllText(people["tiny.json"], TinyRecipe.Json);

        byte[] Sheet(params string[] words)
        {
            int exitCode = Run(["data", "preview", "--recipe", people["tiny.json"], "--data", people.Folder, "--out", _folder["sheet.png"], "--count", "3", .. words]);
            Assert.True(exitCode == ExitCode.Success, _error.ToString());
            return File.ReadAllBytes(_folder["sheet.png"]);
        }

        byte[] first = Sheet();
        Assert.EndsWith("pixels, the first 3 of 8 samples of tiny in epoch 1\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(first, Sheet());
        Assert.Equal(first, Sheet("seed=1", "epochs=3"));
        Assert.NotEqual(first, Sheet("seed=2"));
        Assert.Equal(["sheet.png"], _folder.Files());
    }

    [Theory]
    [InlineData("give a DATASET, or --recipe", "--out", "x.png")]
    [InlineData("people.csv is no change of it, key=value", "people.csv", "--recipe", "r.json", "--out", "x.png")]
    [InlineData("seed=2 goes with --recipe", "people.csv", "seed=2", "--out", "x.png")]
    [InlineData("--data goes with --recipe", "people.csv", "--data", "x", "--out", "x.png")]
    [InlineData("--kind goes with a DATASET", "--recipe", "r.json", "--kind", "coco", "--out", "x.png")]
    [InlineData("a recipe has its own, seed=N", "--recipe", "r.json", "--seed", "3", "--out", "x.png")]
    [InlineData("The recipe r.json does not exist", "--recipe", "r.json", "--out", "x.png")]
    public void Preview_WordsThatDoNotGoTogether_SaysWhich(string problem, params string[] words)
    {
        Assert.Equal(ExitCode.NothingDone, Run(["data", "preview", .. words]));
        Assert.Contains(problem, _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("convert", "--out", "x.json")]
    [InlineData("preview", "--out", "x.png")]
    public void Run_NoDataSet_OneLineAndExitCodeTwo(string command, params string[] options)
    {
        Directory.CreateDirectory(_folder["empty"]);
        File.WriteAllText(_folder["damaged.json"], "{\"images\": [");
        foreach (var (name, words) in new[] { ("none", "does not exist"), ("damaged.json", "damaged.json: "), ("empty", "holds no annotations") })
        {
            _error.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.NothingDone, Run(["data", command, _folder[name], .. options]));
            Assert.Contains(words, _error.ToString(), StringComparison.Ordinal);
            Assert.Single(_error.ToString().TrimEnd().Split('\n'));
        }
    }

    [Theory]
    [InlineData("lspet_14x3x2.mat", "joints.mat", 200)]
    [InlineData("mpii.mat", "mpii.mat", 300)]
    [InlineData("mpii_hrnet/valid.json", "valid.json", 100)]
    [InlineData("mpii.h5", "not_one.h5", 0)]
    [InlineData("mpii.h5", "cut.h5", 3000)]
    public void Check_CutFile_OneLineThatNamesIt(string fixture, string name, int length)
    {
        File.WriteAllBytes(_folder[name], length == 0 ? "not one"u8.ToArray() : File.ReadAllBytes(Repository.Fixture($"datasets/{fixture}"))[..length]);

        Assert.Equal(ExitCode.NothingDone, Run("data", "check", _folder[name]));

        Assert.Empty(_output.ToString());
        Assert.StartsWith("akimbo: ", Assert.Single(_error.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data", "preview", "x", "--out", "x.png", "--count", "0")]
    [InlineData("data", "preview", "x")]
    [InlineData("data", "convert", "x")]
    [InlineData("data", "check")]
    [InlineData("data", "check", "x", "--kind", "imagenet")]
    public void Run_WrongCommandLine_ExitCodeTwo(params string[] arguments) => Assert.Equal(ExitCode.NothingDone, Run(arguments));

    [ReferenceDataFact]
    public void Check_Lspet_ReportsKeypointsOutsideThePictureOnOneScreen()
    {
        Assert.Equal(ExitCode.Success, Run("data", "check", Repository.Reference("data/lspet")));

        string[] lines = _output.ToString().TrimEnd().Split('\n');
        Assert.StartsWith("LSPET: 8,500 pictures, 8,500 people", lines[0], StringComparison.Ordinal);
        Assert.Contains(lines, line => line.EndsWith("keypoints lie outside their picture", StringComparison.Ordinal));
        Assert.InRange(lines.Length, 5, 40);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 160));
    }

    private int Run(params string[] arguments) => AkimboCommand.Run(arguments, _output, _error);

    // Beside one picture, a.png, of 16 × 12 pixels.
    private string Table(string lines)
    {
        new Image(16, 12).Save(_folder["a.png"]);
        File.WriteAllText(_folder["people.csv"], "image,nose_x,nose_y\n" + lines);
        return _folder["people.csv"];
    }
}
