using Akimbo.Datasets;
using Akimbo.Datasets.Checks;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Datasets;

public sealed class YoloPoseDatasetTests : IDisposable
{
    private const string ThreeKeypoints = """
        # a comment
        path: .
        train: images/train   # here they are
        kpt_shape: [3, 3]
        flip_idx: [1, 0, 2]
        names:
          0: person
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-yolo").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_Labels_GivesPixels()
    {
        Write("data.yaml", ThreeKeypoints);
        Picture("images/train/a.png", width: 200, height: 100);
        Picture("images/train/b.png", width: 10, height: 10);
        Write("labels/train/a.txt", "0 0.5 0.5 0.2 0.4 0.25 0.5 2 0.1 0.2 1 0 0 0\n\n0 0.1 0.1 0.1 0.1 0 0 0 0 0 0 1 1 2\n");

        var dataset = YoloPoseDataset.Load(_folder);

        Assert.Equal([1, 0, 2], dataset.Skeleton.FlipIndices);
        Assert.Equal(["a.png", "b.png"], dataset.Samples.Select(sample => Path.GetFileName(sample.ImagePath)));
        Assert.Equal((200, 100), (dataset.Samples[0].Width, dataset.Samples[0].Height));
        AnnotatedPerson person = dataset.Samples[0].People[0];
        Assert.Equal(new Box(80, 30, 40, 40), person.Box);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(50, 50), KeypointVisibility.Visible), person.Keypoints[0]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(20, 20), KeypointVisibility.Hidden), person.Keypoints[1]);
        Assert.Equal(default, person.Keypoints[2]);
        Assert.Equal(2, dataset.Samples[0].People.Count);
        Assert.Empty(dataset.Samples[1].People);
        Assert.StartsWith("1 pictures have no label file", Assert.Single(dataset.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ListOfPicturesAndTwoNumbersAKeypoint_GivesPixels()
    {
        Write("data.yaml", "train: list.txt\nkpt_shape:\n  - 2\n  - 2\nkpt_names:\n  0:\n    - head\n    - neck\n");
        Write("list.txt", "./images/a.png\n");
        Picture("images/a.png", width: 10, height: 20);
        Write("labels/a.txt", "0 0.5 0.5 1 1 0.5 0.5 0 0\n");

        var dataset = YoloPoseDataset.Load(Path.Combine(_folder, "data.yaml"));

        Assert.Equal(["head", "neck"], dataset.Skeleton.Keypoints);
        Assert.Equal([KeypointVisibility.Visible, KeypointVisibility.NotLabelled], dataset.Samples[0].People[0].Keypoints.Select(keypoint => keypoint.Visibility));
    }

    [Fact]
    public void Load_PicturesThatAreNone_AreCountedAndChecked()
    {
        Write("data.yaml", "train: list.txt\nkpt_shape: [1, 2]\n");
        Write("list.txt", "images/a.png\nimages/b.png\nimages/c.png\n");
        Picture("images/a.png", width: 10, height: 20);
        Write("images/b.png", "no picture");
        foreach (string name in new[] { "a", "b", "c" }) Write($"labels/{name}.txt", "0 0.5 0.5 1 1 0.5 0.5\n");

        var dataset = YoloPoseDataset.Load(_folder);

        Assert.Equal([1, 0, 0], dataset.Samples.Select(sample => sample.People.Count));
        Assert.StartsWith("2 pictures are missing or cannot be read", Assert.Single(dataset.Warnings), StringComparison.Ordinal);
        var report = DatasetCheck.Run(dataset);
        Assert.Equal((1, 1), (report.Find(DatasetProblem.MissingFile)?.Count, report.Find(DatasetProblem.UnreadableFile)?.Count));
    }

    [Fact]
    public void Load_CocoPairs_AreCoco()
    {
        Write("data.yaml", "val: images\nkpt_shape: [17, 3]\nflip_idx: [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9,\n  12, 11, 14, 13, 16, 15]\n");
        Picture("images/a.png", width: 4, height: 4);
        Assert.Same(Coco17.Skeleton, YoloPoseDataset.Load(_folder, "val").Skeleton);
    }

    [Theory]
    [InlineData("train: images\n", "kpt_shape is ''")]
    [InlineData("train: images\nkpt_shape: [3, 4]\n", "kpt_shape is '3, 4'")]
    [InlineData("train: images\nkpt_shape: [99999999, 3]\n", "kpt_shape is")]
    [InlineData("train: images\nkpt_shape: [3, 3]\nflip_idx: [1, 0]\n", "flip_idx is '1, 0'")]
    [InlineData("train: images\nkpt_shape: [3, 3]\nflip_idx: [1, 2, 0]\n", "flip pairs go both ways")]
    [InlineData("train: images\nkpt_shape: [3, 3]\nflip_idx: [0, 1, 2]\nkpt_names: [left_a, right_a, b]\n", "flip_idx mirrors keypoint 0 (left_a) to 0")]
    [InlineData("kpt_shape: [3, 3]\n", "There is no key 'train'")]
    [InlineData("train: none\nkpt_shape: [3, 3]\n", "which does not exist")]
    public void Load_WrongYaml_SaysWhat(string yaml, string message)
    {
        Write("data.yaml", yaml);
        Picture("images/a.png", width: 4, height: 4);
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => YoloPoseDataset.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0 0.5 0.5 0.2\n", "Line 1 has 4 numbers; 5 + 3 × 3 are expected")]
    [InlineData("0 0.5 0.5 0.2 0.4 0.25 0.5 2 0.1 0.2 1 0 0 x\n", "Line 1 has 'x'")]
    [InlineData("\n0 0.5 0.5 0.2 0.4 0.25 0.5 2 0.1 0.2 1 0 1 5\n", "Line 2 has a keypoint of visibility 5")]
    public void Load_WrongLabel_SaysWhere(string label, string message)
    {
        Write("data.yaml", ThreeKeypoints);
        Picture("images/train/a.png", width: 4, height: 4);
        Write("labels/train/a.txt", label);
        var exception = Assert.Throws<DatasetFormatException>(() => YoloPoseDataset.Load(_folder));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains("a.txt", exception.Message, StringComparison.Ordinal);
    }

    private void Picture(string name, int width, int height)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
        new Image(width, height).Save(Path.Combine(_folder, name));
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
        File.WriteAllText(Path.Combine(_folder, name), text);
    }
}
