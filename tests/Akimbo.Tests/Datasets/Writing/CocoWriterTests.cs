using System.Text.Json;
using Akimbo.Datasets;
using Akimbo.Datasets.Masks;
using Akimbo.Datasets.Writing;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets.Writing;

public sealed class CocoWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-coco-").FullName;

    private string File => Path.Combine(_folder, "out.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Save_EverythingGiven_ReadsBackEqual()
    {
        var dataset = new PoseDataset("made up", Coco17.Skeleton,
        [
            Sample(7, "a.jpg", Person(12, x: 1 / 3.0), Person(3, x: -4.25)),
            Sample(5, "b.jpg"),
            Sample(6, "c.jpg", new AnnotatedPerson
            {
                Id = 1L << 40,
                Keypoints = new AnnotatedKeypoint[17],
                Box = new Box(0, 0, 3, 2),
                Area = 4,
                IsCrowd = true,
                Segmentation = new Segmentation(new RunLengthMask(3, 2, [1, 4, 1])),
            }),
        ]);

        System.IO.File.WriteAllBytes(dataset.Samples[0].ImagePath, []); // By which the reader finds the folder.
        var written = CocoWriter.Save(File, dataset);
        var read = CocoDataset.Load(File);

        Assert.Equal(new CocoWriteResult { Images = 3, People = 3, KeepsIds = true }, written);
        Assert.Same(dataset.Skeleton, read.Skeleton);
        Assert.Empty(read.Warnings);
        AssertEqual(dataset, read);
        Assert.Equal([1, 4, 1], read.Samples[2].People[0].Segmentation!.Runs!.Runs);
        Assert.Equal(["a.jpg", "out.json"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Save_Polygons_ReadBackEqual()
    {
        double[] triangle = [0, 0, 4, 0.5, 2, 3];
        var person = new AnnotatedPerson { Id = 1, Keypoints = new AnnotatedKeypoint[17], Box = new Box(0, 0, 4, 3), Area = 6, Segmentation = new Segmentation([triangle, [1, 1, 2, 2, 1, 3]]) };

        CocoWriter.Save(File, new PoseDataset("polygons", Coco17.Skeleton, [Sample(1, "a.jpg", person)]));

        var mask = CocoDataset.Load(File).Samples[0].People[0].Segmentation!;
        Assert.Equal(triangle, mask.Polygons[0]);
        Assert.Equal(2, mask.Polygons.Count);
    }

    [Fact]
    public void Save_WithoutBoxAreaIdAndSize_FillsThemInAndSaysSo()
    {
        new Image(8, 6).Save(Path.Combine(_folder, "a.png"));
        var keypoints = new AnnotatedKeypoint[14];
        keypoints[3] = new AnnotatedKeypoint(new ImagePoint(10, 20), KeypointVisibility.Visible);
        keypoints[9] = new AnnotatedKeypoint(new ImagePoint(14, 50), KeypointVisibility.Hidden);
        PoseSample[] samples =
        [
            new() { ImagePath = Path.Combine(_folder, "a.png"), ImageId = 1, People = [new AnnotatedPerson { Keypoints = keypoints }] },
            new() { ImagePath = Path.Combine(_folder, "none.png"), ImageId = 2, People = [new AnnotatedPerson { Keypoints = new AnnotatedKeypoint[14] }] },
        ];

        var written = CocoWriter.Save(File, new PoseDataset("sparse", Lsp14.Skeleton, samples));
        var read = CocoDataset.Load(File);

        Assert.Equal(new CocoWriteResult { Images = 2, People = 2, ImagesWithoutSize = 1, PeopleWithoutBox = 2, PeopleWithoutArea = 2 }, written);
        Assert.Same(Lsp14.Skeleton, read.Skeleton);
        Assert.Equal((8, 6), (read.Samples[0].Width, read.Samples[0].Height));
        Assert.Null(read.Samples[1].Width);
        var person = read.Samples[0].People[0];
        Assert.Equal((1L, new Box(10, 20, 4, 30), 0.53 * 120), (person.Id!.Value, person.Box!.Value, person.Area!.Value));
        Assert.Equal(keypoints, person.Keypoints);
        Assert.Equal((2L, null, null), (read.Samples[1].People[0].Id!.Value, read.Samples[1].People[0].Box, read.Samples[1].People[0].Area));
    }

    [Fact]
    public void Save_EqualNumbersOfPeople_NumbersAllFromOne()
    {
        var written = CocoWriter.Save(File, new PoseDataset("twins", Coco17.Skeleton, [Sample(1, "a.jpg", Person(9, x: 1), Person(9, x: 2))]));

        Assert.False(written.KeepsIds);
        Assert.Equal([1L, 2L], CocoDataset.Load(File).Samples[0].People.Select(person => person.Id!.Value));
    }

    [Fact]
    public void Write_Category_HasNamesAndLimbsCountedFromOne()
    {
        using var stream = new MemoryStream();
        CocoWriter.Write(stream, new PoseDataset("limbs", Coco17.Skeleton, [Sample(1, "a.jpg", Person(1, x: 1))]), _folder);

        using var json = JsonDocument.Parse(stream.ToArray());
        var category = json.RootElement.GetProperty("categories")[0];
        Assert.Equal("person", category.GetProperty("name").GetString());
        Assert.Equal(Coco17.Skeleton.Keypoints, category.GetProperty("keypoints").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(Coco17.Skeleton.Limbs, category.GetProperty("skeleton").EnumerateArray().Select(limb => new Limb(limb[0].GetInt32() - 1, limb[1].GetInt32() - 1)));
        Assert.Equal("a.jpg", json.RootElement.GetProperty("images")[0].GetProperty("file_name").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("annotations")[0].GetProperty("num_keypoints").GetInt32());
    }

    [Fact]
    public void Save_TwoPicturesOfOneNumber_SaysSoAndLeavesTheOldFile()
    {
        System.IO.File.WriteAllText(File, "old");
        var exception = Assert.Throws<ArgumentException>(() => CocoWriter.Save(File, new PoseDataset("pair", Coco17.Skeleton, [Sample(4, "a.jpg"), Sample(4, "b.jpg")])));
        Assert.Contains("2 pictures have the number 4", exception.Message, StringComparison.Ordinal);
        Assert.Equal("old", System.IO.File.ReadAllText(File));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Save_CoordinateThatIsNoNumber_SaysWhoseAndLeavesNothing()
    {
        var exception = Assert.Throws<ArgumentException>(() => CocoWriter.Save(File, new PoseDataset("bad", Coco17.Skeleton, [Sample(4, "a.jpg", Person(1, double.NaN))])));
        Assert.Contains("a.jpg, person 1 has the number NaN", exception.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [ReferenceDataFact]
    public void Save_RealDataSets_ReadBackEqual()
    {
        foreach (string path in (string[])["data/lspet", "data/coco-people/person_keypoints_train.json"])
        {
            var dataset = PoseDatasets.Open(Repository.Reference(path));

            CocoWriter.Save(File, dataset);
            var read = PoseDatasets.Open(File);

            Assert.Same(dataset.Skeleton, read.Skeleton);
            AssertEqual(dataset, read);
        }
    }

    private static void AssertEqual(PoseDataset expected, PoseDataset actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (first, second) in expected.Samples.Zip(actual.Samples))
        {
            Assert.Equal((first.ImageId, Path.GetFullPath(first.ImagePath)), (second.ImageId, Path.GetFullPath(second.ImagePath)));
            Assert.True((first.Width ?? second.Width) == second.Width && (first.Height ?? second.Height) == second.Height);
            Assert.Equal(first.People.Count, second.People.Count);
            foreach (var (one, other) in first.People.Zip(second.People))
            {
                Assert.Equal(one.Keypoints, other.Keypoints);
                Assert.Equal(one.IsCrowd, other.IsCrowd);
                Assert.Equal(one.Id ?? other.Id, other.Id);
                Assert.Equal(one.Box ?? one.KeypointBox(), other.Box);
                Assert.Equal(one.Area ?? other.Box?.Height * other.Box?.Width * 0.53, other.Area);
            }
        }
    }

    private PoseSample Sample(long id, string name, params AnnotatedPerson[] people) =>
        new() { ImagePath = Path.Combine(_folder, name), ImageId = id, Width = 640, Height = 480, People = people };

    private static AnnotatedPerson Person(long id, double x)
    {
        var keypoints = new AnnotatedKeypoint[17];
        keypoints[0] = new AnnotatedKeypoint(new ImagePoint(x, 1e-7), KeypointVisibility.Hidden);
        keypoints[16] = new AnnotatedKeypoint(new ImagePoint(123.456, 700.1), KeypointVisibility.Visible);
        return new AnnotatedPerson { Id = id, Keypoints = keypoints, Box = new Box(1.1, 2.2, 33.3, 44.4), Area = 999.125 };
    }
}
