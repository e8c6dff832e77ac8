using Akimbo.Models;
using Akimbo.Tensors.Serialization;
using Akimbo.Training;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training;

public sealed class TrainerTests : IDisposable
{
    private readonly DrawnPeople _people = new(pictures: 8);

    public void Dispose() => _people.Dispose();

    [Fact]
    public async Task RunAsync_AFewDrawnPeople_AreLearntByHeart()
    {
        TrainingResult result = await Train("whole", epochs: 60);

        Assert.True(result.IsFinished);
        Assert.InRange(result.BestScore!.Value, 0.7, 1);
        double[] losses = [.. Metrics("whole").Select(line => double.Parse(line[3], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(60, losses.Length);
        Assert.True(losses[^1] < losses[0] / 4, $"The loss went from {losses[0]} to {losses[^1]}.");
        using var estimator = PoseEstimator.Load(result.Weights);
        Assert.Equal(DrawnPeople.Dots.Keypoints, estimator.Skeleton.Keypoints);
        Assert.Equal(
            ["log.txt", "metrics.csv", "recipe.json", "weights/best.safetensors", "weights/last.safetensors"],
            Files("whole").Where(file => !file.StartsWith("checkpoints", StringComparison.Ordinal) && !file.StartsWith("samples", StringComparison.Ordinal)));
        Assert.Equal(2, Files("whole").Count(file => file.StartsWith("checkpoints", StringComparison.Ordinal)));
        Assert.Contains("samples/epoch-0060.jpg", Files("whole"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("averageDecay=0.9")]
    [InlineData("""optimizer={"type":"rmsprop","learningRate":0.001,"momentum":0.5}""")]
    [InlineData("""schedule={"type":"plateau","patience":0,"factor":0.5}""")]
    [InlineData("accumulate=2")]
    [InlineData("maxGradientNorm=0.01")]
    public async Task Resume_AfterACancelledRun_EndsWithTheSameWeights(string change)
    {
        string[] changes = change.Length == 0 ? [] : [change];
        await Train("whole", epochs: 4, changes);
        using var stop = new CancellationTokenSource();
        var stopper = new Reporter(progress =>
        {
            if (progress is { Stage: TrainingStage.Training, Epoch: 3, Done: >= 2 }) stop.Cancel();
        });
        TrainingResult stopped = await Trainer.Create(Recipe(4, changes), Options("parts")).RunAsync(stopper, stop.Token);
        Assert.False(stopped.IsFinished);

        TrainingResult resumed = await Trainer.Resume(_people["parts"]).RunAsync();

        Assert.True(resumed.IsFinished);
        AssertSameRuns("whole", "parts");
    }

    [Fact]
    public async Task Resume_WithMoreEpochs_GoesOn()
    {
        await Train("long", epochs: 3);
        await Train("short", epochs: 2);
        TrainingResult resumed = await Trainer.Resume(_people["short"], Recipe(3)).RunAsync();
        Assert.Equal(3, resumed.Epochs);
        AssertSameRuns("long", "short");
    }

    [Fact]
    public async Task RunAsync_AnyThreads_GivesTheSameWeights()
    {
        await Train("one", epochs: 2, options: new TrainerOptions { Threads = 1, DataThreads = 1 });
        await Train("many", epochs: 2, options: new TrainerOptions { Threads = 3, DataThreads = 4 });
        AssertSameRuns("one", "many");
    }

    [Fact]
    public async Task Resume_NewestCheckpointTruncated_TakesTheOneBefore()
    {
        await Train("whole", epochs: 3);
        await Train("parts", epochs: 3);
        string newest = Directory.GetFiles(_people["parts/checkpoints"]).Max(StringComparer.Ordinal)!;
        using (var stream = new FileStream(newest, FileMode.Open)) stream.SetLength(stream.Length / 2);
        await Trainer.Resume(_people["parts"]).RunAsync();
        AssertSameRuns("whole", "parts");
    }

    [Fact]
    public async Task Resume_AnotherRecipe_NamesWhatDiffers()
    {
        await Train("run", epochs: 1);
        var exception = Assert.Throws<ArgumentException>(() => Trainer.Resume(_people["run"], Recipe(2, ["seed=9", "optimizer.learningRate=0.5"])));
        Assert.Contains("optimizer.learningRate, seed differ", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Trainer.Resume(_people["run"], options: new TrainerOptions { Weights = "x.pth" }));
        Assert.Throws<IOException>(() => Trainer.Create(Recipe(1), Options("run")));
        Assert.Throws<FileNotFoundException>(() => Trainer.Resume(_people["nowhere"]));
    }

    [Fact]
    public async Task Resume_DataThatGrew_IsRefused()
    {
        await Train("run", epochs: 1);
        string[] lines = File.ReadAllLines(_people.Annotations);
        File.WriteAllLines(_people.Annotations, [.. lines, lines[^1].Replace("dots07", "dots08", StringComparison.Ordinal)]);
        Assert.Contains("9 samples", Assert.Throws<TrainingDataException>(() => Trainer.Resume(_people["run"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_LossThatIsNoNumber_NamesStepAndSamplesAndKeepsTheCheckpoint()
    {
        await Train("run", epochs: 1);
        string[] checkpoints = Directory.GetFiles(_people["run/checkpoints"]);
        byte[] before = File.ReadAllBytes(checkpoints[0]);
        Recipe recipe = Recipe(4, ["optimizer.learningRate=1e30"]);
        var exception = await Assert.ThrowsAsync<TrainingDivergedException>(() => Trainer.Create(recipe, Options("diverged")).RunAsync());

        Assert.Contains($"Step {exception.Step} (epoch ", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(checkpoints[0]));
        if (exception.Samples.Count > 0) Assert.All(exception.Samples, sample => Assert.Contains(".png", sample, StringComparison.Ordinal));
        Assert.All(
            Directory.GetFiles(_people["diverged/checkpoints"]),
            file => Assert.All(Safetensors.Load(file).Tensors.Values, tensor => Assert.All(tensor.ToArray<float>(), value => Assert.True(float.IsFinite(value)))));
        Assert.Contains("stopped by an error: Step", File.ReadAllText(_people["diverged/log.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_AnotherSkeleton_NamesTheKeypoints()
    {
        Recipe recipe = Recipe(1, ["model.skeleton=lsp14", "model.architecture.keypoints=14"]);
        var exception = Assert.Throws<TrainingDataException>(() => Trainer.Create(recipe, Options("run")));
        Assert.Contains("lacks right_ankle", exception.Message, StringComparison.Ordinal);
        Assert.Contains("has head", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_people["run"]));
    }

    [Theory]
    [InlineData("model.architecture.keypoints=7", "7")]
    [InlineData("model.task.inputWidth=96", "")]
    [InlineData("batchSize=9", "8 samples")]
    [InlineData("data.training.first=9", "none from 9")]
    [InlineData("""loss={"type":"associative-embedding"}""", "square-bottom-up")]
    [InlineData("""frozen=["nothing"]""", "nothing")]
    [InlineData("""learningRateFactors={"nothing":0.5}""", "nothing")]
    public async Task Create_PartsThatDoNotGoTogether_AreRefused(string change, string expected)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Trainer.Create(Recipe(1, [change]), Options("run")).RunAsync());
        Assert.True(exception is ArgumentException or TrainingDataException, exception.ToString());
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PictureThatIsGone_NamesTheFile()
    {
        File.WriteAllText(_people["dots05.png"], "no picture");
        var exception = await Assert.ThrowsAsync<TrainingDataException>(() => Train("run", epochs: 1));
        Assert.Contains("dots05.png", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WithWeights_StartsFromThem()
    {
        TrainingResult first = await Train("first", epochs: 2);
        await Train("second", epochs: 1, ["optimizer.learningRate=1e-12", "optimizer.beta1=0"], new TrainerOptions { Weights = first.Weights });
        var (_, before) = ModelLoader.Load(first.Weights);
        var (_, after) = ModelLoader.Load(_people["second/weights/last.safetensors"]);
        foreach (var (a, b) in before.Parameters.Zip(after.Parameters).Where(pair => !pair.First.IsBuffer))
            for (int i = 0; i < a.Value.Span.Length; i++) Assert.Equal(a.Value.Span[i], b.Value.Span[i], 1e-9f);
    }

    [Fact]
    public async Task Create_WithWeightsAndAFreshPart_StartsFromTheRest()
    {
        TrainingResult first = await Train("first", epochs: 2);
        string[] still = ["optimizer.learningRate=1e-12", "optimizer.beta1=0", "seed=9"];
        await Train("second", epochs: 1, [.. still, """fresh=["outs"]"""], new TrainerOptions { Weights = first.Weights });
        var (_, before) = ModelLoader.Load(first.Weights);
        var (_, after) = ModelLoader.Load(_people["second/weights/last.safetensors"]);
        foreach (var (a, b) in before.Parameters.Zip(after.Parameters).Where(pair => !pair.First.IsBuffer))
            Assert.Equal(a.IsIn("outs"), Math.Abs(a.Value.Span[0] - b.Value.Span[0]) > 1e-6);
        var exception = Assert.Throws<ArgumentException>(() =>
            Trainer.Create(Recipe(1, ["""fresh=["head"]"""]), Options("third") with { Weights = first.Weights }));
        Assert.Contains("'head'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithMoreData_TakesEachPictureAsOftenAsItSays()
    {
        string[] changes = ["""data.additional=[{"path":"people.csv","last":3,"repeat":4}]""", "data.training.first=2"];
        Assert.Equal(7 + 3 * 4, Trainer.Create(Recipe(1, changes), Options("run")).SampleCount);
    }

    [Fact]
    public async Task RunAsync_BottomUpOnSquares_LearnsHeatmapsAndTags()
    {
        string[] changes =
        [
            """model.architecture={"type":"bearpaw-hourglass","stacks":1,"keypoints":10,"stemChannels":8,"features":8}""",
            """model.task={"type":"bottom-up","inputSize":{"shortSide":64,"multiple":64}}""",
            """loss={"type":"associative-embedding","foreground":10}""",
            "augmentation.mosaicProbability=0.3", "data.side=128",
        ];
        TrainingResult result = await Train("run", epochs: 8, changes);
        double[] losses = [.. Metrics("run").Select(line => double.Parse(line[3], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(losses[^1] < losses[0] / 2, $"The loss went from {losses[0]} to {losses[^1]}.");
        using var estimator = PoseEstimator.Load(result.Weights);
        Assert.False(estimator.IsTopDown);
        Assert.NotEmpty(estimator.EstimateFile(_people["dots03.png"]));
    }

    [Fact]
    public async Task RunAsync_FrozenPart_StaysAsItIs()
    {
        await Train("zero", epochs: 1, ["optimizer.learningRate=1e-20"]);
        await Train("run", epochs: 1, ["""frozen=["pre"]"""]);
        var (_, before) = ModelLoader.Load(_people["zero/weights/last.safetensors"]);
        var (_, after) = ModelLoader.Load(_people["run/weights/last.safetensors"]);
        foreach (var (a, b) in before.Parameters.Zip(after.Parameters).Where(pair => !pair.First.IsBuffer && pair.First.Shape.Rank == 4 && pair.First.Name.StartsWith("pre.", StringComparison.Ordinal)))
            Assert.Equal(a.Value.Span.ToArray(), b.Value.Span.ToArray());
        Assert.Contains(
            before.Parameters.Zip(after.Parameters),
            pair => pair.First.Name.StartsWith("outs.", StringComparison.Ordinal) && !pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span));
    }

    private Recipe Recipe(int epochs, string[]? changes = null) => RecipeFile.Parse(TinyRecipe.Json, "tiny.json", [$"epochs={epochs}", $"data.root={_people.Folder}", .. changes ?? []]);

    private TrainerOptions Options(string run) => new() { RunFolder = _people[run], Threads = 1, DataThreads = 1 };

    private Task<TrainingResult> Train(string run, int epochs, string[]? changes = null, TrainerOptions? options = null) =>
        Trainer.Create(Recipe(epochs, changes), (options ?? Options(run)) with { RunFolder = _people[run] }).RunAsync();

    private IEnumerable<string[]> Metrics(string run) => File.ReadLines(_people[$"{run}/metrics.csv"]).Skip(1).Select(line => line.Split(','));

    private string[] Files(string run) =>
        [.. Directory.GetFiles(_people[run], "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_people[run], file)).Order(StringComparer.Ordinal)];

    private void AssertSameRuns(string first, string second)
    {
        foreach (string file in (string[])["weights/last.safetensors", "weights/best.safetensors"])
        {
            var (a, b) = (Safetensors.Load(_people[$"{first}/{file}"]), Safetensors.Load(_people[$"{second}/{file}"]));
            Assert.All(a.Tensors, tensor => Assert.Equal(tensor.Value.ToArray<float>(), b[tensor.Key].ToArray<float>()));
        }

        // Epoch, step, rate, loss and its term; what follows are times, and then scores.
        Assert.Equal(Metrics(first).Select(line => string.Join(',', line[..5].Concat(line[7..]))), Metrics(second).Select(line => string.Join(',', line[..5].Concat(line[7..]))));
    }

    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
