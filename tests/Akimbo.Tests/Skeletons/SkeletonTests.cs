using Akimbo.Skeletons;

namespace Akimbo.Tests.Skeletons;

public sealed class SkeletonTests
{
    public static TheoryData<Skeleton, int> Published => new()
    {
        { Coco17.Skeleton, 17 },
        { CrowdPose14.Skeleton, 14 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void FlipIndices_OfPublishedSkeletons_AreTheirOwnInverse(Skeleton skeleton, int count)
    {
        Assert.Equal(count, skeleton.Keypoints.Count);
        Assert.Equal(count, skeleton.OksSigmas.Count);
        for (int i = 0; i < count; i++)
        {
            int mirrored = skeleton.FlipIndices[i];
            Assert.Equal(i, skeleton.FlipIndices[mirrored]);
            Assert.Equal(skeleton.OksSigmas[i], skeleton.OksSigmas[mirrored]);
            Assert.Equal(skeleton.Sides[i] == BodySide.Centre, mirrored == i);
        }
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Limbs_OfPublishedSkeletons_AreTheSameMirrored(Skeleton skeleton, int count)
    {
        var limbs = skeleton.Limbs.Select(limb => Undirected(limb.From, limb.To)).ToHashSet();
        Assert.Equal(skeleton.Limbs.Count, limbs.Count);
        Assert.Equal(limbs, skeleton.Limbs.Select(limb => Undirected(skeleton.FlipIndices[limb.From], skeleton.FlipIndices[limb.To])).ToHashSet());
        Assert.Equal(Enumerable.Range(0, count), skeleton.Limbs.SelectMany(limb => new[] { limb.From, limb.To }).Distinct().Order());
    }

    [Fact]
    public void FlipIndices_OfCoco_MatchTheReference() =>
        Assert.Equal([0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15], Coco17.Skeleton.FlipIndices);

    [Fact]
    public void Sides_OfCrowdPose_FollowTheNames()
    {
        Assert.Equal(BodySide.Left, CrowdPose14.Skeleton.Sides[0]);
        Assert.Equal(BodySide.Right, CrowdPose14.Skeleton.Sides[11]);
        Assert.Equal(BodySide.Centre, CrowdPose14.Skeleton.Sides[CrowdPose14.Skeleton.IndexOf("neck")]);
    }

    [Fact]
    public void IndexOf_UnknownName_ListsTheNames()
    {
        var exception = Assert.Throws<KeyNotFoundException>(() => CrowdPose14.Skeleton.IndexOf("nose"));
        Assert.Contains("'nose'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("left_ankle", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no keypoints")]
    [InlineData("occurs twice", "a", "a")]
    [InlineData("keypoint 1 has no name", "a", " ")]
    [InlineData("'left_a' needs its mirror image 'right_a'", "left_a")]
    public void Create_WithBadNames_SaysWhat(string message, params string[] keypoints)
    {
        var exception = Assert.Throws<ArgumentException>(() => Skeleton.Create("s", keypoints, limbs: []));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(-1, 1)]
    public void Create_WithBadLimb_NamesIt(int from, int to)
    {
        var exception = Assert.Throws<ArgumentException>(() => Skeleton.Create("s", ["a", "b"], [new Limb(from, to)]));
        Assert.Contains($"limb ({from}, {to})", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.1, 0.0)]
    [InlineData(0.1, double.NaN)]
    public void Create_WithBadSigmas_Throws(params double[] sigmas) =>
        Assert.Throws<ArgumentException>(() => Skeleton.Create("s", ["a", "b"], [], sigmas));

    private static (int, int) Undirected(int from, int to) => (Math.Min(from, to), Math.Max(from, to));
}
