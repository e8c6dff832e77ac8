using Akimbo.Datasets;
using Akimbo.Datasets.Preview;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Datasets.Preview;

public sealed class DatasetPreviewTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("akimbo-preview-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Choose_SameSeed_SamePicturesInOrderAndNoneWithoutPeople()
    {
        var dataset = MakeDataset(40);
        long[] first = Ids(dataset, seed: 1);

        Assert.Equal(first, Ids(dataset, seed: 1));
        Assert.NotEqual(first, Ids(dataset, seed: 2));
        Assert.Equal(first.Order().Distinct(), first);
        Assert.Equal(6, first.Length);
        Assert.All(first, id => Assert.True(id % 2 == 0));
        Assert.Equal(20, DatasetPreview.Choose(dataset, new DatasetPreviewOptions { Count = 500 }).Count);
    }

    [Fact]
    public void Choose_Nobody_SaysSo()
    {
        var dataset = new PoseDataset("empty", Lsp14.Skeleton, [new PoseSample { ImagePath = "a.png", ImageId = 1, People = [] }]);
        Assert.Contains("empty has no people in any of its 1 pictures", Assert.Throws<ArgumentException>(() => DatasetPreview.Choose(dataset)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Choose_CountOutOfRange_Throws(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DatasetPreview.Choose(MakeDataset(4), new DatasetPreviewOptions { Count = count }));

    [Fact]
    public void Draw_LabelledKeypoints_AndNoOthers()
    {
        var dataset = MakeDataset(2);
        new Image(64, 64).Save(dataset.Samples[1].ImagePath);

        var sheet = DatasetPreview.Draw(dataset);

        // A tile of 320 pixels, the picture 298 of them, 4 from the border: pixel (32, 16) of 64 is its (151, 76).
        Assert.Equal([0, 255, 0], Pixel(sheet, 4 + 11 + 151, 4 + 76));
        Assert.Equal([0, 0, 0], Pixel(sheet, 4 + 11 + 2, 4 + 2));
    }

    private static byte[] Pixel(Image image, int x, int y) => image.Row(y).Slice(x * Image.Channels, Image.Channels).ToArray();

    private static long[] Ids(PoseDataset dataset, int seed) =>
        [.. DatasetPreview.Choose(dataset, new DatasetPreviewOptions { Count = 6, Seed = seed }).Select(sample => sample.ImageId)];

    // Pictures of even number have a person, of whom only the left wrist is labelled.
    private PoseDataset MakeDataset(int count)
    {
        var keypoints = new AnnotatedKeypoint[14];
        keypoints[11] = new AnnotatedKeypoint(new ImagePoint(32, 16), KeypointVisibility.Hidden);
        var person = new AnnotatedPerson { Keypoints = keypoints };
        return new PoseDataset("made up", Lsp14.Skeleton,
        [
            .. Enumerable.Range(1, count).Select(id => new PoseSample { ImagePath = Path.Combine(_folder, $"{id}.png"), ImageId = id, People = id % 2 == 0 ? [person] : [] }),
        ]);
    }
}
