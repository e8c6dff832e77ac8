using System.Security.Cryptography;
using System.Text.Json;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Models;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Models;

/// <summary>The models in the folder <c>models</c>, which were trained with this code.</summary>
public sealed class TrainedModelTests
{
    private const string Hourglass = "small-hourglass-2-lspet", LitePose = "lite-pose-lspet", Refiner = "lite-pose-refiner-lspet";

    private static string ModelPath => PathOf(Hourglass);

    [Theory]
    [InlineData(Hourglass)]
    [InlineData(LitePose)]
    [InlineData(Refiner)]
    public void File_OnFile_IsThatOfTheCard(string name)
    {
        string card = File.ReadAllText(Path.Combine(Repository.Root, "docs", "models", $"{name}.md"));
        Assert.Contains($"`{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))))}`", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LitePose)]
    [InlineData(Refiner)]
    public void LoadBuiltIn_Network_IsThatOfItsFile(string name)
    {
        var (model, network) = name == LitePose ? BuiltInModels.LoadFinder() : BuiltInModels.LoadRefiner();
        var (expected, weights) = ModelLoader.Load(PathOf(name));

        Assert.Equal(Described(expected), Described(model));
        Assert.Equal(weights.Parameters.Select(parameter => parameter.Name), network.Parameters.Select(parameter => parameter.Name));
        Assert.All(weights.Parameters.Zip(network.Parameters), pair => Assert.True(pair.First.Value.Span.SequenceEqual(pair.Second.Value.Span), pair.First.Name));

        static string Described(PoseModel model) => JsonSerializer.Serialize(ModelDescription.Of(model), ModelJson.Default.ModelDescription);
    }

    [Fact]
    public void Estimate_AnAstronaut_FindsHeadAndNeck()
    {
        using var estimator = PoseEstimator.Load(ModelPath, new PoseEstimatorOptions { FlipTest = true });
        Assert.Equal(Lsp14.Skeleton.Keypoints, estimator.Skeleton.Keypoints);

        Person person = Assert.Single(estimator.EstimateFile(Path.Combine(Repository.Root, "samples", "astronaut.png"), [new PersonBox(new Box(30, 10, 340, 500))]));

        Assert.InRange(person["neck"].Position.X, 150, 300);
        Assert.InRange(person["head_top"].Position.Y, -20, 120);
    }

    [ReferenceDataFact]
    public void Score_SomePicturesOfLspet_IsNearTheCards()
    {
        var data = EvaluationDataset.Open(Repository.Reference("data/lspet")).Slice(8001, 8100);
        using var estimator = PoseEstimator.Load(ModelPath);
        var predictions = DatasetPrediction.Run(data.Samples, estimator.Skeleton, sample => estimator.EstimateFile(sample.ImagePath, PersonBoxes.Annotated(sample)));
        Assert.InRange(data.ScoringOf(estimator.Skeleton).Score(predictions).Table["Mean"], 57, 72);
    }

    [ReferenceDataFact]
    public void Score_TheNetworkInTheBoxOnSomePicturesOfLspet_IsNearTheCards()
    {
        var data = EvaluationDataset.Open(Repository.Reference("data/lspet")).Slice(8001, 8100);
        using var estimator = PoseEstimator.LoadDefault();
        var predictions = DatasetPrediction.Run(data.Samples, estimator.Skeleton, sample => estimator.EstimateFile(sample.ImagePath));
        Assert.InRange(data.ScoringOf(estimator.Skeleton).Score(predictions).Table["Mean"], 58, 75);
    }

    private static string PathOf(string name) => Path.Combine(Repository.Root, "models", $"{name}.akimbo");
}
