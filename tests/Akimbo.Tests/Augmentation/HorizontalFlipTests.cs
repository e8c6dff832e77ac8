using Akimbo.Augmentation;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;
using Akimbo.Tests.Codecs;

namespace Akimbo.Tests.Augmentation;

public sealed class HorizontalFlipTests
{
    [Fact]
    public void Mirror_OfRecordedKeypoints_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/hrnet_fliplr_joints.safetensors"));
        double[] visibility = file["joints_vis"].ToArray<double>();
        var keypoints = LabelledPoints.Of<ImagePoint>(file["joints"].ToArray<double>(), groupLength: 3, i => visibility[3 * i]);

        var mirrored = HorizontalFlip.Mirror(keypoints, Coco17.Skeleton.FlipIndices, (int)file["width"].ToArray<long>()[0]);

        double[][] expected = [.. file["flipped_joints"].ToArray<double>().Chunk(3)];
        double[] expectedVisibility = file["flipped_vis"].ToArray<double>();
        for (int i = 0; i < 17; i++)
        {
            Assert.Equal(expected[i][0], mirrored[i].Position.X, 1e-5);
            Assert.Equal(expected[i][1], mirrored[i].Position.Y, 1e-5);
            Assert.Equal(expectedVisibility[3 * i], mirrored[i].Visibility);
        }
    }

    [Fact]
    public void Mirror_Twice_ReturnsTheKeypoints()
    {
        var keypoints = LabelledPoints.Random(17, 0, 0, 100, 80);
        var flipIndices = Coco17.Skeleton.FlipIndices;
        var twice = HorizontalFlip.Mirror(HorizontalFlip.Mirror(keypoints, flipIndices, 100), flipIndices, 100);
        for (int i = 0; i < 17; i++) Assert.Equal(keypoints[i].Position.X, twice[i].Position.X, 1e-9);
    }

    [Fact]
    public void Mirror_WithWrongIndices_Throws()
    {
        Assert.Throws<ArgumentException>(() => HorizontalFlip.Mirror(LabelledPoints.Random(2, 0, 0, 1, 1), [0], 9));
        Assert.Throws<ArgumentException>(() => HorizontalFlip.Mirror(LabelledPoints.Random(1, 0, 0, 1, 1), [3], 9));
    }
}
