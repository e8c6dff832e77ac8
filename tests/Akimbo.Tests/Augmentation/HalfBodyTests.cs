using Akimbo.Augmentation;
using Akimbo.Geometry;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;
using Akimbo.Tests.Codecs;

namespace Akimbo.Tests.Augmentation;

public sealed class HalfBodyTests
{
    [Theory]
    [InlineData("all_upper")]
    [InlineData("all_lower")]
    [InlineData("two_lower_falls_back_to_upper")]
    [InlineData("two_upper_falls_back_to_lower")]
    [InlineData("one_joint")]
    [InlineData("wide")]
    public void Choose_OfRecordedKeypoints_EqualsTheReference(string name)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("data/hrnet_half_body.safetensors"));
        double[] visibility = file[$"{name}.joints_vis"].ToArray<double>();
        var keypoints = LabelledPoints.Of<ImagePoint>(file[$"{name}.joints"].ToArray<double>(), groupLength: 3, i => visibility[3 * i]);

        PersonRegion? region = HalfBody.Choose(
            keypoints, [.. Enumerable.Range(0, 11)], aspectRatio: 0.75, file[$"{name}.normal_draw"].ToArray<double>()[0]);

        Assert.Equal(file[$"{name}.valid"].ToArray<long>()[0] == 1, region is not null);
        if (region is not PersonRegion found) return;
        double[] centre = file[$"{name}.center"].ToArray<double>(), scale = file[$"{name}.scale"].ToArray<double>();
        Assert.Equal(centre[0], found.Centre.X, 1e-5 * centre[0]);
        Assert.Equal(centre[1], found.Centre.Y, 1e-5 * centre[1]);
        Assert.Equal(scale[0], found.Width / 200, 1e-5);
        Assert.Equal(scale[1], found.Height / 200, 1e-5);
    }
}
