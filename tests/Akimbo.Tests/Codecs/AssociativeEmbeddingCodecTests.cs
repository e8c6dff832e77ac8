using Akimbo.Codecs;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Codecs;

public sealed class AssociativeEmbeddingCodecTests
{
    public static TheoryData<string, int, string> Stages
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            foreach (string name in new[] { "one", "three", "six" })
                foreach (int tagLength in new[] { 1, 2 })
                    foreach (string stage in new[] { "unadjusted", "parsed", "refined" }) data.Add(name, tagLength, stage);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public void Decode_RecordedMaps_GivesTheRecordedPeople(string name, int tagLength, string stage)
    {
        var recorded = new RecordedGroups(name, tagLength);
        var codec = new AssociativeEmbeddingCodec(recorded.KeypointCount, AssociativeEmbeddingOptions.PoseAe with
        {
            Adjustment = stage == "unadjusted" ? PeakAdjustment.None : PeakAdjustment.QuarterOffset,
            Missing = stage == "refined" ? MissingKeypoints.FillAsPoseAe : MissingKeypoints.Leave,
        });

        List<DecodedPerson> people = codec.Decode(recorded.Maps);

        // The reference keeps the order of grouping, and counts adjusted positions from the corner of the first pixel.
        double corner = stage == "unadjusted" ? 0 : 0.5;
        int[] order = [.. Enumerable.Range(0, recorded.People).OrderByDescending(i => recorded.Scores[i])];
        float[][][] expected = recorded.Stage(stage);
        Assert.Equal(order.Length, people.Count);
        for (int i = 0; i < order.Length; i++)
        {
            Assert.Equal(recorded.Scores[order[i]], people[i].Score, 1e-6f);
            for (int k = 0; k < recorded.KeypointCount; k++)
            {
                float[] keypoint = expected[order[i]][k];
                (HeatmapPoint position, float score) = people[i].Keypoints[k];
                Assert.Equal(keypoint[2], score, 1e-6f);
                if (score > 0) Assert.Equal(new HeatmapPoint(keypoint[0] - corner, keypoint[1] - corner), position);
                else Assert.Equal(default, position);
            }
        }
    }

    [Fact]
    public void Decode_FillByTag_ScoresByTheHeatmap()
    {
        var recorded = new RecordedGroups("three", tagLength: 2);
        var published = new AssociativeEmbeddingCodec(17, AssociativeEmbeddingOptions.PoseAe).Decode(recorded.Maps);
        var plain = new AssociativeEmbeddingCodec(17, AssociativeEmbeddingOptions.PoseAe with { Missing = MissingKeypoints.FillByTag }).Decode(recorded.Maps);
        var left = new AssociativeEmbeddingCodec(17, AssociativeEmbeddingOptions.PoseAe with { Missing = MissingKeypoints.Leave }).Decode(recorded.Maps);

        int filled = 0;
        for (int i = 0; i < plain.Count; i++)
            for (int k = 0; k < 17; k++)
            {
                if (left[i].Keypoints[k].Score > 0)
                {
                    Assert.Equal(left[i].Keypoints[k], plain[i].Keypoints[k]);
                    continue;
                }

                filled++;
                Assert.Equal(1, published[i].Keypoints[k].Score);
                Assert.InRange(plain[i].Keypoints[k].Score, 0, 0.999f);
                Assert.Equal(published[i].Keypoints[k].Position.X, plain[i].Keypoints[k].Position.X);
                Assert.InRange(Math.Abs(published[i].Keypoints[k].Position.Y - plain[i].Keypoints[k].Position.Y), 0, 0.5);
            }

        Assert.True(filled > 5);
    }

    [Theory]
    [InlineData(40, 5)]
    [InlineData(5, 40)]
    [InlineData(1, 1)]
    public void Decode_FillAsPoseAeOnLongMaps_StaysInside(int height, int width)
    {
        var random = new Random(1);
        float[] heatmaps = new float[3 * height * width];
        float[] tags = new float[heatmaps.Length];
        for (int i = 0; i < tags.Length; i++) (heatmaps[i], tags[i]) = (random.NextSingle() * 0.09f, random.NextSingle());
        heatmaps[0] = 0.9f;
        var codec = new AssociativeEmbeddingCodec(3, new AssociativeEmbeddingOptions { Missing = MissingKeypoints.FillAsPoseAe });

        DecodedPerson person = Assert.Single(codec.Decode(new TaggedHeatmaps(heatmaps, tags, 3, height, width)));

        Assert.All(person.Keypoints, keypoint => Assert.True(keypoint.Score > 0));
        Assert.All(person.Keypoints, keypoint => Assert.InRange(keypoint.Position.Y, -0.25, height - 0.75));
        Assert.All(person.Keypoints, keypoint => Assert.InRange(keypoint.Position.X, -0.25, width - 0.75));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Decode_NoPeaks_FindsNobody(float value)
    {
        float[] maps = new float[2 * 6 * 7];
        Array.Fill(maps, value);
        var codec = new AssociativeEmbeddingCodec(2, new AssociativeEmbeddingOptions { Missing = MissingKeypoints.FillByTag });
        Assert.Empty(codec.Decode(new TaggedHeatmaps(maps, maps, 2, 6, 7)));
    }

    [Fact]
    public void Decode_OnePixelMapOfOneKeypoint_FindsIt()
    {
        var codec = new AssociativeEmbeddingCodec(1, new AssociativeEmbeddingOptions { Adjustment = PeakAdjustment.None });
        DecodedPerson person = Assert.Single(codec.Decode(new TaggedHeatmaps([0.5f], [7f], 1, 1, 1)));
        Assert.Equal(new DecodedKeypoint(new HeatmapPoint(0, 0), 0.5f), Assert.Single(person.Keypoints));
        Assert.Equal(0.5f, person.Score);
    }

    [Fact]
    public void Decode_TooFewKeypointsOrScore_DropsThePerson()
    {
        float[] heatmaps = [0.5f, 0, 0, 0, 0, 0.9f, 0, 0, 0];
        float[] tags = new float[9];
        Assert.Single(Decode(new()));
        Assert.Single(Decode(new() { MinKeypoints = 2, MinScore = 0.46f }));
        Assert.Empty(Decode(new() { MinKeypoints = 3 }));
        Assert.Empty(Decode(new() { MinScore = 0.47f }));

        List<DecodedPerson> Decode(AssociativeEmbeddingOptions options) =>
            new AssociativeEmbeddingCodec(3, options).Decode(new TaggedHeatmaps(heatmaps, tags, 3, 1, 3));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(0.99, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0, 1)]
    public void Decode_TwoHalvesOfAPersonFilled_AreOneWhereTheyShareMore(double maxSharedKeypoints, int expected)
    {
        float[] scores = [0.9f, 0.8f, 0.7f, 0.6f], heatmaps = new float[4 * 12], tags = new float[4 * 12];
        for (int k = 0; k < 4; k++)
        {
            heatmaps[k * 12 + 3 * k] = scores[k];
            Array.Fill(tags, k < 2 ? 0 : 0.4f, k * 12, 12);
        }

        List<DecodedPerson> people = new AssociativeEmbeddingCodec(4, Filling(maxSharedKeypoints)).Decode(new TaggedHeatmaps(heatmaps, tags, 4, 1, 12));

        Assert.Equal(expected, people.Count);
        Assert.All(people, person => Assert.Equal(scores, person.Keypoints.Select(keypoint => keypoint.Score)));
        Assert.Equal((scores[0] + scores[1]) / 4, people[0].Score);
    }

    [Theory]
    [InlineData(0.69, 0.7f)]
    [InlineData(0.71, 0f)]
    public void Decode_MinFilledScore_LeavesOutWhatIsHardlySeen(double minFilledScore, float expected)
    {
        float[] heatmaps = [0.9f, 0, 0.7f, 0], tags = [0, 0, 0.4f, 0.4f];
        var options = Filling(maxSharedKeypoints: 0) with { MinFilledScore = minFilledScore };
        Assert.Equal(expected, new AssociativeEmbeddingCodec(2, options).Decode(new TaggedHeatmaps(heatmaps, tags, 2, 1, 2))[0].Keypoints[1].Score);
    }

    [Fact]
    public void Decode_PeopleWhoShareHalfOfTheirKeypoints_BothStayAtHalf()
    {
        // Two shoulders and one elbow between them.
        float[] heatmaps = [0.9f, 0, 0, 0, 0.8f, 0, 0, 0.7f, 0, 0], tags = [0, 0, 0, 0, 0.4f, 0.2f, 0.2f, 0.2f, 0.2f, 0.2f];
        Assert.Equal(2, new AssociativeEmbeddingCodec(2, Filling(0.5)).Decode(new TaggedHeatmaps(heatmaps, tags, 2, 1, 5)).Count);
        Assert.Single(new AssociativeEmbeddingCodec(2, Filling(0.4)).Decode(new TaggedHeatmaps(heatmaps, tags, 2, 1, 5)));
    }

    private static AssociativeEmbeddingOptions Filling(double maxSharedKeypoints) =>
        new() { TagThreshold = 0.3, Missing = MissingKeypoints.FillByTag, Adjustment = PeakAdjustment.None, MaxSharedKeypoints = maxSharedKeypoints };

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Constructor_MinFilledScoreBelowZero_Throws(double score) =>
        Assert.Throws<ArgumentException>(() => new AssociativeEmbeddingCodec(2, new AssociativeEmbeddingOptions { MinFilledScore = score }));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Constructor_MaxSharedKeypointsThatIsNoShare_Throws(double share) =>
        Assert.Throws<ArgumentException>(() => new AssociativeEmbeddingCodec(2, new AssociativeEmbeddingOptions { MaxSharedKeypoints = share }));

    [Fact]
    public void Decode_MorePeaksThanPeople_KeepsTheBest()
    {
        float[] heatmaps = new float[20 * 20];
        float[] tags = new float[heatmaps.Length];
        for (int i = 0; i < 100; i++)
        {
            int at = i / 10 * 2 * 20 + i % 10 * 2;
            (heatmaps[at], tags[at]) = (0.2f + 0.005f * i, 10 * i);
        }

        List<DecodedPerson> people = new AssociativeEmbeddingCodec(1).Decode(new TaggedHeatmaps(heatmaps, tags, 1, 20, 20));

        Assert.Equal(30, people.Count);
        Assert.Equal(0.2f + 0.005f * 99, people[0].Score);
        Assert.Equal(0.2f + 0.005f * 70, people[29].Score);
    }

    [Fact]
    public void Decode_IdenticalTagsEverywhere_MakesOnePerson()
    {
        float[] heatmaps = [0.9f, 0, 0.8f, 0, 0.7f, 0, 0.6f, 0.5f, 0, 0.4f];
        List<DecodedPerson> people = new AssociativeEmbeddingCodec(2).Decode(new TaggedHeatmaps(heatmaps, new float[10], 2, 1, 5));
        Assert.Single(people);
    }

    [Fact]
    public void ToPerson_ThroughATransform_NamesAndMovesWhatWasFound()
    {
        var decoded = new DecodedPerson([new(new(3, 7), 0.5f), default], Score: 0.25f);
        Skeleton skeleton = Skeleton.Create("s", ["head", "foot"], []);
        var heatmapToImage = CellTransform.HeatmapToInput(2).Then(new Transform<InputPoint, ImagePoint>(AffineTransform.Identity));

        Person person = decoded.ToPerson(skeleton, heatmapToImage);

        Assert.Equal(new Keypoint("head", new ImagePoint(7, 15), 0.5f), person["head"]);
        Assert.Equal(new Keypoint("foot", default, 0), person["foot"]);
        Assert.Equal(0.25f, person.Score);
        Assert.Throws<ArgumentException>(() => decoded.ToPerson(Coco17.Skeleton, heatmapToImage));
    }

    public static TheoryData<AssociativeEmbeddingOptions, string> BadOptions => new()
    {
        { new() { DetectionThreshold = -1 }, "DetectionThreshold is -1" },
        { new() { DetectionThreshold = double.NaN }, "DetectionThreshold is NaN" },
        { new() { TagThreshold = 0 }, "TagThreshold is 0" },
        { new() { MaxPeople = 0 }, "MaxPeople is 0" },
        { new() { MaxPeople = 1_000_000 }, "MaxPeople is 1000000" },
        { new() { SuppressionKernel = 4 }, "SuppressionKernel is 4" },
        { new() { MinScore = float.NaN }, "MinScore is NaN" },
        { new() { Adjustment = (PeakAdjustment)9 }, "Adjustment is 9" },
        { new() { Missing = (MissingKeypoints)9 }, "Missing is 9" },
        { new() { KeypointOrder = [0, 1, 1] }, "KeypointOrder is [0, 1, 1]" },
        { new() { KeypointOrder = [0, 1] }, "KeypointOrder is [0, 1]" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_BadOptions_NamesTheOption(AssociativeEmbeddingOptions options, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new AssociativeEmbeddingCodec(3, options));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_MapsThatDoNotFit_Throws()
    {
        var codec = new AssociativeEmbeddingCodec(2);
        Assert.Throws<ArgumentException>(() => codec.Decode(new TaggedHeatmaps(new float[6], new float[6], 1, 2, 3)));
        Assert.Throws<ArgumentException>(() => new TaggedHeatmaps(new float[5], new float[6], 1, 2, 3));
        Assert.Throws<ArgumentException>(() => new TaggedHeatmaps(new float[6], new float[7], 1, 2, 3));
        Assert.Throws<ArgumentException>(() => new TaggedHeatmaps(new float[6], [], 1, 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TaggedHeatmaps([], [], 0, 2, 3));
        Assert.Throws<ArgumentException>(() => new TaggedHeatmaps([], [], int.MaxValue, int.MaxValue, 2));
    }
}
