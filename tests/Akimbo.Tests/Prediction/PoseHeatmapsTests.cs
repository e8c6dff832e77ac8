using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Models;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;
using Akimbo.Skeletons;
using Akimbo.Tests.Training;

namespace Akimbo.Tests.Prediction;

/// <summary>The maps that an estimate keeps are those that its people were read from.</summary>
public sealed class PoseHeatmapsTests
{
    private static readonly AssociativeEmbeddingOptions Grouping = new() { MaxPeople = 5, DetectionThreshold = 0.01 };

    [Theory]
    [InlineData("resized", false, 1)]
    [InlineData("resized", true, 2)]
    [InlineData("square", false, 1)]
    [InlineData("square", true, 2)]
    public void EstimateWithHeatmaps_BottomUp_TheCodecReadsTheSamePeopleFromThem(string kind, bool flip, int tagValues)
    {
        using var estimator = Create(kind, flip);
        var estimate = estimator.EstimateWithHeatmaps(Noise);

        PoseHeatmaps maps = Assert.Single(estimate.Heatmaps);
        int keypoints = estimator.Skeleton.Keypoints.Count, height = maps.Values.Shape[1], width = maps.Values.Shape[2];
        Assert.Equal([tagValues, keypoints, height, width], maps.Tags!.Shape.ToArray());
        Assert.Equal(0.01, maps.DetectionThreshold);
        var read = new AssociativeEmbeddingCodec(keypoints, Grouping).Decode(new TaggedHeatmaps(maps.Values.Span, maps.Tags.Span, keypoints, height, width));
        Assert.NotEmpty(estimate.People);
        AssertSame(estimate.People, read.ConvertAll(person => person.ToPerson(estimator.Skeleton, maps.HeatmapToImage)));
        AssertSame(estimate.People, estimator.Estimate(Noise));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EstimateWithHeatmaps_TopDown_OneEntryABoxFromWhichTheCodecReadsThePerson(bool flip)
    {
        using var estimator = Create("top-down", flip);
        PersonBox[] boxes = [.. Enumerable.Range(0, 5).Select(i => new PersonBox(new Box(3 + 10 * i, 5, 30, 60)))];
        var estimate = estimator.EstimateWithHeatmaps(Noise, boxes);

        Assert.Equal(5, estimate.Heatmaps.Count);
        HeatmapCodec codec = TopDownPipeline.MakeCodec(new TopDownTask { InputWidth = 64, InputHeight = 64 });
        for (int i = 0; i < boxes.Length; i++)
        {
            PoseHeatmaps maps = estimate.Heatmaps[i];
            Assert.Null(maps.Tags);
            var read = new DecodedPerson(codec.Decode(maps.Values.Span, 16, 16), 1).ToPerson(estimator.Skeleton, maps.HeatmapToImage);
            Assert.Equal(estimate.People.Single(person => person.Box == boxes[i].Box).Keypoints, read.Keypoints);
        }

        AssertSame(estimate.People, estimator.Estimate(Noise, boxes));
    }

    [Fact]
    public void EstimateWithHeatmaps_Integral_SharesOfTheLargestProbability()
    {
        using var estimator = Create("integral", flip: false);
        PoseHeatmaps maps = Assert.Single(estimator.EstimateWithHeatmaps(Noise).Heatmaps);

        float[] values = maps.Values.Span.ToArray();
        Assert.Equal(1, values.Max());
        Assert.True(values.Min() >= 0);
        // Of every map the probabilities sum up to 1, and so to the same after the division.
        float[] sums = [.. values.Chunk(16 * 16).Select(map => map.Sum())];
        Assert.All(sums, sum => Assert.Equal(sums[0], sum, 0.001 * sums[0]));
    }

    [Fact]
    public void EstimateFileWithHeatmaps_File_EqualsItsPixels()
    {
        using var estimator = Create("square", flip: false);
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.png");
        try
        {
            Noise.Save(path);
            var (ofFile, ofPixels) = (estimator.EstimateFileWithHeatmaps(path), estimator.EstimateWithHeatmaps(Noise));
            AssertSame(ofPixels.People, ofFile.People);
            Assert.Equal(ofPixels.Heatmaps[0].Values.Span.ToArray(), ofFile.Heatmaps[0].Values.Span.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void EstimateWithHeatmaps_NextEstimate_LeavesThemAsTheyWere()
    {
        using var estimator = Create("top-down", flip: true);
        PoseHeatmaps maps = estimator.EstimateWithHeatmaps(Noise).Heatmaps[0];
        float[] before = maps.Values.Span.ToArray();
        estimator.Estimate(new Image(50, 50));
        Assert.Equal(before, maps.Values.Span.ToArray());
    }

    private static Image Noise { get; } = MakeNoise();

    private static Image MakeNoise()
    {
        var image = new Image(90, 70);
        new Random(3).NextBytes(image.Pixels.Span);
        return image;
    }

    private static PoseEstimator Create(string kind, bool flip)
    {
        var model = new PoseModel
        {
            Name = kind,
            Architecture = kind switch
            {
                "resized" => ModelCatalog.Create("lite-pose").Architecture,
                "square" => new AssociativeEmbeddingNetOptions { Stacks = 1, Outputs = 10, Channels = 16, Increase = 8 },
                "integral" => new PoseResNetOptions { Keypoints = 5, Channels = 8, Blocks = [1, 1, 1, 1], DeconvChannels = [32, 32, 32] },
                _ => new StackedHourglassOptions { Stacks = 1, Keypoints = 5, Channels = 8 },
            },
            Skeleton = kind == "resized" ? CrowdPose14.Skeleton : DrawnPeople.Dots,
            Normalisation = Normalisation.ImageNet,
            Task = kind switch
            {
                "resized" => new BottomUpTask { InputSize = new(shortSide: 64, multiple: 64), Grouping = Grouping },
                "square" => new SquareBottomUpTask { BaseSize = 64, Grouping = Grouping },
                _ => new TopDownTask { InputWidth = 64, InputHeight = 64, Decoding = kind == "integral" ? HeatmapDecoding.Integral : HeatmapDecoding.HighResolution },
            },
        };
        var network = model.Architecture.CreateNetwork();
        network.FillRandomly(seed: 1);
        return PoseEstimator.Create(model, network, new PoseEstimatorOptions { FlipTest = flip, Threads = 1 });
    }

    private static void AssertSame(IReadOnlyList<Person> expected, IReadOnlyList<Person> actual) =>
        Assert.Equal(expected.SelectMany(person => person.Keypoints), actual.SelectMany(person => person.Keypoints));
}
