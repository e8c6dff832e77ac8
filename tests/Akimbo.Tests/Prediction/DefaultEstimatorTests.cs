using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Networks.Weights;
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
    public void Estimate_Refined_KeepsEveryoneAndWhatWasMuchSurerBefore()
    {
        using PoseEstimator once = PoseEstimator.LoadDefault(new PoseEstimatorOptions { Refine = false }), twice = PoseEstimator.LoadDefault();
        Assert.Equal((false, true), (once.IsRefined, twice.IsRefined));
        var photo = Image.Load(Repository.Reference("golden/real_network/000000196141.jpg"));

        IReadOnlyList<Person> found = once.Estimate(photo), refined = twice.Estimate(photo);

        Assert.Equal(found.Select(person => person.Score), refined.Select(person => person.Score));
        (Keypoint First, Keypoint Second)[] pairs = [.. found.Zip(refined).SelectMany(pair => pair.First.Keypoints.Zip(pair.Second.Keypoints))];
        Assert.All(pairs, pair => Assert.True(pair.Second == pair.First || pair.Second.Score > pair.First.Score - 0.15f));
        Assert.Contains(pairs, pair => pair.Second != pair.First);
        Assert.Contains(pairs, pair => pair.Second == pair.First && pair.First.IsFound);
    }

    [ReferenceDataFact]
    public void Estimate_PersonWhomTheFirstNetworkMisses_IsFoundInTheWholePhoto()
    {
        using PoseEstimator once = PoseEstimator.LoadDefault(new PoseEstimatorOptions { Refine = false }), twice = PoseEstimator.LoadDefault();
        var photo = Image.Load(Repository.Reference("data/lspet/images/im07837.jpg"));

        IReadOnlyList<Person> found = once.Estimate(photo), refined = twice.Estimate(photo);

        Assert.Equal(found.Count + 1, refined.Count);
        Person added = Assert.Single(refined, person => found.All(other => other.Score != person.Score));
        Assert.Equal(60, added["neck"].Position.X, 12d);
        Assert.Equal(42, added["neck"].Position.Y, 12d);
        Assert.Equal(refined.OrderByDescending(person => person.Score), refined);
    }

    [Fact]
    public void Estimate_PhotoOfNobody_FindsNobody()
    {
        using var estimator = PoseEstimator.LoadDefault();
        var random = new Random(1);
        foreach (int grain in (int[])[1, 8, 40])
        {
            Image coarse = new(320 / grain, 240 / grain), photo = new(320, 240);
            random.NextBytes(coarse.Pixels.Span);
            Resize.Bilinear(coarse, photo);
            Assert.Empty(estimator.Estimate(photo));
        }
    }

    [Fact]
    public void EstimateFile_Refined_IsWhatItsPixelsGive()
    {
        using var estimator = PoseEstimator.LoadDefault(new PoseEstimatorOptions { Refine = true });
        Assert.Equal(
            estimator.Estimate(Image.Load(Astronaut)).SelectMany(person => person.Keypoints), estimator.EstimateFile(Astronaut).SelectMany(person => person.Keypoints));
    }

    [Fact]
    public void EstimateFile_RefinedLargeJpeg_IsNearWhatAllItsPixelsGive()
    {
        string path = Path.Combine(Path.GetTempPath(), $"akimbo-large-{Guid.NewGuid():N}.jpg");
        var large = new Image(2560, 2560);
        Resize.Bilinear(Image.Load(Astronaut), large);
        large.Save(path);
        try
        {
            using var estimator = PoseEstimator.LoadDefault();
            Person whole = estimator.Estimate(Image.Load(path))[0], decodedSmaller = estimator.EstimateFile(path)[0];

            (Keypoint First, Keypoint Second)[] found = [.. whole.Keypoints.Zip(decodedSmaller.Keypoints).Where(pair => Math.Min(pair.First.Score, pair.Second.Score) > 0.6)];
            Assert.InRange(found.Length, 5, whole.Keypoints.Count);
            Assert.All(found, pair =>
            {
                Assert.Equal(pair.First.Position.X, pair.Second.Position.X, 60d);
                Assert.Equal(pair.First.Position.Y, pair.Second.Position.Y, 60d);
            });
        }
        finally
        {
            File.Delete(path);
        }
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
