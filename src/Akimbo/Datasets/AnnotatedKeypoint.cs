using Akimbo.Geometry;

namespace Akimbo.Datasets;

/// <summary>A keypoint as people annotated it.</summary>
/// <param name="Position">Where it is, in image pixels; it may lie outside the image, and is (0, 0) where it is not labelled.</param>
/// <param name="Visibility">Whether it is labelled and seen.</param>
public readonly record struct AnnotatedKeypoint(ImagePoint Position, KeypointVisibility Visibility)
{
    /// <summary>Whether the position means something.</summary>
    public bool IsLabelled => Visibility != KeypointVisibility.NotLabelled;

    /// <summary>A keypoint of the given visibility; the position is dropped where it is not labelled.</summary>
    internal static AnnotatedKeypoint At(double x, double y, KeypointVisibility visibility) =>
        visibility == KeypointVisibility.NotLabelled ? default : new(new ImagePoint(x, y), visibility);
}
