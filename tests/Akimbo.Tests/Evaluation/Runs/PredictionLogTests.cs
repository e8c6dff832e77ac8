using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Skeletons;
using static Akimbo.Tests.Evaluation.Runs.MadeUpPeople;

namespace Akimbo.Tests.Evaluation.Runs;

public sealed class PredictionLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-log-").FullName;

    private string Results => Path.Combine(_folder, "results.json");

    private string Log => Results + ".partial";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_Interrupted_GoesOnWhereItEnded()
    {
        Interrupt();
        var estimated = new List<long>();

        using var log = Open();
        Assert.Equal([1L], log.Done.Select(image => image.ImageId));
        var predictions = DatasetPrediction.Run(Samples(), Lsp14.Skeleton, sample => Estimate(sample, estimated), log);
        log.Complete();

        Assert.Equal([2L, 3L], estimated);
        Assert.Equal([1L, 2L, 3L], predictions.Select(image => image.ImageId));
        Assert.Equal([Results], Directory.GetFiles(_folder).Except(Samples().Select(sample => sample.ImagePath)));
    }

    [Theory]
    [InlineData("--limit", "2", "--limit was none, is 2.")]
    [InlineData("--flip", "on", "--flip was off, is on.")]
    [InlineData("--images", "/elsewhere", "--images was none, is /elsewhere.")]
    [InlineData("--boxes", "b.json", "--boxes was none, is b.json.")]
    [InlineData("model", "other", "model was narrow, is other.")]
    public void Open_OtherSettings_AreNamed(string setting, string value, string change)
    {
        Interrupt();
        string before = File.ReadAllText(Log);

        var exception = Assert.Throws<InvalidDataException>(() => Open(setting, value));

        Assert.Contains($"is of a run with other settings: {change} Delete it, or write to another file than {Results}.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Log));
    }

    [Fact]
    public void Open_CutLine_IsPredictedAgain()
    {
        Interrupt();
        File.AppendAllText(Log, """{"image_id": 2, "file_name": "2.png", "catego""");
        using var log = Open();
        Assert.Equal([1L], log.Done.Select(image => image.ImageId));
    }

    [Theory]
    [InlineData("nonsense\n")]
    [InlineData("[]\n")]
    [InlineData("{\"run\": 3}\n")]
    [InlineData("{\"run\": {\"--flip\": 1}}\n")]
    public void Open_AnotherFile_IsLeftAlone(string content)
    {
        File.WriteAllText(Log, content);
        Assert.Contains("is no log of an evaluation", Assert.Throws<InvalidDataException>(() => Open()).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(Log));
    }

    [Fact]
    public void Run_MissingPictures_AreCountedBeforeAnythingIsEstimated()
    {
        var samples = Samples();
        File.Delete(samples[1].ImagePath);
        var exception = Assert.Throws<FileNotFoundException>(() => DatasetPrediction.Run(samples, Lsp14.Skeleton, _ => throw new InvalidOperationException()));
        Assert.StartsWith("1 of 3 images are missing, such as", exception.Message, StringComparison.Ordinal);
    }

    // Ends in the second of three pictures.
    private void Interrupt()
    {
        using var log = Open();
        Assert.Throws<OperationCanceledException>(() => DatasetPrediction.Run(
            Samples(), Lsp14.Skeleton, sample => sample.ImageId == 1 ? [Predicted(Lsp14.Skeleton)] : throw new OperationCanceledException(), log));
    }

    private static IReadOnlyList<Person> Estimate(PoseSample sample, List<long> estimated)
    {
        estimated.Add(sample.ImageId);
        return [];
    }

    private PoseSample[] Samples()
    {
        PoseSample[] samples = [.. Enumerable.Range(1, 3).Select(id => Sample(id) with { ImagePath = Path.Combine(_folder, $"{id}.png") })];
        foreach (PoseSample sample in samples) File.WriteAllBytes(sample.ImagePath, []);
        return samples;
    }

    private PredictionLog Open(string? setting = null, string? value = null)
    {
        var settings = new Dictionary<string, string> { ["model"] = "narrow", ["--flip"] = "off" };
        if (setting is not null) settings[setting] = value!;
        return PredictionLog.Open(Results, settings, Lsp14.Skeleton);
    }
}
