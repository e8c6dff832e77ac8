using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Prediction;

/// <summary>The networks that come with the library.</summary>
public sealed class DefaultEstimatorTests
{
    private static string Astronaut => Path.Combine(Repository.Root, "samples", "astronaut.png");

    [Fact]
    public void LoadDefault_NoFile_FindsTheAstronaut()
    {
        using var estimator = PoseEstimator.LoadDefault();
        Assert.Equal(Lsp14.Skeleton.Keypoints, estimator.Skeleton.Keypoints);
        Assert.False(estimator.IsTopDown);

        Person person = estimator.EstimateFile(Astronaut)[0];

        Assert.InRange(person["head_top"].Position.X, 150, 300);
        Assert.InRange(person["head_top"].Position.Y, 0, 120);
        Assert.InRange(person["neck"].Position.Y, 120, 300);
        Assert.True(person["right_shoulder"].Position.X < person["left_shoulder"].Position.X);
    }

    [ReferenceDataFact]
    public void Estimate_Refined_KeepsEveryoneAndWhatWasSeen()
    {
        using PoseEstimator once = PoseEstimator.LoadDefault(), twice = PoseEstimator.LoadDefault(new PoseEstimatorOptions { Refine = true });
        var photo = Image.Load(Repository.Reference("golden/real_network/000000196141.jpg"));

        IReadOnlyList<Person> found = once.Estimate(photo), refined = twice.Estimate(photo);

        double threshold = ((BottomUpTask)BuiltInModels.LoadFinder().Model.Task).Grouping.DetectionThreshold;
        Assert.Equal(found.Count, refined.Count);
        for (int i = 0; i < found.Count; i++)
        {
            Assert.Equal(found[i].Score, refined[i].Score);
            Assert.All(found[i].Keypoints.Zip(refined[i].Keypoints), pair => Assert.True(pair.Second == pair.First || (pair.First.Score <= threshold && pair.Second.Score > pair.First.Score)));
        }

        Assert.Contains(Enumerable.Range(0, found.Count), i => !found[i].Keypoints.SequenceEqual(refined[i].Keypoints));
    }

    [Fact]
    public void EstimateFile_Refined_IsWhatItsPixelsGive()
    {
        using var estimator = PoseEstimator.LoadDefault(new PoseEstimatorOptions { Refine = true });
        Assert.Equal(
            estimator.Estimate(Image.Load(Astronaut)).SelectMany(person => person.Keypoints), estimator.EstimateFile(Astronaut).SelectMany(person => person.Keypoints));
    }

    [Theory]
    [InlineData("lite-pose", "finds the keypoints of crowdpose14")]
    [InlineData("hrnet-w32", "looks at one person at a time already")]
    public void Create_RefinedModelThatCannotBe_SaysWhy(string name, string expected)
    {
        PoseModel model = ModelCatalog.Create(name);
        var network = model.Architecture.CreateNetwork();
        network.FillRandomly(seed: 1);
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => PoseEstimator.Create(model, network, new PoseEstimatorOptions { Refine = true })).Message, StringComparison.Ordinal);
    }
}
