using Akimbo.Codecs;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Codecs;

public sealed class FlipAverageTests
{
    [Theory]
    [InlineData("flipped_back", "average_plain", false)]
    [InlineData("flipped_back_shifted", "average_shifted", true)]
    public void Merge_OfRecordedMaps_EqualsTheReference(string flippedName, string averageName, bool shift)
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/hrnet_flip.safetensors"));
        float[] output = file["output"].ToArray<float>(), mirrored = file["output_of_mirrored_input"].ToArray<float>();
        float[] flipped = file[flippedName].ToArray<float>(), average = file[averageName].ToArray<float>();
        const int length = 17 * 16 * 12;

        for (int n = 0; n < 2; n++)
        {
            // Averaging with the map that is already there leaves the map: that tells the turned maps apart from the sum.
            float[] same = flipped.AsSpan(n * length, length).ToArray();
            FlipAverage.Merge(same, mirrored.AsSpan(n * length, length), Coco17.Skeleton.FlipIndices, 16, 12, shift);
            Assert.Equal(flipped.AsSpan(n * length, length).ToArray(), same);

            float[] merged = output.AsSpan(n * length, length).ToArray();
            FlipAverage.Merge(merged, mirrored.AsSpan(n * length, length), Coco17.Skeleton.FlipIndices, 16, 12, shift);
            Assert.Equal(average.AsSpan(n * length, length).ToArray(), merged);
        }
    }

    [Fact]
    public void Merge_WithCeiling_LowersLargerAverages()
    {
        float[] heatmaps = [3, 0.5f];
        FlipAverage.Merge(heatmaps, [0.5f, 1], [0], height: 1, width: 2, shift: false, ceiling: 1);
        Assert.Equal([1, 0.5f], heatmaps);
    }

    [Fact]
    public void Merge_OfWrongLengthOrIndex_Throws()
    {
        Assert.Throws<ArgumentException>(() => FlipAverage.Merge(new float[4], new float[3], [0], 2, 2, shift: false));
        Assert.Throws<ArgumentException>(() => FlipAverage.Merge(new float[4], new float[4], [1], 2, 2, shift: false));
    }
}
