using System.Runtime.InteropServices;
using System.Text;
using Akimbo.Datasets;
using Akimbo.Datasets.Mpii;
using Akimbo.Geometry;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets.Mpii;

public sealed class MpiiDatasetTests
{
    [Fact]
    public void Load_MatlabStruct_GivesTrainingPicturesAndTheirPeople()
    {
        var dataset = MpiiDataset.Load(Repository.Fixture("datasets/mpii.mat"), "/pictures");

        Assert.Equal("mpii16", dataset.Skeleton.Name);
        Assert.Equal([1L, 3L], dataset.Samples.Select(sample => sample.ImageId));
        Assert.Equal(Path.Combine("/pictures", "015601864.jpg"), dataset.Samples[0].ImagePath);
        Assert.Empty(dataset.Samples[1].People);

        AnnotatedPerson person = dataset.Samples[0].People[0];
        Assert.Equal(new Box(10, 20, 20, 30), person.HeadBox);
        Assert.Equal(new ImagePoint(60, 70), person.Centre);
        Assert.Equal(2.5, person.Scale);
        Assert.Equal(4, person.LabelledCount);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(100, 200), KeypointVisibility.Visible), person.Keypoints[0]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(14.5, 24.5), KeypointVisibility.Visible), person.Keypoints[9]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(102, 202), KeypointVisibility.Hidden), person.Keypoints[2]);
        Assert.Equal(KeypointVisibility.Hidden, person.Keypoints[15].Visibility);

        AnnotatedPerson other = dataset.Samples[0].People[1];
        Assert.Equal((0, null, null), (other.LabelledCount, other.Scale, other.Centre));
    }

    [Theory]
    [InlineData(MpiiPart.Test, new[] { 2L })]
    [InlineData(MpiiPart.All, new[] { 1L, 2L, 3L })]
    public void Load_OtherParts_GivesTheirPictures(MpiiPart part, long[] ids)
    {
        var dataset = MpiiDataset.Load(Repository.Fixture("datasets/mpii.mat"), "", part);
        Assert.Equal(ids, dataset.Samples.Select(sample => sample.ImageId));
        AnnotatedPerson secret = dataset.Samples.Single(sample => sample.ImageId == 2).People[0];
        Assert.Equal((1.5, new ImagePoint(4, 5), null), (secret.Scale, secret.Centre, secret.HeadBox));
    }

    [Fact]
    public void Load_OtherMatlabFile_SaysWhatItHolds()
    {
        var exception = Assert.Throws<DatasetFormatException>(() => MpiiDataset.Load(Repository.Fixture("datasets/scipy.mat"), ""));
        Assert.Contains("no struct 'RELEASE'; the file holds cube", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadJson_OfHrnet_GroupsPeopleByPicture()
    {
        string joints = string.Join(", ", Enumerable.Range(0, 16).Select(k => k == 3 ? "[-1.0, -1.0]" : $"[{k + 1}.5, {2 * k + 1}]"));
        string visible = string.Join(", ", Enumerable.Range(0, 16).Select(k => k == 3 ? 0 : 1));
        var dataset = ReadJson($$"""
            [{"joints_vis": [{{visible}}], "joints": [{{joints}}], "image": "a.jpg", "scale": 3.02, "center": [595.0, 297.0]},
             {"image": "b.jpg", "scale": 1, "center": [1, 1]},
             {"image": "a.jpg", "scale": 2, "center": [5, 6]}]
            """);

        Assert.Equal([2, 1], dataset.Samples.Select(sample => sample.People.Count));
        AnnotatedPerson person = dataset.Samples[0].People[0];
        Assert.Equal(15, person.LabelledCount);
        Assert.Equal(default, person.Keypoints[3]);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(5.5, 10), KeypointVisibility.Visible), person.Keypoints[5]);
        Assert.Equal((new ImagePoint(594, 296), 3.02), (person.Centre, person.Scale));
        Assert.Equal(3, dataset.Samples[0].People[1].Id);
    }

    [Theory]
    [InlineData("{}", "list of people")]
    [InlineData("[", "no JSON")]
    [InlineData("[3]", "Person 1 has no image")]
    [InlineData("""[{"image": "\ud800", "scale": 1, "center": [1, 1]}]""", "Person 1 has an image that is no valid text")]
    [InlineData("""[{"image": "a"}]""", "Person 1 has no center")]
    [InlineData("""[{"image": "a", "scale": 1, "center": [1]}]""", "Person 1 has center that is no list of 2 numbers")]
    [InlineData("""[{"image": "a", "scale": "1", "center": [1, 1]}]""", "Person 1 has scale with JSON String")]
    [InlineData("""[{"image": "a", "scale": 1, "center": [1, 1], "joints": []}]""", "joints without joints_vis")]
    [InlineData("""[{"image": "a", "scale": 1, "center": [1, 1], "joints": [], "joints_vis": [1]}]""", "joints_vis that is no list of 16")]
    public void ReadJson_Damaged_SaysWhere(string json, string message) =>
        Assert.Contains(message, Assert.Throws<DatasetFormatException>(() => ReadJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_HrnetWithHeadBoxesBesideIt_GivesThem()
    {
        var dataset = MpiiDataset.Load(Repository.Fixture("datasets/mpii_hrnet/valid.json"), "/pictures");
        Assert.Equal([new Box(9, 19, 30, 40), new Box(0, 0, 3, 4)], dataset.Samples.Select(sample => sample.People[0].HeadBox!.Value));
    }

    [Fact]
    public void Load_HrnetWithHeadBoxesOfOthers_SaysSo()
    {
        string folder = Directory.CreateTempSubdirectory("akimbo-mpii-").FullName;
        try
        {
            File.Copy(Repository.Fixture("datasets/mpii_hrnet/gt_valid.mat"), Path.Combine(folder, "gt_train.mat"));
            File.WriteAllText(Path.Combine(folder, "train.json"), """[{"image": "a.jpg", "scale": 1, "center": [1, 1]}]""");
            var exception = Assert.Throws<DatasetFormatException>(() => MpiiDataset.Load(Path.Combine(folder, "train.json"), ""));
            Assert.Contains("gt_train.mat: There is no array 'headboxes_src' of 2×2×1 numbers", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Hdf5Fact]
    public void Load_Hdf5OfPrinceton_GroupsPeopleByPicture()
    {
        var dataset = MpiiDataset.Load(Repository.Fixture("datasets/mpii.h5"), "/pictures");

        Assert.Equal(["a.jpg", "longer_name.jpg"], dataset.Samples.Select(sample => Path.GetFileName(sample.ImagePath)));
        Assert.Equal([1L, 3L], dataset.Samples[0].People.Select(person => person.Id!.Value));
        AnnotatedPerson person = dataset.Samples[0].People[0];
        Assert.Equal((new ImagePoint(600, 394), 3.0), (person.Centre, person.Scale));
        Assert.Equal([1, 3, 2], dataset.Samples.SelectMany(sample => sample.People).Select(other => other.HeadSize!.Value));
        Assert.Equal(15, person.LabelledCount);
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(7, 14), KeypointVisibility.Visible), person.Keypoints[7]);
        Assert.Equal(KeypointVisibility.Hidden, person.Keypoints[8].Visibility);
        Assert.Equal(default, person.Keypoints[5]);
    }

    [Hdf5Fact]
    public void Load_Hdf5WithTextsOfVariableLength_ReadsTheSame()
    {
        var (fixedLength, variable) = (MpiiDataset.Load(Repository.Fixture("datasets/mpii.h5"), ""), MpiiDataset.Load(Repository.Fixture("datasets/mpii_variable_texts.h5"), ""));
        Assert.Equal(fixedLength.Samples.Select(sample => (sample.ImagePath, sample.People.Count)), variable.Samples.Select(sample => (sample.ImagePath, sample.People.Count)));
    }

    [Hdf5Fact]
    public void Load_NotHdf5_SaysSo()
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.h5");
        try
        {
            File.WriteAllText(file, "not one");
            Assert.Contains("no HDF5 file", Assert.Throws<DatasetFormatException>(() => MpiiDataset.Load(file, "")).Message, StringComparison.Ordinal);

            byte[] cut = File.ReadAllBytes(Repository.Fixture("datasets/mpii.h5"))[..3000];
            File.WriteAllBytes(file, cut);
            Assert.Throws<DatasetFormatException>(() => MpiiDataset.Load(file, ""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [WithoutHdf5Fact]
    public void Load_Hdf5WithoutTheLibrary_NamesThePackage()
    {
        var exception = Assert.ThrowsAny<Exception>(() => MpiiDataset.Load(Repository.Fixture("datasets/mpii.h5"), ""));
        Assert.IsType<DllNotFoundException>(exception);
        Assert.Contains("apt-get install libhdf5-103-1", exception.Message, StringComparison.Ordinal);
    }

    private static PoseDataset ReadJson(string json) => MpiiJson.Read(Encoding.UTF8.GetBytes(json), "train.json", "/pictures");

    private static bool HasHdf5 { get; } =
        NativeLibrary.TryLoad("libhdf5_serial.so.103", out _) || NativeLibrary.TryLoad("libhdf5_serial.so.310", out _) || NativeLibrary.TryLoad("libhdf5.so", out _);

    /// <summary>A test that needs libhdf5; skipped, and counted as such, where it is not installed.</summary>
    private sealed class Hdf5FactAttribute : FactAttribute
    {
        public Hdf5FactAttribute()
        {
            if (!HasHdf5) Skip = "libhdf5 is not installed.";
        }
    }

    /// <summary>A test of what happens without libhdf5.</summary>
    private sealed class WithoutHdf5FactAttribute : FactAttribute
    {
        public WithoutHdf5FactAttribute()
        {
            if (HasHdf5) Skip = "libhdf5 is installed.";
        }
    }
}
