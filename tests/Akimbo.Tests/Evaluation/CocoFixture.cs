using System.Text.Json;
using Akimbo.Evaluation;
using Akimbo.Testing;

namespace Akimbo.Tests.Evaluation;

/// <summary>Ground truth, detections and what pycocotools computes for them.</summary>
internal sealed class CocoFixture
{
    public CocoFixture(string name)
    {
        GroundTruth = CocoGroundTruth.Load(Repository.Fixture($"evaluation/{name}/ground_truth.json"));
        Detections = CocoResults.Load(Repository.Fixture($"evaluation/{name}/detections.json")).People;
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Repository.Fixture($"evaluation/{name}/expected.json")));
        Expected = expected.RootElement.Clone();
    }

    public CocoGroundTruth GroundTruth { get; }

    public IReadOnlyList<DetectedPerson> Detections { get; }

    public JsonElement Expected { get; }

    public static void AssertEqual(JsonElement expected, CocoKeypointScores scores, double tolerance)
    {
        (string Name, double Value)[] values =
        [
            ("AP", scores.AP), ("AP50", scores.AP50), ("AP75", scores.AP75), ("AP_medium", scores.APMedium), ("AP_large", scores.APLarge),
            ("AR", scores.AR), ("AR50", scores.AR50), ("AR75", scores.AR75), ("AR_medium", scores.ARMedium), ("AR_large", scores.ARLarge),
        ];
        Assert.Equal(values.Length, expected.EnumerateObject().Count());
        foreach ((string name, double value) in values)
            Assert.True(Math.Abs(value - expected.GetProperty(name).GetDouble()) <= tolerance, $"{name}: {value:R} against {expected.GetProperty(name)}");
    }
}
