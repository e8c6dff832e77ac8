using Akimbo.Cli.Prediction;
using Akimbo.Geometry;

namespace Akimbo.Cli.Tests.Prediction;

public sealed class PredictPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Make_OneImage_OverlayIsTheFileNamed()
    {
        _folder.Touch("a.jpg");
        Assert.Equal([_folder["people.png"]], Overlays("people.png", "a.jpg"));
    }

    [Theory]
    [InlineData("drawn/")]
    [InlineData("existing")]
    public void Make_OneImageAndFolder_OverlayInside(string output)
    {
        _folder.Touch("a.jpg");
        Directory.CreateDirectory(_folder["existing"]);
        Assert.Equal([Path.Combine(_folder[output], "a.jpg")], Overlays(output, "a.jpg"));
    }

    [Fact]
    public void Make_FolderWithOneImage_OverlayInFolder()
    {
        _folder.Touch("in/a.jpg");
        Assert.Equal([_folder["drawn/a.jpg"]], Overlays("drawn", "in"));
    }

    [Fact]
    public void Make_SameNamesFromDifferentFolders_AllDifferent()
    {
        _folder.Touch("one/a.jpg", "one/a-2.jpg", "two/a.jpg", "three/A.JPG", "three/b.jpg");
        Assert.Equal(
            ["a-2.jpg", "a.jpg", "a-3.jpg", "A-4.JPG", "b.jpg"],
            Overlays("drawn", "one", "two", "three").Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Make_Recursive_OverlaysKeepInnerFolders()
    {
        _folder.Touch("in/x/a.jpg", "in/y/a.jpg");
        var plan = PredictPlan.Make([_folder["in"]], recursive: true, overlayOutput: _folder["drawn"], jsonOutput: null);
        Assert.Equal([_folder["drawn/x/a.jpg"], _folder["drawn/y/a.jpg"]], plan.Images.Select(image => image.OverlayPath));
    }

    [Fact]
    public void Make_ExtensionThatIsNotWritten_OverlayIsPng()
    {
        _folder.Touch("in/a.jpe", "in/b.jpg");
        Assert.Equal([_folder["drawn/a.jpe.png"], _folder["drawn/b.jpg"]], Overlays("drawn", "in"));
    }

    [Theory]
    [InlineData("in", "in", "would replace the photo")]
    [InlineData("in/a.jpg", "in/a.jpg", "would replace the photo")]
    [InlineData("people.png", "in", "give a folder")]
    [InlineData("in/b.jpg", "in", "give a folder")]
    [InlineData("people.gif", "in/a.jpg", "no image file name")]
    [InlineData("people", "in/a.jpg", "no image file name")]
    public void Make_OverlayThatDoesNotFit_Throws(string output, string source, string expected)
    {
        _folder.Touch("in/a.jpg", "in/b.jpg");
        var exception = Assert.Throws<UsageException>(() => Overlays(output, source));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in", "is a folder")]
    [InlineData("none/people.json", "folder does not exist")]
    [InlineData("in/a.jpg", "would replace the photo")]
    public void Make_JsonThatDoesNotFit_Throws(string output, string expected)
    {
        _folder.Touch("in/a.jpg");
        var exception = Assert.Throws<UsageException>(
            () => PredictPlan.Make([_folder["in"]], recursive: false, overlayOutput: null, jsonOutput: _folder[output]));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_Heatmaps_NamedAsOverlaysAndTablesArePrinted()
    {
        _folder.Touch("in/x/a.jpg", "in/b.jpe");
        var plan = PredictPlan.Make([_folder["in"]], recursive: true, overlayOutput: null, jsonOutput: null, heatmapOutput: _folder["seen"]);
        Assert.Equal([_folder["seen/b.jpe.png"], _folder["seen/x/a.jpg"]], plan.Images.Select(image => image.HeatmapPath));
        Assert.All(plan.Images, image => Assert.Null(image.OverlayPath));
        Assert.True(plan.PrintsTables);
    }

    [Theory]
    [InlineData("in", "--heatmaps would replace the photo")]
    [InlineData("people.png", "--heatmaps ")]
    [InlineData("drawn/../drawn", "--out and --heatmaps would both write ")]
    public void Make_HeatmapsThatDoNotFit_Throws(string output, string expected)
    {
        _folder.Touch("in/a.jpg", "in/b.jpg");
        var exception = Assert.Throws<UsageException>(() => PredictPlan.Make(
            [_folder["in"]], recursive: false, overlayOutput: _folder["drawn"], jsonOutput: null, heatmapOutput: _folder[output]));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_NoImageAtAll_Throws()
    {
        var exception = Assert.Throws<UsageException>(
            () => PredictPlan.Make([_folder["none.jpg"]], recursive: false, overlayOutput: null, jsonOutput: null));
        Assert.Contains("none.jpg: no such file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_SomeSourcesMissing_TheOthersArePlanned()
    {
        _folder.Touch("a.jpg");
        var plan = PredictPlan.Make([_folder["none.jpg"], _folder["a.jpg"]], recursive: false, overlayOutput: null, jsonOutput: null);
        Assert.Single(plan.Images);
        Assert.Single(plan.Problems);
        Assert.True(plan.PrintsTables);
    }

    [Fact]
    public void WithBoxes_NoneGiven_LeavesThemToTheModel()
    {
        _folder.Touch("a.jpg");
        Assert.Null(Assert.Single(Plan("a.jpg").WithBoxes(new BoxSource()).Images).Boxes);
    }

    [Fact]
    public void WithBoxes_CommandLine_TheSameForEveryImage()
    {
        _folder.Touch("a.jpg", "b.jpg");
        PersonBox[] boxes = [new(new Box(1, 2, 3, 4))];
        Assert.All(Plan("a.jpg", "b.jpg").WithBoxes(new BoxSource { Boxes = boxes }).Images, image => Assert.Equal(boxes, image.Boxes));
    }

    [Fact]
    public void WithBoxes_File_EachImageItsOwnAndNoneWhereThereAreNone()
    {
        _folder.Touch("7.jpg", "b.jpg", "c.jpg");
        File.WriteAllText(_folder["boxes.json"], """
            [{"image_id": 7, "bbox": [1, 0, 1, 1], "score": 0.5}, {"file_name": "b.jpg", "bbox": [2, 0, 1, 1]}]
            """);
        var plan = Plan("7.jpg", "b.jpg", "c.jpg");

        var images = plan.WithBoxes(new BoxSource { DetectionsFile = _folder["boxes.json"] }).Images;
        Assert.Equal([1, 1, 0], images.Select(image => image.Boxes!.Count));
        images = plan.WithBoxes(new BoxSource { DetectionsFile = _folder["boxes.json"], MinScore = 0.75f }).Images;
        Assert.Equal([0, 1, 0], images.Select(image => image.Boxes!.Count));
    }

    [Fact]
    public void WithBoxes_FileOfOtherImages_Throws()
    {
        _folder.Touch("7.jpg");
        File.WriteAllText(_folder["boxes.json"], """[{"image_id": 8, "bbox": [1, 0, 1, 1]}]""");
        var exception = Assert.Throws<UsageException>(() => Plan("7.jpg").WithBoxes(new BoxSource { DetectionsFile = _folder["boxes.json"] }));
        Assert.Contains("has no person for any image, neither by image_id (the first image's is 7) nor by file_name (7.jpg)", exception.Message, StringComparison.Ordinal);
    }

    private PredictPlan Plan(params string[] sources) =>
        PredictPlan.Make([.. sources.Select(source => _folder[source])], recursive: false, overlayOutput: null, jsonOutput: null);

    private string[] Overlays(string output, params string[] sources)
    {
        var plan = PredictPlan.Make([.. sources.Select(source => _folder[source])], recursive: false, overlayOutput: _folder[output], jsonOutput: null);
        return [.. plan.Images.Select(image => image.OverlayPath!)];
    }
}
