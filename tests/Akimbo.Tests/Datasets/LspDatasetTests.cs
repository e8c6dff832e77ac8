using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Testing;

namespace Akimbo.Tests.Datasets;

public sealed class LspDatasetTests
{
    // Both hold x = 10 k + n + 1, y = 100 k + n + 1 of keypoint k in picture n, and 1 as the third number of even k.
    [Theory]
    [InlineData("datasets/lsp_3x14x2.mat", "LSP", "im0002.jpg", KeypointVisibility.Hidden, KeypointVisibility.Visible)]
    [InlineData("datasets/lspet_14x3x2.mat", "LSPET", "im00002.jpg", KeypointVisibility.Visible, KeypointVisibility.NotLabelled)]
    public void Load_BothAxisOrders_GivesZeroBasedKeypointsAndTheirVisibility(
        string fixture, string name, string secondImage, KeypointVisibility even, KeypointVisibility odd)
    {
        var dataset = LspDataset.Load(Repository.Fixture(fixture), "/pictures");

        Assert.Equal(name, dataset.Name);
        Assert.Equal("lsp14", dataset.Skeleton.Name);
        Assert.Equal(2, dataset.Count);
        var sample = dataset.Samples[1];
        Assert.Equal(Path.Combine("/pictures", secondImage), sample.ImagePath);
        Assert.Equal(2, sample.ImageId);
        var keypoints = Assert.Single(sample.People).Keypoints;
        Assert.Equal(new AnnotatedKeypoint(new ImagePoint(41, 401), even), keypoints[4]);
        Assert.Equal(odd == KeypointVisibility.NotLabelled ? default : new ImagePoint(51, 501), keypoints[5].Position);
        Assert.Equal(odd, keypoints[5].Visibility);
    }

    [Fact]
    public void Load_ThirdNumberGiven_OverridesTheOrderOfTheAxes()
    {
        var dataset = LspDataset.Load(Repository.Fixture("datasets/lsp_3x14x2.mat"), "/pictures", LspThirdNumber.IsLabelled);
        Assert.Equal(7, dataset.Samples[0].People[0].LabelledCount);
    }

    [Fact]
    public void Load_OtherArrays_SaysWhatTheFileHolds()
    {
        var exception = Assert.Throws<DatasetFormatException>(() => LspDataset.Load(Repository.Fixture("datasets/scipy.mat")));
        Assert.Contains("no array 'joints'; the file holds cube (numbers 3×2×2)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoSuchFolder_NamesTheFile() =>
        Assert.Contains("joints.mat", Assert.Throws<FileNotFoundException>(() => LspDataset.Load(Path.Combine("none", "joints.mat"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Skeleton_OfLsp_MirrorsAsPublished()
    {
        Assert.Equal([5, 4, 3, 2, 1, 0, 11, 10, 9, 8, 7, 6, 12, 13], Lsp14.Skeleton.FlipIndices);
        var limbs = Lsp14.Skeleton.Limbs.Select(limb => (Math.Min(limb.From, limb.To), Math.Max(limb.From, limb.To))).ToHashSet();
        var mirrored = Lsp14.Skeleton.Limbs.Select(limb => (From: Lsp14.Skeleton.FlipIndices[limb.From], To: Lsp14.Skeleton.FlipIndices[limb.To])).Select(limb => (Math.Min(limb.From, limb.To), Math.Max(limb.From, limb.To)));
        Assert.Equal(limbs, mirrored.ToHashSet());
    }

    [ReferenceDataFact]
    public void Load_Lspet_ReadsWhole()
    {
        var dataset = LspDataset.Load(Repository.Reference("data/lspet"));

        Assert.Equal(8500, dataset.Count);
        Assert.Equal("lsp14", dataset.Skeleton.Name);
        Assert.All(dataset.Samples, sample => Assert.True(File.Exists(sample.ImagePath)));
        Assert.Equal("im08500.jpg", Path.GetFileName(dataset.Samples[^1].ImagePath));
        int labelled = dataset.Samples.Sum(sample => sample.People[0].LabelledCount);
        Assert.InRange(labelled, 14 * 8500 / 2, 14 * 8500);
    }
}
