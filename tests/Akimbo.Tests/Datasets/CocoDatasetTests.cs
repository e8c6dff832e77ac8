using System.Text;
using Akimbo.Datasets;
using Akimbo.Datasets.Coco;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets;

public sealed class CocoDatasetTests
{
    private const string Images = """{"id": 7, "file_name": "a.jpg", "width": 20, "height": 10}, {"id": 9, "file_name": "b.jpg"}""";

    [Fact]
    public void Read_KeypointsBoxesAndCrowds_GivesThemAll()
    {
        var dataset = Read(Images, $$"""
            {"id": 1, "image_id": 9, "category_id": 1, "iscrowd": 0, "area": 12.5, "bbox": [1, 2, 3, 4], "num_keypoints": 2,
             "keypoints": [{{Keypoints(17)}}], "segmentation": [[0, 0, 4, 0, 4, 4]]},
            {"id": 2, "image_id": 7, "category_id": 1, "iscrowd": 1, "area": 50, "bbox": [0, 0, 20, 10],
             "segmentation": {"size": [10, 20], "counts": [0, 50, 150]} },
            {"id": 3, "image_id": 7, "category_id": 1, "iscrowd": 0, "num_keypoints": 0, "keypoints": [{{Keypoints(17, visibility: 0)}}],
             "segmentation": [[10, 0, 14, 0, 14, 4, 10, 4]]}
            """);

        Assert.Equal("coco17", dataset.Skeleton.Name);
        Assert.Equal([7L, 9L], dataset.Samples.Select(sample => sample.ImageId));
        Assert.Equal((20, 10), (dataset.Samples[0].Width, dataset.Samples[0].Height));
        Assert.Null(dataset.Samples[1].Width);
        Assert.Equal(Path.Combine("/pictures", "b.jpg"), dataset.Samples[1].ImagePath);

        AnnotatedPerson person = Assert.Single(dataset.Samples[1].People);
        Assert.Equal((1L, 12.5, new Box(1, 2, 3, 4), false), (person.Id, person.Area, person.Box, person.IsCrowd));
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(4.5, 5), KeypointVisibility.Hidden), person.Keypoints[4]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(5.5, 6), KeypointVisibility.Visible), person.Keypoints[5]);
        Assert.Null(person.Segmentation);

        Assert.True(dataset.Samples[0].People[0].IsCrowd);
        Assert.Equal(0, dataset.Samples[0].People[1].LabelledCount);
        var ignored = dataset.Samples[0].IgnoredPixels(20, 10);
        Assert.Equal(50 + 16, ignored.Area);
        Assert.True(ignored[4, 9] && ignored[13, 3]);
        Assert.False(ignored[5, 0]);
        Assert.Equal(0, dataset.Samples[1].IgnoredPixels(20, 10).Area);
    }

    [Fact]
    public void Read_CompressedCrowd_GivesItsMask()
    {
        var dataset = Read(Images, """{"id": 2, "image_id": 7, "iscrowd": 1, "segmentation": {"size": [6, 7], "counts": "724000a0"}}""", skeleton: Coco17.Skeleton);
        Assert.Equal([7, 2, 4, 2, 4, 2, 21], dataset.Samples[0].People[0].Segmentation!.Runs!.Runs);
    }

    [Fact]
    public void Read_FourteenKeypoints_AreCrowdPose() =>
        Assert.Equal("crowdpose14", Read(Images, $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(14)}}]}""").Skeleton.Name);

    [Fact]
    public void Read_WholeBody_GivesTheBody()
    {
        var dataset = Read(Images, $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(17)}}], "face_kpts": [{{Keypoints(68)}}], "lefthand_box": [0, 0, 1, 1], "face_valid": true}""");
        Assert.Equal("coco17", dataset.Skeleton.Name);
        Assert.Equal(17, dataset.Samples[1].People[0].LabelledCount);
    }

    [Fact]
    public void Read_NamedKeypoints_MakeASkeleton()
    {
        var dataset = Read(Images, $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(3)}}]}""", """{"id": 1, "name": "person", "keypoints": ["left_hand", "right_hand", "head"]}""");
        Assert.Equal([1, 0, 2], dataset.Skeleton.FlipIndices);
    }

    [Fact]
    public void Read_StrayAnnotations_AreCounted()
    {
        string person = $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(17)}}]}""";
        var dataset = Read(Images, $$"""{{person}}, {{person}}, {"id": 4, "image_id": 999}, {"id": 5, "image_id": 998}, {"id": 6, "image_id": 9, "category_id": 18}""");
        Assert.Single(dataset.Samples[1].People);
        Assert.Equal(3, dataset.Warnings.Count);
        Assert.StartsWith("2 annotations name an image", dataset.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": 1, "image_id": 9, "keypoints": [1, 2, 2]}, {"id": 2, "image_id": 9, "keypoints": [1, 2, 2]}""", "People have 1 keypoints")]
    [InlineData("""{"id": 1, "image_id": 9}""", "People have 0 keypoints")]
    public void Read_NoSkeletonFits_SaysSo(string annotations, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => Read(Images, annotations)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_DifferentNumbersOfKeypoints_NamesTheAnnotation()
    {
        var exception = Assert.Throws<DatasetFormatException>(() => Read(Images,
            $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(17)}}]}, {"id": 55, "image_id": 9, "keypoints": [{{Keypoints(14)}}]}"""));
        Assert.Contains("Annotation 2 (id 55) has 42 numbers of keypoints; 3 × 17 are expected for coco17", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongVisibility_NamesTheAnnotation()
    {
        var exception = Assert.Throws<DatasetFormatException>(() => Read(Images, $$"""{"id": 1, "image_id": 9, "keypoints": [{{Keypoints(17, visibility: 3)}}]}"""));
        Assert.Contains("Annotation 1 (id 1) has a keypoint of visibility 3", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MaskThatDoesNotFit_NamesTheAnnotation()
    {
        var exception = Assert.Throws<DatasetFormatException>(() => Read(Images, """{"id": 8, "image_id": 7, "iscrowd": 1, "segmentation": {"size": [10, 20], "counts": [0, 50, 10]}}""", skeleton: Coco17.Skeleton));
        Assert.Contains("(id 8): The runs of a mask of 20×10 pixels cover 60 of 200", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id": 7, "file_name": "a.jpg"}, {"id": 7, "file_name": "b.jpg"}""", "Two images have the id 7")]
    [InlineData("""{"id": 7}""", "id 7 has no file_name")]
    public void Read_WrongImages_SaysWhich(string images, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => Read(images, "", skeleton: Coco17.Skeleton)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoJson_IsOneError() =>
        Assert.Throws<CocoFormatException>(() => CocoDataset.Read(new MemoryStream("{\"images\": ["u8.ToArray()), "test.json", "", null));

    [ReferenceDataFact]
    public void Load_CocoPeople_FindsPeopleAndPictures()
    {
        var train = CocoDataset.Load(Repository.Reference("data/coco-people/person_keypoints_train.json"));
        var val = CocoDataset.Load(Repository.Reference("data/coco-people/person_keypoints_val.json"));

        Assert.Equal((103, 313), (train.Count, train.Samples.Sum(sample => sample.People.Count)));
        Assert.Equal((49, 163), (val.Count, val.Samples.Sum(sample => sample.People.Count)));
        Assert.Empty(train.Warnings);
        Assert.All(train.Samples.Concat(val.Samples), sample => Assert.True(File.Exists(sample.ImagePath)));
    }

    private static string Keypoints(int count, int? visibility = null) =>
        string.Join(", ", Enumerable.Range(0, count).Select(k => $"{k}.5, {k + 1}, {visibility ?? 1 + k % 2}"));

    private static PoseDataset Read(string images, string annotations, string categories = "", Skeleton? skeleton = null)
    {
        string json = $$"""{"images": [{{images}}], "annotations": [{{annotations}}], "categories": [{{categories}}]}""";
        return CocoDataset.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test.json", "/pictures", skeleton);
    }
}
