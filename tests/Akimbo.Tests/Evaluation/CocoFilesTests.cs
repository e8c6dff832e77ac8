using System.Text;
using Akimbo.Datasets.Coco;
using Akimbo.Evaluation;
using Akimbo.Geometry;
using Akimbo.Results;
using Akimbo.Testing;

namespace Akimbo.Tests.Evaluation;

public sealed class CocoFilesTests
{
    [Fact]
    public void GroundTruth_OfARecordedFile_HoldsEverybody()
    {
        CocoGroundTruth truth = CocoGroundTruth.Load(Repository.Fixture("evaluation/coco_subset/ground_truth.json"));

        Assert.Equal((75, 656, 17), (truth.Images.Count, truth.People.Count, truth.KeypointsPerPerson));
        Assert.Equal(23, truth.People.Count(person => person.IsCrowd));
        Assert.All(truth.People, person => Assert.Equal(person.LabelledKeypoints, person.KeypointCount));
        Assert.Empty(truth.Warnings);
    }

    [Fact]
    public void GroundTruth_WithOddEntries_CountsThem()
    {
        CocoGroundTruth truth = Truth("""
            {"images": [{"id": 1}, {"id": 1}], "annotations": [
              {"id": 1, "image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2]},
              {"id": 2, "image_id": 9, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2]},
              {"id": 3, "image_id": 1, "category_id": 17}]}
            """);

        Assert.Equal(1, Assert.Single(truth.People).Id);
        Assert.Equal(1, Assert.Single(truth.Images).Id);
        Assert.Equal(
            [
                "1 annotations are of other categories than 1, a person; they are left out.",
                "1 entries repeat the id of an earlier image; the first counts.",
                "1 annotations belong to images that are not listed; they are left out.",
            ],
            truth.Warnings);
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2]}, {"id": 1, "image_id": 1, "bbox": [0, 0, 1, 1]}""", "Two annotations have the id 1")]
    [InlineData("""{"id": 1, "image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2]}, {"id": 2, "image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [1, 2, 2, 1, 2, 2]}""", "The annotation with id 2 has 6 keypoint numbers; expected 3, as the others have")]
    [InlineData("""{"id": 4, "image_id": 1, "keypoints": [1, 2, 2]}""", "annotation 1 (id 4) has no bbox")]
    public void GroundTruth_OfWhatCannotBe_NamesTheAnnotation(string annotations, string message)
    {
        var error = Assert.Throws<CocoFormatException>(() => Truth($$"""{"images": [{"id": 1}], "annotations": [{{annotations}}]}"""));
        Assert.StartsWith($"truth.json: {message}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GroundTruth_NobodyLabelledAndNoBox_IsNobodyToFind()
    {
        GroundTruthPerson person = Assert.Single(Truth("""{"images": [{"id": 1}], "annotations": [{"id": 4, "image_id": 1, "keypoints": [0, 0, 0]}]}""").People);
        Assert.Equal((0, default), (person.KeypointCount, person.Box));
    }

    [Theory]
    [InlineData("\"nose\", \"tail\"", 2, "truth")]
    [InlineData("", 17, "coco17")]
    [InlineData("", 3, null)]
    public void GroundTruth_Skeleton_IsThatOfTheNamesOrTheNumber(string names, int keypoints, string? skeleton) => Assert.Equal(skeleton, Truth($$"""
        {"images": [{"id": 1}], "annotations": [{"id": 1, "image_id": 1, "bbox": [0, 0, 1, 1], "keypoints": [{{string.Join(", ", Enumerable.Repeat("1, 2, 2", keypoints))}}]}],
         "categories": [{"id": 1, "name": "person", "keypoints": [{{names}}]}]}
        """).Skeleton?.Name);

    [Fact]
    public void GroundTruth_NamesThatMakeNoSkeleton_SaysWhy() => Assert.Contains(
        "'left_ear' needs its mirror image",
        Assert.Throws<CocoFormatException>(() => Truth("""{"images": [], "annotations": [], "categories": [{"id": 1, "keypoints": ["left_ear"]}]}""")).Message, StringComparison.Ordinal);

    [Fact]
    public void GroundTruth_InMemory_IsCheckedAlike()
    {
        GroundTruthPerson person = new() { Id = 3, ImageId = 1, Keypoints = new double[] { 1, 2, 2, 4, 5, 0 }, Box = default };
        Assert.Equal((1, 2), (person.KeypointCount, new CocoGroundTruth([new CocoImage(1)], [person]).KeypointsPerPerson));
        Assert.Equal(0, (person with { KeypointCount = 0 }).KeypointCount);
        Assert.Throws<ArgumentException>(() => new CocoGroundTruth([new CocoImage(1)], [person, person]));
        Assert.Throws<ArgumentException>(() => new CocoGroundTruth([new CocoImage(1)], [person with { Keypoints = new[] { 1, double.NaN, 2 } }]));
        Assert.Throws<ArgumentException>(() => new CocoGroundTruth([new CocoImage(1)], [person with { Box = new Box(0, 0, double.PositiveInfinity, 1) }]));
    }

    [Fact]
    public void Results_WithoutBoxes_TakeTheAreaOfTheKeypoints()
    {
        CocoResults results = Results("""[{"image_id": 1, "category_id": 1, "keypoints": [10, 20, 0.5, 14, 30, 1, 12, 25, 1], "score": 0.25, "other": [1, {"a": 2}]}]""");

        DetectedPerson person = Assert.Single(results.People);
        Assert.Equal((1, 0.25, 40), (person.ImageId, person.Score, person.Area));
        Assert.Equal([10, 20, 0.5, 14, 30, 1, 12, 25, 1], person.Keypoints.ToArray());
    }

    [Fact]
    public void Results_WithABoxInTheFirstEntry_TakeTheAreaOfTheBoxes()
    {
        const string WithBox = """{"image_id": 1, "keypoints": [10, 20, 1, 14, 30, 1], "score": 1, "bbox": [0, 0, 7, 3]}""";
        const string Without = """{"image_id": 1, "keypoints": [10, 20, 1, 14, 30, 1], "score": 1, "bbox": []}""";

        Assert.Equal([21, 21], Results($"[{WithBox}, {WithBox}]").People.Select(person => person.Area));
        Assert.Equal([40, 40], Results($"[{Without}, {WithBox}]").People.Select(person => person.Area));
        Assert.Contains("detection 2: has no bbox, though the first detection has one", Error($"[{WithBox}, {Without}]"), StringComparison.Ordinal);
    }

    [Fact]
    public void Results_OfOtherCategories_AreLeftOutAndCounted()
    {
        CocoResults results = Results("""{"image_id": 1, "keypoints": [1, 2, 3], "score": 1} {"image_id": 2, "category_id": 3, "keypoints": [1, 2, 3], "score": 1}""");
        Assert.Single(results.People);
        Assert.Equal("1 detections are of other categories than 1, a person; they are left out.", Assert.Single(results.Warnings));
        Assert.Empty(Results("[]").People);
    }

    [Theory]
    [InlineData("{\"annotations\": []}", "detection 1: has no image_id")]
    [InlineData("[5]", "detection 1: is JSON Number; expected an object")]
    [InlineData("[{\"image_id\": 1, \"score\": 1, \"bbox\": [1, 2, 3, 4]}]", "detection 1: has no keypoints; is this a file of boxes?")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3]}]", "detection 1: has no score")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3], \"score\": NaN}]", "detection 1: NaN or Infinity where a number is expected")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3], \"score\": null}]", "detection 1: score has JSON Null where a number is expected")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2], \"score\": 1}]", "detection 1: has 2 keypoint numbers; expected x, y and score")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3], \"score\": 1}, {\"image_id\": 1, \"keypoints\": [1, 2, 3, 4, 5, 6], \"score\": 1}]", "detection 2: has 6 keypoint numbers; expected 3, as the others have")]
    [InlineData("[{\"image_id\": \"a.jpg\", \"keypoints\": [1, 2, 3], \"score\": 1}]", "detection 1: image_id is no whole number")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3], \"score\": 1, \"segmentation\": []}]", "detection 1: has a segmentation")]
    [InlineData("[{\"image_id\": 1, \"keypoints\": [1, 2, 3], \"score\": 1}", "detection 1: no complete JSON text")]
    public void Results_OfWhatCannotBe_NameTheEntry(string json, string message) =>
        Assert.StartsWith($"results.json: {message}", Error(json), StringComparison.Ordinal);

    [Fact]
    public void Results_OfOurOwnWriter_AreThePeopleThatWereFound()
    {
        var person = new Person([new Keypoint("nose", new ImagePoint(3.25, 4.5), 0.75f), new Keypoint("neck", new ImagePoint(9, 9), 0)], 0.5f, new Box(1, 2, 10, 20));
        using var stream = new MemoryStream();
        using (var writer = CocoResultsWriter.ToLines(stream)) writer.Write(42, "a.jpg", [person]);

        DetectedPerson read = Assert.Single(Results(Encoding.UTF8.GetString(stream.ToArray())).People);
        DetectedPerson made = DetectedPerson.Of(42, person);

        Assert.Equal([3.25, 4.5, 0.75, 0, 0, 0], read.Keypoints.ToArray());
        Assert.Equal(read.Keypoints.ToArray(), made.Keypoints.ToArray());
        Assert.Equal((42, 0.5, 200), (read.ImageId, read.Score, read.Area));
        Assert.Equal((read.ImageId, read.Score, read.Area), (made.ImageId, made.Score, made.Area));
    }

    private static CocoGroundTruth Truth(string json) => CocoGroundTruth.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "truth.json");

    private static CocoResults Results(string json) => CocoResults.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "results.json");

    private static string Error(string json) => Assert.Throws<CocoFormatException>(() => Results(json)).Message;
}
