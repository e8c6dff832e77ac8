using Akimbo.Cli.Prediction;
using Akimbo.Geometry;
using Akimbo.Imaging;
using Akimbo.Skeletons;

namespace Akimbo.Cli.Tests.Prediction;

/// <summary>Finds one person in every file, and fails on files whose name has "broken" in it.</summary>
internal sealed class FakeEstimator : IPersonEstimator
{
    /// <summary>Called with the path before each estimate.</summary>
    public Action<string>? OnEstimate { get; init; }

    /// <summary>The boxes of each estimate, in order.</summary>
    public List<IReadOnlyList<PersonBox>?> Boxes { get; } = [];

    public Skeleton Skeleton { get; } = Skeleton.Create("two", ["head", "neck"], [new Limb(0, 1)]);

    public IReadOnlyList<Person> EstimateFile(string path, IReadOnlyList<PersonBox>? boxes)
    {
        Boxes.Add(boxes);
        OnEstimate?.Invoke(path);
        if (path.Contains("broken", StringComparison.Ordinal))
            throw new ImageFormatException($"{path}: the data ends too soon.\nsecond line");
        return [MakePerson()];
    }

    public IReadOnlyList<Person> Estimate(Image image, IReadOnlyList<PersonBox>? boxes)
    {
        Boxes.Add(boxes);
        return [MakePerson()];
    }

    private static Person MakePerson() =>
        new([new Keypoint("head", new ImagePoint(8, 4), 0.9f), new Keypoint("neck", new ImagePoint(8, 12), 0.8f)], score: 0.85f);
}
