namespace Akimbo.Evaluation;

/// <summary>The percentage of correct keypoints by one protocol.</summary>
/// <param name="Summary">The row of a paper's table: one column a group, then the mean.</param>
/// <param name="PerKeypoint">One column a keypoint, in the skeleton's order.</param>
/// <param name="Counts">How often each keypoint counts.</param>
public sealed record PckScores(ScoreTable Summary, ScoreTable PerKeypoint, IReadOnlyList<int> Counts);
