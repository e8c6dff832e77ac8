using Akimbo.Cli.Prediction;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;
using Akimbo.Tensors;

namespace Akimbo.Cli.Tests.Prediction;

/// <summary>Finds one person in every file, and fails on files whose name has "broken" in it.</summary>
internal sealed class FakeEstimator : IPersonEstimator
{
    /// <summary>Called with the path before each estimate.</summary>
    public Action<string>? OnEstimate { get; init; }

    /// <summary>The boxes of each estimate, in order.</summary>
    public List<IReadOnlyList<PersonBox>?> Boxes { get; } = [];

    /// <summary>Whether heatmaps were wanted of each estimate, in order.</summary>
    public List<bool> KeptHeatmaps { get; } = [];

    public Skeleton Skeleton { get; } = Skeleton.Create("two", ["head", "neck"], [new Limb(0, 1)]);

    public PoseEstimate EstimateFile(string path, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps)
    {
        Boxes.Add(boxes);
        OnEstimate?.Invoke(path);
        if (path.Contains("broken", StringComparison.Ordinal))
            throw new ImageFormatException($"{path}: the data ends too soon.\nsecond line");
        return MakeEstimate(keepsHeatmaps);
    }

    public PoseEstimate Estimate(Image image, IReadOnlyList<PersonBox>? boxes, bool keepsHeatmaps)
    {
        Boxes.Add(boxes);
        return MakeEstimate(keepsHeatmaps);
    }

    // The head at (8, 4), the whole neck map empty.
    private PoseEstimate MakeEstimate(bool keepsHeatmaps)
    {
        KeptHeatmaps.Add(keepsHeatmaps);
        var values = new Tensor([2, 3, 4]);
        values.Span[1 * 4 + 2] = 1;
        var heatmaps = new PoseHeatmaps { Keypoints = Skeleton.Keypoints, Values = values, HeatmapToImage = new(new AffineTransform(4, 0, 0, 0, 4, 0)) };
        return new PoseEstimate([MakePerson()], keepsHeatmaps ? [heatmaps] : []);
    }

    private static Person MakePerson() =>
        new([new Keypoint("head", new ImagePoint(8, 4), 0.9f), new Keypoint("neck", new ImagePoint(8, 12), 0.8f)], score: 0.85f);
}
