using System.Globalization;
using Akimbo.Models;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.LitePose;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Tensors;
using Akimbo.Training;
using Akimbo.Training.Input;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training;

public sealed class TeacherTests : IDisposable
{
    private const string Hip = "left_hip";

    private const string Student =
        """model.architecture={"type":"lite-pose","keypoints":5,"stemChannels":8,"inputChannels":8,"stageChannels":[8,8,8,8],"stageBlocks":[1,1,1,1],"decoderChannels":[8,8],"expansion":2,"kernelSize":3}""";

    private static readonly string[] BottomUp =
    [
        """model.architecture={"type":"bearpaw-hourglass","stacks":1,"keypoints":10,"stemChannels":8,"features":16}""",
        """model.task={"type":"bottom-up","inputSize":{"shortSide":128,"multiple":64}}""",
        "data.side=128", "data.validation=null", "augmentation.spatial.scale=0",
    ];

    private readonly DrawnPeople _people = new(pictures: 12);

    public void Dispose() => _people.Dispose();

    [Fact]
    public async Task RunAsync_KeypointsThatNobodyAnnotated_AreLearntFromTheTeacher()
    {
        string teacher = await Train("teacher", epochs: 40, """loss={"type":"associative-embedding","foreground":10}""");
        WriteWithoutHips();
        string alone = await Train("alone", epochs: 12, """loss={"type":"associative-embedding","foreground":10}""", "data.training.path=shoulders.csv");
        string taught = await Train(
            "taught", epochs: 25, """loss={"type":"associative-embedding","foreground":10,"teacher":{"weights":"teacher.akimbo"}}""", "data.training.path=shoulders.csv");
        int known = HipsFound(teacher);
        Assert.InRange(known, 8, 12);
        Assert.InRange(HipsFound(taught), known / 2, 12);
        Assert.Equal(0, HipsFound(alone));

        string[] head = File.ReadLines(_people["taught/metrics.csv"]).First().Split(',');
        Assert.Contains("loss_teacher", head);
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(-1, true)]
    public void Evaluate_EverythingMasked_CountsWhereTheTeacherKnowsAllKeypoints(int channelOfLast, bool isMasked)
    {
        var options = new BearpawHourglassOptions { Stacks = 1, Keypoints = 10, StemChannels = 8, Features = 8 };
        var network = options.CreateNetwork();
        network.FillRandomly(seed: 1);
        var shape = new TargetShape(64, 64, Keypoints: 5, 16, 16, People: 2);
        var batch = new TrainingBatch(1, shape);
        using var pool = new WorkerPool(1);
        var teacher = new Teacher(new TeacherNetwork(network, Keypoints: 5, [0, 1, 2, 3, channelOfLast]), shape.MapsOf(1), pool);
        var model = new PoseModel { Name = "student", Architecture = options, Skeleton = DrawnPeople.Dots, Normalisation = Normalisation.ImageNet, Task = new BottomUpTask() };
        var loss = TrainingLoss.Of(new AssociativeEmbeddingLossRecipe { Teacher = new TeacherRecipe { Weights = "teacher" } }, model, teacher);

        Tensor output = new([1, 10, 16, 16]), gradient = new(output.Shape);
        output.Span.Fill(1);
        double[] terms = new double[loss.Terms.Count];
        loss.Evaluate([output], batch, [gradient], terms);

        Assert.Equal(isMasked, terms[0] == 0);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public async Task RunAsync_FeaturesOfATeacher_AreLearnt(string isForced)
    {
        SaveLitePose("teacher.akimbo");
        await Train("taught", epochs: 12, Student, $$$"""loss={"type":"associative-embedding","teacher":{"weights":"teacher.akimbo","features":1,"isForced":{{{isForced}}}}}""");
        string[][] rows = [.. File.ReadLines(_people["taught/metrics.csv"]).Select(line => line.Split(','))];
        int column = Array.IndexOf(rows[0], "loss_features");
        double first = double.Parse(rows[1][column], CultureInfo.InvariantCulture), last = double.Parse(rows[^1][column], CultureInfo.InvariantCulture);
        Assert.True(last < 0.5 * first, $"The features' loss went from {first} to {last}.");
    }

    [Theory]
    [InlineData("""model.architecture={"type":"bearpaw-hourglass","stacks":1,"keypoints":10,"stemChannels":8,"features":16}""", "inner maps are learnt by a LitePose from a LitePose")]
    [InlineData("""model.architecture={"type":"lite-pose","keypoints":5,"stemChannels":8,"inputChannels":8,"stageChannels":[8,8,8,16],"stageBlocks":[1,1,1,1],"decoderChannels":[8,8]}""", "of one with the same widths")]
    public void Create_TeacherOfOtherFeatures_IsRefused(string student, string expected)
    {
        SaveLitePose("teacher.akimbo");
        var exception = Assert.Throws<ArgumentException>(
            () => Trainer.Create(Recipe(1, [.. BottomUp, student, """loss={"type":"associative-embedding","teacher":{"weights":"teacher.akimbo","features":1}}"""]), Options("run")));
        Assert.Contains("teacher.akimbo cannot be the teacher", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_TopDownTeacher_IsRefused()
    {
        string path = (await Trainer.Create(Recipe(1, []), Options("single")).RunAsync()).Weights;
        File.Copy(path, _people["single.akimbo"]);
        var exception = Assert.Throws<ArgumentException>(
            () => Trainer.Create(Recipe(1, [.. BottomUp, """loss={"type":"associative-embedding","teacher":{"weights":"single.akimbo"}}"""]), Options("run")));
        Assert.Contains("single.akimbo cannot be the teacher: it is no bottom-up model", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_people["run"]));
    }

    [Fact]
    public void Create_TeacherThatIsNotThere_NamesTheFile()
    {
        var exception = Assert.Throws<FileNotFoundException>(
            () => Trainer.Create(Recipe(1, [.. BottomUp, """loss={"type":"associative-embedding","teacher":{"weights":"none.akimbo"}}"""]), Options("run")));
        Assert.Contains("none.akimbo", exception.Message, StringComparison.Ordinal);
    }

    private void SaveLitePose(string name)
    {
        var options = new LitePoseOptions
        {
            Keypoints = 5,
            StemChannels = 8,
            InputChannels = 8,
            StageChannels = [8, 8, 8, 8],
            StageBlocks = [2, 2, 2, 2],
            DecoderChannels = [8, 8, 8],
            Expansion = 2,
            KernelSize = 3,
        };
        var network = options.CreateNetwork();
        network.FillRandomly(seed: 3);
        ModelFile.Save(
            new PoseModel { Name = "teacher", Architecture = options, Skeleton = DrawnPeople.Dots, Normalisation = Normalisation.ImageNet, Task = new BottomUpTask() }, network, _people[name]);
    }

    private int HipsFound(string weights)
    {
        using var estimator = PoseEstimator.Load(weights);
        int hip = DrawnPeople.Dots.Keypoints.ToList().IndexOf(Hip);
        return Enumerable.Range(0, 12).Count(i => estimator.EstimateFile(_people[$"dots{i:00}.png"]).Any(person => IsFound(person, hip)));
    }

    private static bool IsFound(Person person, int keypoint) => person.Keypoints[keypoint].Score > 0.2;

    private void WriteWithoutHips()
    {
        string[] lines = File.ReadAllLines(_people.Annotations);
        string[] names = lines[0].Split(',');
        File.WriteAllLines(_people["shoulders.csv"], lines.Select((line, row) => row == 0 ? line : string.Join(',', line.Split(',').Select((cell, i) => names[i] is "left_hip_v" or "right_hip_v" ? "0" : cell))));
    }

    private async Task<string> Train(string run, int epochs, params string[] changes)
    {
        TrainingResult result = await Trainer.Create(Recipe(epochs, [.. BottomUp, .. changes]), Options(run)).RunAsync();
        string weights = _people[$"{run}.akimbo"];
        File.Copy(result.Weights, weights);
        return weights;
    }

    private Recipe Recipe(int epochs, string[] changes) => RecipeFile.Parse(TinyRecipe.Json, "tiny.json", [$"epochs={epochs}", $"data.root={_people.Folder}", .. changes]);

    private TrainerOptions Options(string run) => new() { RunFolder = _people[run], Threads = 1, DataThreads = 1 };
}
