using Akimbo.Datasets;
using Akimbo.Evaluation.Runs;
using Akimbo.Geometry;
using Akimbo.Results;
using Akimbo.Skeletons;
using static Akimbo.Tests.Evaluation.Runs.MadeUpPeople;

namespace Akimbo.Tests.Evaluation.Runs;

public sealed class PersonBoxesTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Load_FileNames_WinOverNumbersOfAnotherRun()
    {
        // Results of predict number the images of their own run: there 7.png was the second.
        var boxes = Load("""[{"image_id": 2, "file_name": "7.png", "bbox": [1, 2, 3, 4], "score": 0.5}, {"image_id": 2, "bbox": [5, 6, 7, 8]}]""");

        Assert.Equal([new PersonBox(new Box(1, 2, 3, 4), 0.5f)], boxes.Of(Sample(7)));
        Assert.Equal([new PersonBox(new Box(5, 6, 7, 8))], boxes.Of(Sample(2)));
        Assert.Empty(boxes.Of(Sample(1)));
    }

    [Fact]
    public void Load_MinScore_LeavesOutTheOthers() =>
        Assert.Equal([0.6f], Load("""[{"image_id": 1, "bbox": [1, 2, 3, 4], "score": 0.5}, {"image_id": 1, "bbox": [1, 2, 3, 4], "score": 0.6}]""", minScore: 0.55f).Of(Sample(1)).Select(box => box.Score));

    [Fact]
    public void Load_OtherImages_SaysWhichAreExpected() => Assert.Contains(
        "There is no box for any of the 3 images; the first is image 1, 1.png.",
        Assert.Throws<DetectionsFormatException>(() => Load("""[{"image_id": 9, "bbox": [1, 2, 3, 4]}]""")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(10, 20, 30, 40, 10, 20, 29, 39)]    // From the first to the last pixel.
    [InlineData(-5, -5, 30, 40, 0, 0, 29, 39)]
    [InlineData(90, 70, 30, 40, 90, 70, 9, 9)]      // Cut at the border of 100 × 80.
    public void Annotated_Box_IsCutAsInHrnet(double x, double y, double width, double height, double left, double top, double cutWidth, double cutHeight)
    {
        var sample = Sample(1, Annotated(Coco17.Skeleton, box: new Box(x, y, width, height)) with { Area = 5 }) with { Width = 100, Height = 80 };
        Assert.Equal(new Box(left, top, cutWidth, cutHeight), Assert.Single(PersonBoxes.Annotated(sample)).Box);
    }

    [Fact]
    public void Annotated_PeopleWhoDoNotCount_HaveNone()
    {
        var box = new Box(10, 10, 5, 5);
        var person = Annotated(Coco17.Skeleton, box: box);
        AnnotatedPerson[] people =
        [
            person with { IsCrowd = true }, person with { Keypoints = new AnnotatedKeypoint[17] }, person with { Area = 0 }, person with { Box = new Box(200, 10, 5, 5) },
        ];
        Assert.Empty(PersonBoxes.Annotated(Sample(1, people) with { Width = 100, Height = 80 }));
    }

    [Fact]
    public void Annotated_MpiisCentreAndScale_AreALoweredSquare()
    {
        var person = Annotated(Mpii16.Skeleton) with { Centre = new ImagePoint(300, 200), Scale = 2 };
        Assert.Equal(new Box(100, 30, 400, 400), Assert.Single(PersonBoxes.Annotated(Sample(1, person))).Box);
    }

    [Fact]
    public void Annotated_NeitherBoxNorScale_IsTheBoxOfTheKeypoints() =>
        Assert.Equal(new Box(0, 0, 13, 26), Assert.Single(PersonBoxes.Annotated(Sample(1, Annotated(Lsp14.Skeleton)))).Box);

    private PersonBoxes Load(string json, float minScore = float.NegativeInfinity)
    {
        File.WriteAllText(_file, json);
        return PersonBoxes.Load(_file, [Sample(1), Sample(2), Sample(7)], minScore);
    }
}
