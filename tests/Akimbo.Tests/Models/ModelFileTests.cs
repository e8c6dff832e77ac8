using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Akimbo.Models;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly string _target = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.akimbo");

    public static TheoryData<string> Names => [.. ModelCatalog.Names];

    public void Dispose()
    {
        File.Delete(_target);
        File.Delete(_target + ".narrow");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Describe_EveryModelOfTheCatalog_ComesBackFromJson(string name)
    {
        var model = ModelCatalog.Create(name) with { Scores = new Dictionary<string, double> { ["COCO AP"] = 0.744 } };
        string json = JsonSerializer.Serialize(ModelDescription.Of(model), ModelJson.Default.ModelDescription);

        var read = ModelFile.Describe(new Dictionary<string, string> { [ModelFile.MetadataKey] = json }, "a.akimbo")!;

        Assert.Equal(json, JsonSerializer.Serialize(ModelDescription.Of(read), ModelJson.Default.ModelDescription));
        Assert.Equal(model.Task.GetType(), read.Task.GetType());
        Assert.Equal(0.744, read.Scores["COCO AP"]);
        Assert.Equal(model.Skeleton.FlipIndices, read.Skeleton.FlipIndices);
    }

    public static TheoryData<INetworkOptions> Architectures =>
    [
        new LitePoseOptions(), new StackedHourglassOptions(), new BearpawHourglassOptions(), new HighResolutionOptions(), new AssociativeEmbeddingNetOptions(), new PoseResNetOptions(),
    ];

    public static TheoryData<PoseTask> Tasks => [new BottomUpTask(), new SquareBottomUpTask(), new TopDownTask()];

    [Theory]
    [MemberData(nameof(Architectures))]
    public void Describe_ArchitectureOfNothingButItsType_HasThePublishedSizes(INetworkOptions expected)
    {
        var model = DescribeReduced(ModelCatalog.Create("lite-pose") with { Architecture = expected }, "architecture");
        Assert.Equal(Json(expected, ModelJson.Default.INetworkOptions), Json(model.Architecture, ModelJson.Default.INetworkOptions));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Describe_TaskOfNothingButItsType_HasTheDefaults(PoseTask expected)
    {
        var model = DescribeReduced(ModelCatalog.Create("lite-pose") with { Task = expected }, "task");
        Assert.Equal(Json(expected, ModelJson.Default.PoseTask), Json(model.Task, ModelJson.Default.PoseTask));
    }

    [Fact]
    public void Describe_SomeKeysLeftOut_TheOthersAreKept()
    {
        var description = JsonNode.Parse(Json(ModelDescription.Of(ModelCatalog.Create("associative-embedding")), ModelJson.Default.ModelDescription))!.AsObject();
        description["task"] = JsonNode.Parse("""{ "grouping": { "maxPeople": 7 }, "type": "square-bottom-up" }""");
        description.Remove("description");
        description.Remove("scores");

        var model = Describe(description.ToJsonString());

        var task = Assert.IsType<SquareBottomUpTask>(model.Task);
        var defaults = new SquareBottomUpTask().Grouping;
        Assert.Equal((7, defaults.Missing, defaults.MinKeypoints), (task.Grouping.MaxPeople, task.Grouping.Missing, task.Grouping.MinKeypoints));
        Assert.Equal(defaults.KeypointOrder, task.Grouping.KeypointOrder);
        Assert.Equal(512, task.BaseSize);
        Assert.Empty(model.Description);
        Assert.Empty(model.Scores);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("3")]
    [InlineData("""{"format": 1, "format": 1}""")]
    [InlineData("""{"format": 1, "architecture": {"type": 3}, "task": []}""")]
    public void Describe_NoDescription_IsOneClearError(string json) =>
        Assert.Contains("a.akimbo", Assert.Throws<CheckpointFormatException>(() => Describe(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2")]
    [InlineData("\"format\": 1,", "")]
    [InlineData("\"format\": 1", "\"format\": 1, \"surprise\": true")]
    [InlineData("\"type\": \"lite-pose\"", "\"type\": \"heavy-pose\"")]
    [InlineData("\"left_hip\"", "\"left_shoulder\"")]
    [InlineData("{", "[")]
    public void Describe_DamagedDescription_IsOneClearError(string found, string replacement)
    {
        string json = JsonSerializer.Serialize(ModelDescription.Of(ModelCatalog.Create("lite-pose")), ModelJson.Default.ModelDescription);
        Assert.Contains(found, json, StringComparison.Ordinal);
        var metadata = new Dictionary<string, string> { [ModelFile.MetadataKey] = json.Replace(found, replacement, StringComparison.Ordinal) };

        var error = Assert.Throws<CheckpointFormatException>(() => ModelFile.Describe(metadata, "a.akimbo"));

        Assert.Contains("a.akimbo", error.Message, StringComparison.Ordinal);
    }

    private static PoseModel Describe(string json) => ModelFile.Describe(new Dictionary<string, string> { [ModelFile.MetadataKey] = json }, "a.akimbo")!;

    private static PoseModel DescribeReduced(PoseModel model, string key)
    {
        var description = JsonNode.Parse(Json(ModelDescription.Of(model), ModelJson.Default.ModelDescription))!.AsObject();
        description[key] = new JsonObject { ["type"] = description[key]!["type"]!.DeepClone() };
        return Describe(description.ToJsonString());
    }

    private static string Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    [Fact]
    public void Convert_CheckpointOfAnotherSize_SaysWhatDiffersAndWritesNothing()
    {
        var error = Assert.Throws<ModelWeightsException>(() => ModelFile.Convert(Repository.Fixture("models/princeton_hg_checkpoint.pt"), "hourglass-2", _target));

        Assert.NotEmpty(error.Misshapen);
        Assert.False(File.Exists(_target));
    }

    [Fact]
    public void Convert_TargetThatIsTheCheckpoint_LeavesItAlone()
    {
        string link = _target + ".link";
        File.Copy(Repository.Fixture("models/princeton_hg.pt"), _target);
        File.CreateSymbolicLink(link, _target);
        byte[] before = File.ReadAllBytes(_target);
        try
        {
            foreach (var (checkpoint, target) in ((string, string)[])[(_target, _target), (link, _target), (_target, link)])
                Assert.Contains("would replace the checkpoint", Assert.Throws<ArgumentException>(() => ModelFile.Convert(checkpoint, "hourglass-2", target)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(link);
        }

        Assert.Equal(before, File.ReadAllBytes(_target));
    }

    /// <summary>A model file of unusual sizes with a checkpoint's tensors.</summary>
    private string NarrowModel(string checkpoint)
    {
        string path = _target + ".narrow";
        var model = ModelCatalog.Create("hourglass-2") with
        {
            Name = "narrow",
            Architecture = new StackedHourglassOptions { Stacks = 2, Channels = 8, Increase = 0 },
            Task = new TopDownTask { InputWidth = 128, InputHeight = 128, Crop = CropKind.CentreScale, Decoding = HeatmapDecoding.Princeton },
        };
        var tensors = CheckpointFile.LoadTensors(checkpoint);
        Safetensors.Save(path, tensors, new Dictionary<string, string>
        {
            [ModelFile.MetadataKey] = JsonSerializer.Serialize(ModelDescription.Of(model), ModelJson.Default.ModelDescription),
        });
        return path;
    }

    [ReferenceDataFact]
    public void Convert_RealWeights_PredictAsTheCheckpointBitForBit()
    {
        string weights = Repository.Reference("weights/litepose-auto-crowdpose.pth"), photo = Repository.Reference("golden/real_network/000000196141.jpg");

        var conversion = ModelFile.Convert(weights, name: null, _target);
        using var direct = PoseEstimator.Load(weights, new PoseEstimatorOptions { Model = "lite-pose" });
        using var converted = PoseEstimator.Load(_target);

        Assert.Equal("lite-pose", conversion.Model.Name);
        Assert.Equal(64, conversion.SourceSha256.Length);
        Assert.Equal(direct.EstimateFile(photo).SelectMany(person => person.Keypoints), converted.EstimateFile(photo).SelectMany(person => person.Keypoints));
    }

    [Fact]
    public void Convert_HalfPrecision_RoundsWeightsAndKeepsStatistics()
    {
        string checkpoint = Repository.Fixture("models/princeton_hg.pt");
        ModelFile.Convert(NarrowModel(checkpoint), name: null, _target, halfPrecision: true);

        var (before, after) = (CheckpointFile.LoadTensors(checkpoint), Safetensors.Load(_target));
        Assert.Equal(ElementType.Float16, after["pre.0.conv.weight"].Type);
        Assert.Equal(before["pre.0.conv.weight"].ToArray<Half>(), after["pre.0.conv.weight"].ToArray<Half>());
        Assert.Equal(before["pre.0.bn.running_var"].ToArray<float>(), after["pre.0.bn.running_var"].ToArray<float>());
        using var estimator = PoseEstimator.Load(_target);
        Assert.Equal("narrow", estimator.ModelName);
    }

    [Fact]
    public void Load_ModelFileOfUnusualSizes_NeedsNoOtherWord()
    {
        File.Move(NarrowModel(Repository.Fixture("models/princeton_hg.pt")), _target);

        using var estimator = PoseEstimator.Load(_target, new PoseEstimatorOptions { FlipTest = true });
        var people = estimator.Estimate(new Akimbo.Imaging.Image(200, 300), [new PersonBox(new Akimbo.Geometry.Box(20, 30, 100, 200))]);

        Assert.Equal("narrow", estimator.ModelName);
        Assert.True(estimator.IsTopDown);
        Assert.Equal(16, Assert.Single(people).Keypoints.Count);
    }
}
