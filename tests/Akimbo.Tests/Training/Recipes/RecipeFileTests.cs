using Akimbo.Datasets;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Testing;
using Akimbo.Training.Recipes;

namespace Akimbo.Tests.Training.Recipes;

public sealed class RecipeFileTests
{
    private const string Smallest = """
        {
          // A comment, and trailing commas.
          "$schema": "recipe.schema.json",
          "name": "tiny",
          "model": { "catalog": "hourglass-2", },
          "data": { "training": { "path": "people.csv" } },
          "loss": { "type": "heatmap" },
          "optimizer": { "type": "adam" },
        }
        """;

    public static TheoryData<string> Published =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "recipes"), "*.json").Select(file => Path.GetFileName(file)).Where(file => file != "recipe.schema.json").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Published))]
    public void Load_PublishedRecipe_MakesANetworkForItsKeypoints(string file)
    {
        Recipe recipe = RecipeFile.Load(Path.Combine(Repository.Root, "recipes", file));
        Assert.Equal(Path.GetFileNameWithoutExtension(file), recipe.Name);
        var model = recipe.Model.ToModel(recipe.Name, recipe.Description, Coco17.Skeleton);
        int keypoints = model.Skeleton.Keypoints.Count;
        var (width, height) = model.Task is TopDownTask task ? (task.InputWidth, task.InputHeight) : (256, 256);
        Assert.All(
            model.Architecture.CreateNetwork().Trace([1, 3, height, width]).Outputs,
            output => Assert.True(model.Task is TopDownTask ? output.Shape[1] == keypoints : output.Shape[1] >= 2 * keypoints, $"{output.Shape} for {model.Skeleton}"));
    }

    [Fact]
    public void Parse_WhatIsLeftOut_HasItsDefault()
    {
        Recipe recipe = RecipeFile.Parse(Smallest, "tiny.json");
        Assert.Equal((16, 1, 100, 1UL), (recipe.BatchSize, recipe.Accumulate, recipe.Epochs, recipe.Seed));
        Assert.Equal(new AdamRecipe { LearningRate = 1e-3, Beta2 = 0.999 }, recipe.Optimizer);
        Assert.Equal(new HeatmapLossRecipe { KeypointWeights = true }, recipe.Loss);
        Assert.Equal(8, recipe.Augmentation.Spatial.HalfBodyKeypoints);
        Assert.Equal(1, recipe.Data.Training.First);
        Assert.IsType<ConstantScheduleRecipe>(recipe.Schedule);
        Assert.Null(recipe.Data.Validation);
    }

    [Fact]
    public void Parse_PartsOfNestedObjects_KeepTheOtherDefaults()
    {
        Recipe recipe = RecipeFile.Parse(Smallest, "tiny.json",
        [
            "augmentation.occlusion.maxPatches=3", "augmentation.spatial.rotation=10",
            """model.task={"type":"square-bottom-up","grouping":{"maxPeople":7}}""",
            """model.architecture={"type":"stacked-hourglass","stacks":1}""",
        ]);
        Assert.Equal((3, 0.3), (recipe.Augmentation.Occlusion!.MaxPatches, recipe.Augmentation.Occlusion.MaxSide));
        Assert.Equal((10, 1), (recipe.Augmentation.Spatial.Rotation, recipe.Augmentation.Spatial.RotationProbability));
        var task = Assert.IsType<SquareBottomUpTask>(recipe.Model.Task);
        Assert.Equal((7, true, 512), (task.Grouping.MaxPeople, task.Grouping.IgnoreTooMany, task.BaseSize));
        Assert.Equal(256, Assert.IsType<StackedHourglassOptions>(recipe.Model.Architecture).Channels);
    }

    [Fact]
    public void Parse_OfToJson_IsTheSameRecipe()
    {
        foreach (string file in Published)
        {
            Recipe recipe = RecipeFile.Load(Path.Combine(Repository.Root, "recipes", file));
            string json = RecipeFile.ToJson(recipe);
            Recipe again = RecipeFile.Parse(json, file);
            Assert.Equal(json, RecipeFile.ToJson(again));
            Assert.Empty(RecipeFile.Differences(recipe, again));
        }
    }

    [Fact]
    public void Differences_NamesTheKeys()
    {
        Recipe recipe = RecipeFile.Parse(Smallest, "a"), other = RecipeFile.Parse(Smallest, "b", ["epochs=3", "optimizer.beta1=0.5", "data.validation.path=x.csv"]);
        Assert.Equal(["data.validation", "epochs", "optimizer.beta1"], RecipeFile.Differences(recipe, other).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("batchsize=3", "unknown", "Did you mean 'batchSize'")]
    [InlineData("augmentation.spatial.rotaton=3", "'augmentation.spatial.rotaton' is unknown", "'rotation'")]
    [InlineData("optimizer.type=adm", "'adm'", "'adam'")]
    [InlineData("optimizer.momentum=0.9", "'optimizer.momentum' is unknown", "")]
    [InlineData("optimizer={}", "'optimizer.type' is missing", "sgd, rmsprop, adam, adamw")]
    [InlineData("data.training={}", "'data.training.path' is missing", "")]
    [InlineData("model.catalog=hourglas-2", "'hourglas-2'", "'hourglass-2'")]
    [InlineData("model.skeleton=coco18", "'coco18'", "coco17")]
    [InlineData("""model.architecture={"type":"hrnet","channels":3}""", "'model.architecture.channels' is unknown", "")]
    [InlineData("epochs=many", "$.epochs", "")]
    [InlineData("epochs=0", "epochs is 0", "1 to 100,000")]
    [InlineData("batchSize=-1", "batchSize is -1", "")]
    [InlineData("optimizer.learningRate=0", "optimizer.learningRate is 0", "positive")]
    [InlineData("averageDecay=1", "averageDecay is 1", "below 1")]
    [InlineData("""schedule={"type":"multi-step","milestones":[5,5]}""", "schedule.milestones is [5, 5]", "ascending")]
    [InlineData("data.training.last=0", "data.training.last is 0", "data.training.first")]
    [InlineData("nothing", "'nothing'", "key=value")]
    public void Parse_BadChange_NamesTheKey(string change, string expected, string alsoExpected)
    {
        var exception = Assert.Throws<RecipeFormatException>(() => RecipeFile.Parse(Smallest, "tiny.json", [change]));
        Assert.StartsWith("tiny.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains(alsoExpected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"name\": \"x\"")]
    [InlineData("{\"name\": \"x\", \"name\": \"y\"}")]
    [InlineData("{}")]
    public void Parse_NoRecipe_Throws(string json) => Assert.Throws<RecipeFormatException>(() => RecipeFile.Parse(json, "bad.json"));

    [Fact]
    public void Load_NoFile_SaysWhich()
    {
        var exception = Assert.Throws<FileNotFoundException>(() => RecipeFile.Load("nowhere/recipe.json"));
        Assert.Contains("nowhere/recipe.json", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToModel_WithoutSkeleton_TakesTheDatas()
    {
        Recipe recipe = RecipeFile.Parse(Smallest, "tiny.json", ["""model={"architecture":{"type":"stacked-hourglass","keypoints":5},"task":{"type":"top-down"}}"""]);
        Assert.Equal(DrawnPeople.Dots, recipe.Model.ToModel("m", "", DrawnPeople.Dots).Skeleton);
        Assert.Equal(PublishedSkeletons.All[0], (recipe with { Model = recipe.Model with { Skeleton = "coco17" } }).Model.ToModel("m", "", DrawnPeople.Dots).Skeleton);
    }
}
