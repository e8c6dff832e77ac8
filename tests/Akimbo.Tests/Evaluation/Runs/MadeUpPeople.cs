using Akimbo.Datasets;
using Akimbo.Geometry;
using Akimbo.Skeletons;

namespace Akimbo.Tests.Evaluation.Runs;

/// <summary>Annotations and predictions that are easy to reckon with.</summary>
internal static class MadeUpPeople
{
    /// <summary>Keypoint k of a person at x lies at (x + k, 2k).</summary>
    public static AnnotatedPerson Annotated(Skeleton skeleton, double x = 0, Box? box = null) => new()
    {
        Keypoints = [.. skeleton.Keypoints.Select((_, k) => new AnnotatedKeypoint(new ImagePoint(x + k, 2 * k), KeypointVisibility.Visible))],
        Box = box,
    };

    /// <summary>The prediction that equals <see cref="Annotated"/>, moved by some pixels.</summary>
    public static Person Predicted(Skeleton skeleton, double x = 0, float score = 0.9f) =>
        new([.. skeleton.Keypoints.Select((name, k) => new Keypoint(name, new ImagePoint(x + k, 2 * k), 0.8f))], score);

    /// <summary>A picture of that number.</summary>
    public static PoseSample Sample(long id, params AnnotatedPerson[] people) => new() { ImagePath = $"/pictures/{id}.png", ImageId = id, People = people };
}
