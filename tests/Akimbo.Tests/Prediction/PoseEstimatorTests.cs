using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Prediction;

public sealed class PoseEstimatorTests
{
    private const string Photo = "golden/real_network/000000196141.jpg";
    private const string Weights = "weights/litepose-auto-crowdpose.pth";

    [ReferenceDataFact]
    public void EstimateFile_RecordedPhoto_FindsTheRecordedPeople()
    {
        var recorded = Safetensors.Load(Repository.Reference("golden/real_network/litepose_000000196141.safetensors"));
        float[] positions = recorded["people_xy_in_photo"].ToArray<float>(), keypointScores = recorded["people_joint_score"].ToArray<float>();
        float[] scores = recorded["people_score"].ToArray<float>();
        using var estimator = PoseEstimator.Load(Repository.Reference(Weights), new PoseEstimatorOptions { Model = "lite-pose" });

        var people = estimator.EstimateFile(Repository.Reference(Photo));

        Assert.Equal(scores.Length, people.Count);
        for (int p = 0; p < people.Count; p++)
        {
            Assert.Equal(scores[p], people[p].Score, 1e-4);
            for (int k = 0; k < 14; k++)
            {
                int at = p * 14 + k;
                var keypoint = people[p].Keypoints[k];
                Assert.Equal(keypointScores[at], keypoint.Score, 1e-4);
                if (!keypoint.IsFound) continue;
                Assert.Equal(positions[2 * at], keypoint.Position.X, 0.01);
                Assert.Equal(positions[2 * at + 1], keypoint.Position.Y, 0.01);
            }
        }
    }

    [ReferenceDataFact]
    public void Estimate_MirroredPhotoWithFlipTest_GivesTheMirroredPeople()
    {
        using var estimator = PoseEstimator.Load(Repository.Reference(Weights), new PoseEstimatorOptions { FlipTest = true });
        var photo = Image.Load(Repository.Reference(Photo));
        var mirrored = new Image(photo.Width, photo.Height);
        for (int y = 0; y < photo.Height; y++)
            for (int x = 0; x < photo.Width; x++)
                photo.Row(y).Slice(3 * x, 3).CopyTo(mirrored.Row(y)[(3 * (photo.Width - 1 - x))..]);

        var people = estimator.Estimate(photo);
        var turned = estimator.Estimate(mirrored);

        Assert.Equal(4, people.Count);
        Assert.Equal(people.Count, turned.Count);
        for (int p = 0; p < people.Count; p++)
            for (int k = 0; k < 14; k++)
            {
                var keypoint = people[p].Keypoints[k];
                var twin = turned[p].Keypoints[estimator.Skeleton.FlipIndices[k]];
                Assert.Equal(keypoint.Score, twin.Score, 1e-3);
                if (keypoint.Score < 0.2f) continue;
                Assert.Equal(photo.Width - keypoint.Position.X, twin.Position.X, 1.01);
                Assert.Equal(keypoint.Position.Y, twin.Position.Y, 1.01);
            }
    }

    [ReferenceDataFact]
    public void Estimate_LargerPhoto_FindsTheSamePeopleThere()
    {
        using var estimator = PoseEstimator.Load(Repository.Reference(Weights));
        var photo = Image.Load(Repository.Reference(Photo));
        var large = new Image(photo.Width * 5, photo.Height * 5);
        Resize.Bilinear(photo, large);
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");

        try
        {
            large.Save(file, quality: 98);
            var people = estimator.Estimate(photo);

            AssertSamePeople(people, estimator.Estimate(large), scale: 5);
            AssertSamePeople(people, estimator.EstimateFile(file), scale: 5);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Estimate_PixelsWithStride_EqualsPackedPixels()
    {
        using var weights = new RandomWeights();
        using var estimator = PoseEstimator.Load(weights.Path);
        var packed = Noise(70, 50);
        var wrapped = new Image(70, 50, new byte[50 * 256], stride: 256);
        for (int y = 0; y < 50; y++) packed.Row(y).CopyTo(wrapped.Row(y));

        var expected = estimator.Estimate(packed);
        var actual = estimator.Estimate(wrapped);

        Assert.Equal(expected.SelectMany(person => person.Keypoints), actual.SelectMany(person => person.Keypoints));
    }

    [Fact]
    public void Estimate_FromSeveralThreads_GivesEachItsOwnResult()
    {
        using var weights = new RandomWeights();
        using var estimator = PoseEstimator.Load(weights.Path, new PoseEstimatorOptions { Threads = 2 });
        Image[] images = [Noise(64, 64), Noise(80, 60), Noise(33, 90)];
        var expected = images.Select(image => estimator.Estimate(image)).ToArray();

        Parallel.For(0, 9, i =>
        {
            var people = estimator.Estimate(images[i % 3]);
            Assert.Equal(expected[i % 3].SelectMany(person => person.Keypoints), people.SelectMany(person => person.Keypoints));
        });
    }

    [Fact]
    public async Task Estimate_TwoEstimatorsInTwoThreads_GiveWhatOneGives()
    {
        using var weights = new RandomWeights();
        Image[] images = [Noise(64, 64), Noise(80, 60), Noise(33, 90)];
        using var first = PoseEstimator.Load(weights.Path, new PoseEstimatorOptions { Threads = 1 });
        using var second = PoseEstimator.Load(weights.Path, new PoseEstimatorOptions { Threads = 1 });
        var expected = images.Select(image => KeypointsOf(first, image)).ToList();

        await Task.WhenAll(Task.Run(() => Repeat(first)), Task.Run(() => Repeat(second)));

        void Repeat(PoseEstimator estimator)
        {
            for (int i = 0; i < 9; i++) Assert.Equal(expected[i % 3], KeypointsOf(estimator, images[i % 3]));
        }
    }

    [Fact]
    public void Load_UnknownModel_NamesTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => PoseEstimator.Load("weights.pth", new PoseEstimatorOptions { Model = "litepose" }));

        Assert.Contains("'litepose'", error.Message, StringComparison.Ordinal);
        Assert.Contains("lite-pose", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_NamesIt() =>
        Assert.Contains("no-such.pth", Assert.Throws<FileNotFoundException>(() => PoseEstimator.Load("no-such.pth")).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_WeightsOfAnotherNetwork_SaysWhatDiffers()
    {
        var error = Assert.Throws<ModelWeightsException>(() => PoseEstimator.Load(Repository.Fixture("models/princeton_hg.pt"), new PoseEstimatorOptions { Model = "lite-pose" }));

        Assert.Contains("princeton_hg.pt does not fit LitePose", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Missing);
        Assert.NotEmpty(error.Unexpected);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5000)]
    public void Load_ImpossibleThreads_Throws(int threads) =>
        Assert.Throws<ArgumentException>(() => PoseEstimator.Load("weights.pth", new PoseEstimatorOptions { Threads = threads }));

    private static void AssertSamePeople(IReadOnlyList<Person> expected, IReadOnlyList<Person> actual, double scale)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int p = 0; p < expected.Count; p++)
            for (int k = 0; k < expected[p].Keypoints.Count; k++)
            {
                var keypoint = expected[p].Keypoints[k];
                if (keypoint.Score < 0.5f) continue;
                Assert.InRange(Math.Abs(keypoint.Position.X * scale - actual[p].Keypoints[k].Position.X), 0, 4 * scale);
                Assert.InRange(Math.Abs(keypoint.Position.Y * scale - actual[p].Keypoints[k].Position.Y), 0, 4 * scale);
            }
    }

    private static List<Keypoint> KeypointsOf(PoseEstimator estimator, Image image) =>
        [.. estimator.Estimate(image).SelectMany(person => person.Keypoints)];

    private static Image Noise(int width, int height)
    {
        var image = new Image(width, height);
        new Random(width).NextBytes(image.Pixels.Span);
        return image;
    }

    /// <summary>A weights file of the published sizes with seeded random values.</summary>
    private sealed class RandomWeights : IDisposable
    {
        public RandomWeights()
        {
            var random = new Random(7);
            Safetensors.Save(Path, new LitePose().Parameters.Select(parameter =>
            {
                var value = new Tensor(parameter.Shape);
                foreach (ref float v in value.Span)
                    v = parameter.Name.EndsWith("running_var", StringComparison.Ordinal) ? 1 : (random.NextSingle() - 0.5f) * 0.4f;
                return KeyValuePair.Create(parameter.Name, value);
            }));
        }

        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");

        public void Dispose() => File.Delete(Path);
    }

    [Fact]
    public void Estimate_TaskThatNeedsTagsOfANetworkWithoutAny_SaysWhatIsMissing()
    {
        PoseModel model = ModelCatalog.Create("lite-pose") with
        {
            Architecture = new LitePoseOptions { DecoderChannels = [8, 8], StageBlocks = [1, 1, 1, 1], HasTags = false },
        };
        Network network = model.Architecture.CreateNetwork();
        network.FillRandomly(seed: 1);
        using var estimator = PoseEstimator.Create(model, network);

        string message = Assert.Throws<ArgumentException>(() => estimator.Estimate(new Image(64, 64))).Message;

        Assert.Contains("lite-pose gives [1, 14, ", message, StringComparison.Ordinal);
        Assert.Contains("needs 28 maps for the keypoints of crowdpose14", message, StringComparison.Ordinal);
    }
}
