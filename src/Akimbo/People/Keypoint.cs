using Akimbo.Geometry;

namespace Akimbo;

/// <summary>One keypoint of a person.</summary>
/// <param name="Name">Its name in the skeleton, such as <c>left_shoulder</c>; null where the model names none.</param>
/// <param name="Position">Where it is in the picture; (0, 0) when it was not found.</param>
/// <param name="Score">The model's confidence, about 0 to 1; not positive when it was not found.</param>
public sealed record Keypoint(string? Name, ImagePoint Position, float Score)
{
    /// <summary>Whether the model found the keypoint.</summary>
    public bool IsFound => Score > 0;
}
