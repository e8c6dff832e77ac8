using Akimbo.Codecs;

namespace Akimbo.Tests.Codecs;

public sealed class TagGroupingTests
{
    [Theory]
    [InlineData("one", 1)]
    [InlineData("one", 2)]
    [InlineData("three", 1)]
    [InlineData("three", 2)]
    [InlineData("six", 1)]
    [InlineData("six", 2)]
    public void Group_RecordedMaps_GivesTheRecordedGroupsInOrder(string name, int tagLength)
    {
        var recorded = new RecordedGroups(name, tagLength);
        TaggedHeatmaps maps = recorded.Maps;
        var options = AssociativeEmbeddingOptions.PoseAe;

        List<TagGroup> groups = TagGrouping.Group(maps, Peaks(maps, options), options);

        Assert.Equal(recorded.People, groups.Count);
        float[][][] expected = recorded.Stage("unadjusted");
        for (int i = 0; i < groups.Count; i++)
        {
            Assert.Equal(recorded.Scores[i], groups[i].Score, 1e-6f);
            for (int k = 0; k < recorded.KeypointCount; k++)
            {
                Peak peak = groups[i].Peaks[k] ?? default;
                Assert.Equal(expected[i][k][..3], new float[] { peak.X, peak.Y, peak.Score });
                if (groups[i].Peaks[k] is not null) Assert.Equal(expected[i][k][3..], maps.TagAt(k, peak.X, peak.Y));
            }
        }
    }

    [Fact]
    public void Group_IdenticalTags_AreOnePerson()
    {
        // Two founders with the same tag: the second replaces the first, as in the reference's dictionary.
        List<TagGroup> groups = Group([[(0, 0.9f, 2)], [(0, 0.8f, 2), (5, 0.7f, 2)]]);
        TagGroup group = Assert.Single(groups);
        Assert.Equal(2, group.Count);
    }

    [Fact]
    public void Group_FounderWithATagAlreadyKnown_ReplacesTheKeypointAndTheTag()
    {
        // At the third keypoint the higher candidate joins and the other founds anew, under the tag of the same person.
        List<TagGroup> groups = Group([[(0, 0.9f, 2)], [(0, 0.9f, 2.8f)], [(0, 0.9f, 2.4f), (5, 0.5f, 2)], [(7, 0.9f, 3.2f)]]);
        Assert.Equal(2, groups.Count);
        Assert.Equal(5, groups[0].Peaks[2]!.Value.X);
        Assert.Null(groups[0].Peaks[3]);
    }

    [Theory]
    [InlineData(0.9f, 1)]
    [InlineData(1.1f, 2)]
    public void Group_TagsOfTwoValues_ComparesTheRootMeanSquare(float difference, int people)
    {
        float[] tags = [0, difference, 0, -difference];
        var maps = new TaggedHeatmaps(new float[2], tags, keypointCount: 2, height: 1, width: 1);
        List<TagGroup> groups = TagGrouping.Group(maps, [[new Peak(0, 0, 0.9f)], [new Peak(0, 0, 0.9f)]], new AssociativeEmbeddingOptions());
        Assert.Equal(people, groups.Count);
    }

    [Fact]
    public void Group_DistantTags_AreDifferentPeople()
    {
        List<TagGroup> groups = Group([[(0, 0.9f, 2), (5, 0.8f, 4)], [(1, 0.7f, 4.2f), (6, 0.6f, 1.9f), (9, 0.5f, 9)]]);
        Assert.Equal(3, groups.Count);
        Assert.Equal((0, 6), (groups[0].Peaks[0]!.Value.X, groups[0].Peaks[1]!.Value.X));
        Assert.Equal((5, 1), (groups[1].Peaks[0]!.Value.X, groups[1].Peaks[1]!.Value.X));
        Assert.Null(groups[2].Peaks[0]);
        Assert.Equal(9, groups[2].Peaks[1]!.Value.X);
        Assert.Equal(0.25f, groups[2].Score);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 5)]
    public void Group_TwoCandidatesForOnePerson_HeatmapDecidesOnlyWhenUsed(bool useDetectionValue, int expected)
    {
        // Both tags are nearer than half; the one at 5 is nearer, the one at 0 higher.
        List<TagGroup> groups = Group(
            [[(0, 0.9f, 2)], [(0, 0.9f, 2.3f), (5, 0.4f, 2.1f)]],
            new AssociativeEmbeddingOptions { UseDetectionValue = useDetectionValue });
        Assert.Equal(2, groups.Count);
        Assert.Equal(expected, groups[0].Peaks[1]!.Value.X);
    }

    [Theory]
    [InlineData(true, 2, 0)]
    [InlineData(false, 3, 1)]
    public void Group_AsManyPeopleAsAllowed_IgnoresFurtherKeypointsIfAsked(bool ignore, int people, int found)
    {
        List<TagGroup> groups = Group(
            [[(0, 0.9f, 0), (2, 0.8f, 5)], [(0, 0.9f, 0.1f), (4, 0.8f, 10)]],
            new AssociativeEmbeddingOptions { MaxPeople = 2, IgnoreTooMany = ignore });
        Assert.Equal(people, groups.Count);
        Assert.Equal(found, groups[0].Count - 1);
    }

    [Fact]
    public void Group_TagsThatAreNoNumbers_AreLeftOut()
    {
        List<TagGroup> groups = Group([[(0, 0.9f, float.NaN), (2, 0.8f, 1)], [(0, 0.9f, float.PositiveInfinity), (4, 0.8f, 1)]]);
        TagGroup group = Assert.Single(groups);
        Assert.Equal((2, 4), (group.Peaks[0]!.Value.X, group.Peaks[1]!.Value.X));
    }

    [Fact]
    public void Group_ExtremeTags_Ends()
    {
        List<TagGroup> groups = Group([[(0, 0.9f, float.MaxValue), (2, 0.8f, float.MinValue)], [(0, 0.9f, 0), (4, 0.8f, float.MaxValue), (6, 0.8f, 1e-40f)]]);
        Assert.Equal(4, groups.Count);
    }

    [Fact]
    public void Group_PeaksOfOtherMaps_Throws() =>
        Assert.Throws<ArgumentException>(() => TagGrouping.Group(new TaggedHeatmaps(new float[2], new float[2], 2, 1, 1), [[]], new AssociativeEmbeddingOptions()));

    private static List<TagGroup> Group((int X, float Score, float Tag)[][] keypoints, AssociativeEmbeddingOptions? options = null)
    {
        const int Width = 10;
        float[] tags = new float[keypoints.Length * Width];
        for (int k = 0; k < keypoints.Length; k++)
            foreach ((int x, _, float tag) in keypoints[k]) tags[k * Width + x] = tag;
        var maps = new TaggedHeatmaps(new float[tags.Length], tags, keypoints.Length, height: 1, Width);
        List<Peak>[] peaks = [.. keypoints.Select(list => list.Select(peak => new Peak(peak.X, 0, peak.Score)).ToList())];
        return TagGrouping.Group(maps, peaks, options ?? new AssociativeEmbeddingOptions());
    }

    private static List<Peak>[] Peaks(TaggedHeatmaps maps, AssociativeEmbeddingOptions options)
    {
        var peaks = new List<Peak>[maps.KeypointCount];
        for (int k = 0; k < peaks.Length; k++)
            peaks[k] = PeakFinder.Find(maps.Heatmap(k), maps.Width, options.DetectionThreshold, options.SuppressionKernel, options.MaxPeople);
        return peaks;
    }
}
