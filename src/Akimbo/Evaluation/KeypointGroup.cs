namespace Akimbo.Evaluation;

/// <summary>Keypoints that share a column of a table.</summary>
/// <param name="Name">The heading, such as <c>Shoulder</c>.</param>
/// <param name="Keypoints">Their indices.</param>
public sealed record KeypointGroup(string Name, IReadOnlyList<int> Keypoints);
