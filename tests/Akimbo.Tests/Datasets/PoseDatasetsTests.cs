using Akimbo.Datasets;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets;

public sealed class PoseDatasetsTests : IDisposable
{
    private const string Coco = """{"images": [], "annotations": [], "categories": [{"id": 1, "name": "person", "keypoints": ["nose", "tail"]}]}""";
    private const string Csv = "image,nose_x,nose_y\na.jpg,1,2\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-open-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("datasets/lspet_14x3x2.mat", "LSPET")]
    [InlineData("datasets/lsp_3x14x2.mat", "LSP")]
    [InlineData("datasets/mpii.mat", "MPII")]
    public void Open_MatlabFile_GoesByItsVariables(string fixture, string name) =>
        Assert.Equal(name, PoseDatasets.Open(Repository.Fixture(fixture)).Name);

    [Theory]
    [InlineData("a.txt", Coco, 2)]
    [InlineData("a.json", "\uFEFF \n" + Coco, 2)]
    [InlineData("a.json", """[{"image": "a.jpg", "center": [1, 2], "scale": 1}]""", 16)]
    [InlineData("a.csv", Csv, 1)]
    [InlineData("a.txt", Csv, 1)]
    public void Open_Text_GoesByItsContent(string name, string content, int keypoints) =>
        Assert.Equal(keypoints, PoseDatasets.Open(Write(name, content)).Skeleton.Keypoints.Count);

    [Fact]
    public void Open_FolderWithOneAnnotationFile_ReadsIt()
    {
        Write("a.csv", Csv);
        Write("readme.txt", "nothing");
        Assert.Equal(1, PoseDatasets.Open(_folder).Count);
    }

    [Fact]
    public void Open_FolderWithJointsMat_PrefersItToOtherFiles()
    {
        File.Copy(Repository.Fixture("datasets/lspet_14x3x2.mat"), Path.Combine(_folder, "joints.mat"));
        Write("other.csv", Csv);
        Assert.Equal("LSPET", PoseDatasets.Open(_folder).Name);
        Assert.Equal("other", PoseDatasets.Open(Path.Combine(_folder, "other.csv")).Name);
    }

    [Fact]
    public void Open_YoloFolder_ReadsTheNamedPart()
    {
        Write("data.yaml", "train: images\nval: later\nkpt_shape: [2, 3]\nflip_idx: [1, 0]\n");
        Directory.CreateDirectory(Path.Combine(_folder, "images"));
        Directory.CreateDirectory(Path.Combine(_folder, "later"));
        Assert.Equal("data train", PoseDatasets.Open(_folder).Name);
        Assert.Equal("data val", PoseDatasets.Open(_folder, part: "val").Name);
        Assert.Contains("leave out /pictures", Assert.Throws<ArgumentException>(() => PoseDatasets.Open(_folder, "/pictures")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ImageFolder_IsWherePicturesAre() =>
        Assert.Equal(Path.Combine("/pictures", "a.jpg"), PoseDatasets.Open(Write("a.csv", Csv), "/pictures").Samples[0].ImagePath);

    [Fact]
    public void Open_MpiiBesideAFolderOfPictures_FindsIt()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "images"));
        Directory.CreateDirectory(Path.Combine(_folder, "annot"));
        string file = Write(Path.Combine("annot", "train.json"), """[{"image": "a.jpg", "center": [1, 2], "scale": 1}]""");
        Assert.Equal(Path.Combine(_folder, "images", "a.jpg"), PoseDatasets.Open(file).Samples[0].ImagePath);
    }

    [Fact]
    public void Open_KindForced_ReadsAsThatOrFails()
    {
        string file = Write("a.json", Coco);
        Assert.Equal(2, PoseDatasets.Open(file, kind: PoseDatasetKind.Coco).Skeleton.Keypoints.Count);
        Assert.Contains("a list of people is expected", Assert.Throws<DatasetFormatException>(() => PoseDatasets.Open(file, kind: PoseDatasetKind.Mpii)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhatIsNone_SaysSo()
    {
        string empty = Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName;
        AssertSays<DatasetFormatException>("holds no annotations", empty);
        AssertSays<DatasetFormatException>("is no data set that is known", Write("a.bin", "\u0001\u0002"));
        AssertSays<DatasetFormatException>("is no data set that is known", Write("b.bin", ""));
        AssertSays<DatasetFormatException>("'joints' (LSP) or 'RELEASE' (MPII) is expected", Repository.Fixture("datasets/scipy.mat"));
        AssertSays<FileNotFoundException>("none.json does not exist", Path.Combine(_folder, "none.json"));
        Write("a.csv", Csv);
        Write("b.json", Coco);
        AssertSays<DatasetFormatException>("holds 2 annotation files; name one of a.csv, b.json", _folder);
        Assert.Contains("has no part 'val'", Assert.Throws<ArgumentException>(() => PoseDatasets.Open(Path.Combine(_folder, "a.csv"), part: "val")).Message, StringComparison.Ordinal);
    }

    private static void AssertSays<TException>(string words, string path) where TException : Exception =>
        Assert.Contains(words, Assert.Throws<TException>(() => PoseDatasets.Open(path)).Message, StringComparison.Ordinal);

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return path;
    }
}
