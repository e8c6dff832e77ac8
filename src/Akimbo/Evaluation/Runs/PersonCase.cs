namespace Akimbo.Evaluation.Runs;

/// <summary>An annotated person, what was predicted for them, and how well it fits.</summary>
/// <param name="ImageId">The number of the image.</param>
/// <param name="Truth">The annotated person: the keypoints that are scored, those not labelled not found.</param>
/// <param name="Predicted">The same keypoints of the prediction that fits best; null where there is none.</param>
/// <param name="Fit">0 for nothing right to 1 for everything: the OKS, or the share of correct keypoints.</param>
public sealed record PersonCase(long ImageId, Person Truth, Person? Predicted, double Fit)
{
    /// <summary>The cases that fit worst; among equals the larger people first, who can be seen better.</summary>
    /// <param name="cases">All cases.</param>
    /// <param name="count">How many of them.</param>
    public static IReadOnlyList<PersonCase> Worst(IEnumerable<PersonCase> cases, int count) =>
        [.. cases.OrderBy(person => person.Fit).ThenByDescending(person => person.Truth.Box.Area).Take(count)];
}
