using Akimbo.Evaluation;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Tests.Evaluation;

public sealed class HeatmapAccuracyTests
{
    [Fact]
    public void Measure_OfARecordedBatch_EqualsTheReference()
    {
        SafetensorsFile file = Safetensors.Load(Repository.Fixture("decoding/hrnet_batch_accuracy.safetensors"));
        double[] expected = file["accuracy"].ToArray<double>();

        var accuracy = HeatmapAccuracy.Measure(
            file["output"].ToArray<float>(), file["target"].ToArray<float>(), keypoints: 17, height: 16, width: 12);

        Assert.Equal(expected[0], accuracy.Average, 1e-6);
        Assert.Equal(file["joints_counted"].ToArray<long>()[0], accuracy.KeypointsCounted);
        for (int i = 0; i < 17; i++) Assert.Equal(expected[i + 1], accuracy.PerKeypoint[i] ?? -1, 1e-6);
    }

    [Fact]
    public void Measure_WithoutTargets_CountsNothing()
    {
        var accuracy = HeatmapAccuracy.Measure(new float[12], new float[12], keypoints: 1, height: 3, width: 4);
        Assert.Equal((0, 0), (accuracy.Average, accuracy.KeypointsCounted));
        Assert.Null(accuracy.PerKeypoint[0]);
        Assert.Throws<ArgumentException>(() => HeatmapAccuracy.Measure(new float[12], new float[24], 1, 3, 4));
    }
}
