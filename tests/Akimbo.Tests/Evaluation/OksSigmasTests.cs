using Akimbo.Evaluation;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Evaluation;

public sealed class OksSigmasTests
{
    [Fact]
    public void Of_MeasuredSkeleton_AreItsOwn()
    {
        Assert.Same(CrowdPose14.Skeleton.OksSigmas, OksSigmas.Of(CrowdPose14.Skeleton).Values);
        Assert.Null(OksSigmas.Of(CrowdPose14.Skeleton).Origin);
    }

    [Fact]
    public void Of_KnownNames_AreThoseOfTheNames()
    {
        var sigmas = OksSigmas.Of(Skeleton.Create("three", ["neck", "left_knee", "right_knee"], limbs: []));
        Assert.Equal([0.079, 0.087, 0.087], sigmas.Values);
        Assert.Equal("OKS sigmas: those of COCO and CrowdPose for the same names.", sigmas.Origin);
    }

    [Fact]
    public void Of_OtherNames_AreOneByTheirNumber()
    {
        var sigmas = OksSigmas.Of(Skeleton.Create("animal", ["neck", "tail"], limbs: []));
        Assert.Equal([0.5, 0.5], sigmas.Values);
        Assert.Contains("1/2 for each of the 2 keypoints", sigmas.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeventeenOtherNames_AreCocosAsInPycocotools() =>
        Assert.Equal(Coco17.Skeleton.OksSigmas, OksSigmas.Of(Skeleton.Create("animal", Enumerable.Range(0, 17).Select(k => $"point_{k}"), limbs: [])).Values);
}
