namespace Akimbo.Evaluation;

/// <summary>
/// Leaves out people who were detected several times in one image, by their similarity (HRNet, <c>lib/nms/nms.py</c>,
/// <c>oks_nms</c> and <c>soft_oks_nms</c>). Among equal scores the later person comes first, as in the reference.
/// </summary>
public static class OksSuppression
{
    /// <summary>The threshold of HRNet's settings (<c>OKS_THRE</c>), of the hard and of the soft suppression.</summary>
    public const double DefaultThreshold = 0.9;

    /// <summary>Keeps the best person, leaves out everybody too similar, and goes on with those who remain.</summary>
    /// <param name="people">The people of one image.</param>
    /// <param name="oks">The similarity.</param>
    /// <param name="threshold">People are kept up to this similarity.</param>
    /// <param name="minKeypointScore">If given, only keypoints with a higher score are compared; none is in HRNet's default.</param>
    /// <returns>Indices into <paramref name="people"/>, best first.</returns>
    /// <exception cref="ArgumentException">The people's keypoints do not fit the sigmas, or a score is NaN.</exception>
    public static IReadOnlyList<int> Hard(
        IReadOnlyList<DetectedPerson> people, Oks oks, double threshold = DefaultThreshold, double? minKeypointScore = null)
    {
        List<Candidate> candidates = Ranked(people, oks);
        List<int> kept = [];
        while (candidates.Count > 0)
        {
            int best = candidates[0].Index;
            kept.Add(best);
            candidates.RemoveAt(0);
            candidates.RemoveAll(other => oks.Similarity(people[best], people[other.Index], minKeypointScore) > threshold);
        }

        return kept;
    }

    /// <summary>
    /// Keeps the best person, lowers the scores of the others by exp(−similarity² / threshold), and goes on with the best of them.
    /// Nobody is left out except beyond <paramref name="maxPeople"/>; what changes is the order.
    /// </summary>
    /// <param name="people">The people of one image.</param>
    /// <param name="oks">The similarity.</param>
    /// <param name="threshold">The softness, positive.</param>
    /// <param name="minKeypointScore">If given, only keypoints with a higher score are compared.</param>
    /// <param name="maxPeople">The most people to keep.</param>
    /// <returns>Indices into <paramref name="people"/>, best first.</returns>
    /// <exception cref="ArgumentException">The people's keypoints do not fit the sigmas, a score is NaN, or the threshold is not positive.</exception>
    public static IReadOnlyList<int> Soft(
        IReadOnlyList<DetectedPerson> people, Oks oks, double threshold = DefaultThreshold, double? minKeypointScore = null, int maxPeople = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threshold);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxPeople, 1);
        List<Candidate> candidates = Ranked(people, oks);
        List<int> kept = [];
        while (candidates.Count > 0 && kept.Count < maxPeople)
        {
            int best = candidates[0].Index;
            kept.Add(best);
            candidates = Ranked(candidates.Skip(1).Select(other =>
            {
                double similarity = oks.Similarity(people[best], people[other.Index], minKeypointScore);
                return other with { Score = other.Score * Math.Exp(-(similarity * similarity) / threshold) };
            }));
        }

        return kept;
    }

    private static List<Candidate> Ranked(IReadOnlyList<DetectedPerson> people, Oks oks)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(oks);
        if (people.Any(person => double.IsNaN(person.Score))) throw new ArgumentException("A person's score is NaN.", nameof(people));
        return Ranked(people.Select((person, index) => new Candidate(index, person.Score)));
    }

    // argsort()[::-1]
    private static List<Candidate> Ranked(IEnumerable<Candidate> candidates) => [.. candidates.OrderBy(candidate => candidate.Score).Reverse()];

    private readonly record struct Candidate(int Index, double Score);
}
