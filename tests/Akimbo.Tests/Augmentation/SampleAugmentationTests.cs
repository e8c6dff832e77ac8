using Akimbo.Augmentation;
using Akimbo.Skeletons;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Augmentation;

public sealed class SampleAugmentationTests
{
    [Fact]
    public void Jitter_RecordedDraws_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("imaging/colour_jitter.safetensors"));
        double[] draws = file["draws"].ToArray<double>();
        double[][] expected = [.. new[] { "hue_delta_deg", "saturation_factor", "brightness_delta", "contrast_factor" }.Select(name => file[name].ToArray<double>())];
        for (int i = 0; i < 5; i++)
        {
            var jitter = ColorAugmentation.Princeton.Jitter(draws[4 * i], draws[4 * i + 1], draws[4 * i + 2], draws[4 * i + 3]);
            Assert.Equal(expected[0][i], jitter.HueDegrees, 1e-9);
            Assert.Equal(expected[1][i], jitter.Saturation, 1e-12);
            Assert.Equal(expected[2][i], jitter.Brightness, 1e-12);
            Assert.Equal(expected[3][i], jitter.Contrast, 1e-12);
        }
    }

    [Fact]
    public void Apply_OnlyMirrored_LeavesOthersAlone()
    {
        var color = ColorAugmentation.Princeton with { OnlyMirrored = true };
        float[] planes = [.. Enumerable.Range(0, 12).Select(i => i / 12f)], before = [.. planes];
        color.Apply(new CounterRandom(1), isMirrored: false, planes);
        Assert.Equal(before, planes);
        color.Apply(new CounterRandom(1), isMirrored: true, planes);
        Assert.NotEqual(before, planes);
    }

    [Fact]
    public void Apply_Channels_ScalesEachByItsOwnFactor()
    {
        float[] planes = [0.5f, 0.25f, 0.5f, 0.25f, 0.5f, 0.25f];
        new ColorAugmentation { Channels = 0.2 }.Apply(new CounterRandom(9), isMirrored: false, planes);
        for (int c = 0; c < 3; c++)
        {
            Assert.InRange(planes[2 * c], 0.4f, 0.6f);
            Assert.Equal(planes[2 * c] / 2, planes[2 * c + 1], 1e-6f);
        }

        Assert.NotEqual(planes[0], planes[2]);
    }

    [Fact]
    public void Draw_Zoom_DividesTheRegionsSize()
    {
        var spatial = new SpatialAugmentation { Distribution = SpatialDistribution.Uniform, Scale = 0.5 };
        for (uint i = 0; i < 100; i++)
            Assert.Equal(spatial.Draw(new CounterRandom(1, sample: i)).Scale / 2, (spatial with { Zoom = 2 }).Draw(new CounterRandom(1, sample: i)).Scale, 1e-12);
        Assert.Contains("spatial.zoom is 0", Assert.Throws<ArgumentException>(() => (spatial with { Zoom = 0 }).Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draw_OfHighResolutionSettings_HasTheReferencesDistribution()
    {
        var spatial = new SpatialAugmentation { Rotation = 45, RotationProbability = 0.6, Scale = 0.35, FlipProbability = 0.5, HalfBodyProbability = 0.3 };
        SpatialDraw[] draws = [.. Enumerable.Range(0, 20_000).Select(i => spatial.Draw(new CounterRandom(1, sample: (uint)i)))];

        Assert.Equal(0.4, draws.Average(draw => draw.Degrees == 0 ? 1.0 : 0), 0.02);
        Assert.Equal(90, draws.Max(draw => draw.Degrees));
        Assert.Equal(-90, draws.Min(draw => draw.Degrees));
        Assert.Equal(0.1587, draws.Average(draw => draw.Scale > 1.3499 ? 1.0 : 0), 0.01); // a normal draw beyond one deviation
        Assert.Equal(0.65, draws.Min(draw => draw.Scale), 1e-12);
        Assert.Equal(0.5, draws.Average(draw => draw.IsMirrored ? 1.0 : 0), 0.02);
        Assert.Equal(0.3, draws.Average(draw => draw.HalfBody is null ? 0 : 1.0), 0.02);
        Assert.All(draws, draw => Assert.Equal((0, 0), (draw.ShiftX, draw.ShiftY)));
    }

    [Fact]
    public void Draw_OfTheDefaults_ChangesNothing() => Assert.Equal(SpatialDraw.None, new SpatialAugmentation().Draw(new CounterRandom(4)));

    [Fact]
    public void Occlusion_HidesRectanglesOfTheGivenSizes()
    {
        var occlusion = new OcclusionAugmentation { Probability = 1, MinSide = 0.25, MaxSide = 0.5 };
        for (uint sample = 0; sample < 50; sample++)
        {
            float[] planes = new float[3 * 20 * 40];
            occlusion.Apply(new CounterRandom(1, sample: sample), planes, width: 20, height: 40, fill: [1, 2, 3]);
            int[] hidden = [.. Enumerable.Range(0, 800).Where(i => planes[i] == 1)];
            int columns = hidden.Select(i => i % 20).Distinct().Count(), rows = hidden.Select(i => i / 20).Distinct().Count();
            Assert.InRange(columns, 5, 10);
            Assert.InRange(rows, 10, 20);
            Assert.Equal(columns * rows, hidden.Length);
            Assert.Equal(hidden.Length, planes.Count(value => value == 3));
        }
    }

    [Theory]
    [InlineData("coco17", "0 1 2 3 4 5 6 7 8 9 10")]
    [InlineData("mpii16", "7 8 9 10 11 12 13 14 15")]
    public void UpperBody_OfPublishedSkeletons_IsHighResolutionNets(string skeleton, string expected)
    {
        var published = skeleton == "coco17" ? Coco17.Skeleton : Mpii16.Skeleton;
        Assert.Equal(expected, string.Join(' ', UpperBody.Of(published)));
    }

    [Fact]
    public void Validate_NumberOutOfRange_IsNamed()
    {
        Refuses(new SampleAugmentation { Spatial = new() { Rotation = 181 } }, "spatial.rotation is 181");
        Refuses(new SampleAugmentation { Spatial = new() { Scale = 1 } }, "spatial.scale is 1");
        Refuses(new SampleAugmentation { Spatial = new() { FlipProbability = double.NaN } }, "spatial.flipProbability is NaN");
        Refuses(new SampleAugmentation { Color = new() { Hue = 0.6 } }, "color.hue is 0.6");
        Refuses(new SampleAugmentation { Occlusion = new() { MinSide = 0.5 } }, "occlusion.minSide is 0.5");
        new SampleAugmentation { Occlusion = new() }.Validate();

        static void Refuses(SampleAugmentation augmentation, string expected) =>
            Assert.StartsWith(expected, Assert.Throws<ArgumentException>(augmentation.Validate).Message, StringComparison.Ordinal);
    }
}
