using System.Globalization;
using Akimbo.Tests.Training;

namespace Akimbo.Cli.Tests.Training;

/// <summary><c>akimbo train</c> as a process, on people made of dots.</summary>
public sealed class TrainCommandTests : IDisposable
{
    private readonly DrawnPeople _people = new(pictures: 8);

    public TrainCommandTests() => File.WriteAllText(_people["tiny.json"], TinyRecipe.Json);

    public void Dispose() => _people.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_KilledAtRandomMoments_EndsWithTheWeightsOfAWholeRun(int threads)
    {
        const string settings = "epochs=12 validateEvery=3 averageDecay=0.9";
        var (exitCode, _, error) = Run($"./akimbo train tiny.json {settings} --out whole --threads {threads} --data-threads 1");
        Assert.True(exitCode == ExitCode.Success, error);

        var random = new Random();
        for (int kills = 0; kills < 6 && !IsFinished("killed"); kills++)
        {
            string command = File.Exists(_people["killed/recipe.json"]) ? "./akimbo train --resume killed" : $"./akimbo train tiny.json {settings} --out killed";
            Run(string.Create(CultureInfo.InvariantCulture, $"timeout --foreground --signal KILL {1 + 3 * random.NextDouble():0.00} {command} --threads {threads} --data-threads {threads}"));
        }

        if (!IsFinished("killed")) Assert.Equal(ExitCode.Success, Run($"./akimbo train --resume killed --threads {threads}").ExitCode);
        foreach (string file in (string[])["best", "last"])
            Assert.Equal(File.ReadAllBytes(_people[$"whole/weights/{file}.safetensors"]), File.ReadAllBytes(_people[$"killed/weights/{file}.safetensors"]));
        Assert.Empty(Directory.GetFiles(_people["killed"], "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Train_CtrlC_WritesACheckpointAndSaysHowToGoOn()
    {
        var (exitCode, output, error) = Run("timeout --foreground --signal INT 6 ./akimbo train tiny.json epochs=100000 validateEvery=100000 --out run --data .");

        Assert.True(exitCode is ExitCode.Interrupted or 124, error);
        Assert.Contains("go on with akimbo train --resume run", output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(_people["run/checkpoints"]));
        var (refused, _, message) = Run("./akimbo train --resume run seed=5");
        Assert.Equal(ExitCode.NothingDone, refused);
        Assert.Contains("seed differs", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_FullDisk_SaysSoAndKeepsTheLastCheckpoint()
    {
        Run("./akimbo train tiny.json epochs=1 --out run");
        string checkpoint = Directory.GetFiles(_people["run/checkpoints"]).Max(StringComparer.Ordinal)!;
        byte[] before = File.ReadAllBytes(checkpoint);

        // A limit on the length of files stands in for the end of the disk; the runtime's own files in memory would meet it too.
        var (exitCode, _, error) = Run("export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 40; ./akimbo train --resume run epochs=3");

        Assert.Equal(ExitCode.NothingDone, exitCode);
        Assert.Contains("run", error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(checkpoint));
        Assert.Equal(ExitCode.Success, Run("./akimbo train --resume run epochs=3").ExitCode);
    }

    [Theory]
    [InlineData("train", "RECIPE")]
    [InlineData("train nothing.json", "nothing.json does not exist")]
    [InlineData("train tiny.json epoch=3", "'epochs'")]
    [InlineData("train tiny.json --resume run --weights x.pth", "--weights does not go with --resume")]
    [InlineData("train --resume nowhere", "nowhere holds no run")]
    [InlineData("train tiny.json --data elsewhere", "elsewhere")]
    [InlineData("train tiny.json --threads -1", "-1")]
    public void Train_BadCommandLine_SaysWhatIsWrong(string arguments, string expected)
    {
        var (exitCode, output, error) = Run($"./akimbo {arguments}");
        Assert.Equal((ExitCode.NothingDone, ""), (exitCode, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Commands_OfTheGuide_AllSucceed()
    {
        string guide = File.ReadAllText(Path.Combine(Testing.Repository.Root, "docs", "train.md"));
        Directory.CreateDirectory(_people["recipes"]);
        Directory.CreateDirectory(_people["lspet"]);
        foreach (string file in Directory.GetFiles(_people.Folder, "*.png").Append(_people.Annotations)) File.Copy(file, Path.Combine(_people["lspet"], Path.GetFileName(file)));
        File.Copy(_people["tiny.json"], _people["recipes/small-hourglass-lspet.json"]);

        // The bottom-up example needs a model that labels pictures; DataCommandTests and TrainerTests run its parts.
        string[] commands = [.. guide.Split('\n').Where(line => line.StartsWith("./akimbo train", StringComparison.Ordinal) && !line.Contains("associative", StringComparison.Ordinal))];
        Assert.Equal(4, commands.Length);

        // The guide's recipe has 60 epochs of 8,000 pictures; here are 8, and 20 epochs are enough.
        foreach (string command in commands)
        {
            var (exitCode, _, error) = Run(command.Replace("epochs=80", "epochs=22", StringComparison.Ordinal).Replace(".json --data", ".json epochs=20 --data", StringComparison.Ordinal));
            Assert.True(exitCode == ExitCode.Success, $"{command}\n{error}");
        }
    }

    private bool IsFinished(string run) => File.Exists(_people[$"{run}/log.txt"]) && File.ReadAllText(_people[$"{run}/log.txt"]).Contains("finished after", StringComparison.Ordinal);

    private (int ExitCode, string Output, string Error) Run(string command) => CommandProcess.Run(command, _people.Folder);
}
