using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Imaging.Tests;

public class ColorJitterTests
{
    private static readonly SafetensorsFile Recorded = Safetensors.Load(Repository.Fixture("imaging/colour_jitter.safetensors"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Apply_RecordedChanges_EqualsTheReference(int index)
    {
        var jitter = new ColorJitter(
            Number("hue_delta_deg", index), Number("saturation_factor", index), Number("brightness_delta", index), Number("contrast_factor", index));
        float[][] planes = Planes(Recorded["input_rgb"].ToArray<float>());

        jitter.Apply(planes[0], planes[1], planes[2]);

        float[][] expected = Planes(Recorded[$"output_{index}"].ToArray<float>());
        for (int c = 0; c < 3; c++)
            for (int i = 0; i < expected[c].Length; i++) Assert.Equal(expected[c][i], planes[c][i], 1e-5f);
    }

    [Fact]
    public void ToHsv_RecordedPixels_EqualsOpenCv()
    {
        float[] rgb = Recorded["input_rgb"].ToArray<float>(), expected = Recorded["hsv_of_input"].ToArray<float>();
        for (int i = 0; i < rgb.Length; i += 3)
        {
            var (hue, saturation, value) = ColorJitter.ToHsv(rgb[i], rgb[i + 1], rgb[i + 2]);
            Assert.Equal(expected[i], hue, 1e-3f);
            Assert.Equal(expected[i + 1], saturation, 1e-5f);
            Assert.Equal(expected[i + 2], value, 1e-6f);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(67)]
    public void Apply_AnyLength_EqualsTheDefinition(int length)
    {
        var random = new Random(length);
        var jitter = new ColorJitter(-725.5, 1.3, -0.1, 0.7);
        float[][] planes = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, length).Select(i => i % 5 == 0 ? 0.5f : random.NextSingle()).ToArray())];
        float[][] expected = [.. planes.Select(plane => (float[])plane.Clone())];

        jitter.Apply(planes[0], planes[1], planes[2]);
        jitter.ApplyPlainly(expected[0], expected[1], expected[2]);

        for (int c = 0; c < 3; c++)
            for (int i = 0; i < length; i++) Assert.Equal(expected[c][i], planes[c][i], 2e-6f);
    }

    [Fact]
    public void Apply_NoChange_KeepsTheColours()
    {
        float[] red = [0, 1, 0.25f, 0.5f], green = [0, 1, 0.75f, 0.5f], blue = [0, 1, 0.1f, 0.5f];
        float[][] before = [[.. red], [.. green], [.. blue]];
        ColorJitter.None.Apply(red, green, blue);
        Assert.All(red.Zip(before[0]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.All(green.Zip(before[1]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        Assert.All(blue.Zip(before[2]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void Apply_PlanesOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => ColorJitter.None.Apply(new float[3], new float[2], new float[3]));

    private static double Number(string name, int index) => Recorded[name].ToArray<double>()[index];

    private static float[][] Planes(float[] interleaved) =>
        [.. Enumerable.Range(0, 3).Select(c => interleaved.Where((_, i) => i % 3 == c).ToArray())];
}
