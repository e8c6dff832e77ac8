using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class HeatmapAggregationTests
{
    private const int Keypoints = 17;
    private const int Stride = 4;

    [Theory]
    [InlineData("single", 128, new double[] { 1 })]
    [InlineData("multi", 256, new double[] { 2, 1, 0.5 })]
    public void Merge_RecordedPasses_LeadsToTheRecordedPeopleInThePicture(string name, int inputSide, double[] scales)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture($"decoding/pose_ae_multiperson_{name}.safetensors"));
        int side = file["network_output_scale0"].Shape[1];
        var passes = new HeatmapAggregation(Coco17.Skeleton.FlipIndices, side, side);
        for (int i = 0; i < scales.Length; i++)
        {
            int size = file[$"network_output_scale{i}"].Shape[1];
            int count = Keypoints * size * size;
            float[] output = file[$"network_output_scale{i}"].ToArray<float>();
            float[] mirrored = file[$"network_output_mirrored_scale{i}"].ToArray<float>();
            passes.AddHeatmaps(output.AsSpan(0, count), size, size, mirrored.AsSpan(0, count));
            if (scales[i] == 1) passes.AddTags(output.AsSpan(count), size, size, mirrored.AsSpan(count));
        }

        int height = file["image_rgb_u8"].Shape[0], width = file["image_rgb_u8"].Shape[1];
        Transform<InputPoint, ImagePoint> inputToImage = CentreScaleTransform.FitSquare(width, height, inputSide).Invert();
        var heatmapToImage = CellTransform.HeatmapToInput(Stride).Then(inputToImage);
        var codec = new AssociativeEmbeddingCodec(Keypoints, AssociativeEmbeddingOptions.PoseAe);
        List<Person> people = codec.Decode(passes.Merge(ceiling: 1)).ConvertAll(person => person.ToPerson(Coco17.Skeleton, heatmapToImage));

        double[] scores = file["scores"].ToArray<double>();
        float[] values = file["grouped"].ToArray<float>();
        double[] keypoints = file["result_keypoints"].ToArray<double>();
        int[] order = [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i])];
        Assert.Equal(order.Length, people.Count);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.Equal(scores[order[i]], people[i].Score, 1e-5);
            for (int k = 0; k < Keypoints; k++)
            {
                int at = order[i] * Keypoints + k;
                Keypoint keypoint = people[i].Keypoints[k];
                Assert.Equal(values[at * 5 + 2], keypoint.Score, 1e-5f);
                Assert.True(keypoint.IsFound);
                Assert.Equal(keypoints[at * 3], keypoint.Position.X, 1e-3);
                Assert.Equal(keypoints[at * 3 + 1], keypoint.Position.Y, 1e-3);
            }
        }
    }

    [Fact]
    public void Merge_MirroredPass_IsTurnedBackWithSidesExchanged()
    {
        var passes = new HeatmapAggregation([1, 0], height: 1, width: 3);
        passes.AddHeatmaps([1, 2, 3, 4, 5, 6], 1, 3, mirrored: [60, 50, 40, 30, 20, 10]);
        passes.AddTags([1, 2, 3, 4, 5, 6], 1, 3, mirrored: [60, 50, 40, 30, 20, 10]);

        TaggedHeatmaps maps = passes.Merge();

        Assert.Equal([5.5f, 11f, 16.5f], maps.Heatmap(0));
        Assert.Equal([22f, 27.5f, 33f], maps.Heatmap(1));
        Assert.Equal(2, maps.TagLength);
        Assert.Equal([1f, 10f], maps.TagAt(keypoint: 0, x: 0, y: 0));
        Assert.Equal([6f, 60f], maps.TagAt(keypoint: 1, x: 2, y: 0));
    }

    [Fact]
    public void Merge_HeadsOfTwoResolutions_AveragesAtTheLargerOne()
    {
        var heads = new HeatmapAggregation([0], height: 2, width: 4);
        heads.AddHeatmaps([0, 4], 1, 2);
        heads.AddHeatmaps([8, 8, 8, 8, 8, 8, 8, 8], 2, 4);
        heads.AddTags([3, 3], 1, 2);

        TaggedHeatmaps maps = heads.Merge();

        Assert.Equal([4f, 4.5f, 5.5f, 6f, 4f, 4.5f, 5.5f, 6f], maps.Heatmap(0));
        Assert.Equal([3f, 3, 3, 3, 3, 3, 3, 3], maps.TagMap(value: 0, keypoint: 0));
    }

    [Fact]
    public void Merge_WithACeiling_LowersLargerMeans()
    {
        var passes = new HeatmapAggregation([0], height: 1, width: 2);
        passes.AddHeatmaps([3, 0.5f], 1, 2);
        passes.AddTags([0, 0], 1, 2);
        Assert.Equal([1f, 0.5f], passes.Merge(ceiling: 1).Heatmap(0));
        Assert.Equal([3f, 0.5f], passes.Merge().Heatmap(0));
    }

    [Fact]
    public void Merge_WithoutHeatmapsOrTags_Throws()
    {
        var passes = new HeatmapAggregation([0], height: 1, width: 2);
        Assert.Throws<InvalidOperationException>(() => { passes.Merge(); });
        passes.AddHeatmaps([1, 1], 1, 2);
        Assert.Throws<InvalidOperationException>(() => { passes.Merge(); });
    }

    [Fact]
    public void AddHeatmaps_OfAnotherSize_SaysWhatCame()
    {
        var passes = new HeatmapAggregation([0], height: 1, width: 2);
        var exception = Assert.Throws<ArgumentException>(() => passes.AddHeatmaps(new float[3], 2, 2));
        Assert.Contains("[1, 2, 2] have 4 values; 3 came", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => passes.AddHeatmaps(new float[4], 2, 2, mirrored: new float[2]));
        Assert.Throws<ArgumentException>(() => passes.AddTags(new float[3], 2, 2));
    }

    [Fact]
    public void Constructor_IndicesThatAreNotTheirOwnInverse_Throws()
    {
        Assert.Throws<ArgumentException>(() => new HeatmapAggregation([1, 2, 0], 1, 1));
        Assert.Throws<ArgumentException>(() => new HeatmapAggregation([3], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HeatmapAggregation([0], 0, 1));
    }
}
