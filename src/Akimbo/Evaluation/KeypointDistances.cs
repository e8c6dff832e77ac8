using Akimbo.Geometry;

namespace Akimbo.Evaluation;

/// <summary>
/// How far predicted keypoints are from annotated ones, each divided by a length of the person (head, torso, box): what every
/// "percentage of correct keypoints" is made of.
/// </summary>
public sealed class KeypointDistances
{
    private readonly List<double>[] _distances;

    /// <summary>Starts without people.</summary>
    /// <param name="keypoints">K, at least 1.</param>
    public KeypointDistances(int keypoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keypoints, 1);
        _distances = [.. Enumerable.Range(0, keypoints).Select(_ => new List<double>())];
    }

    /// <summary>K.</summary>
    public int Keypoints => _distances.Length;

    /// <summary>How many people were added.</summary>
    public int People { get; private set; }

    /// <summary>Adds one person.</summary>
    /// <param name="truth">K annotated positions.</param>
    /// <param name="predicted">K predicted positions in the same picture.</param>
    /// <param name="length">The person's length in pixels, positive; see <see cref="PersonLength"/>.</param>
    /// <param name="counts">K flags: whether the keypoint was annotated and is to count; empty where all do.</param>
    /// <exception cref="ArgumentException">A span has another length, a counting position is not finite, or the length is not positive.</exception>
    public void Add(ReadOnlySpan<ImagePoint> truth, ReadOnlySpan<ImagePoint> predicted, double length, ReadOnlySpan<bool> counts = default)
    {
        if (truth.Length != Keypoints || predicted.Length != Keypoints || (counts.Length != Keypoints && !counts.IsEmpty))
        {
            throw new ArgumentException(
                $"Person {People + 1} has {truth.Length} annotated keypoints, {predicted.Length} predicted ones and {counts.Length} flags; "
                + $"expected {Keypoints} of each.");
        }

        if (!double.IsFinite(length) || length <= 0)
        {
            throw new ArgumentException(
                $"Person {People + 1} has a length of {length} pixels; distances are divided by it, so it must be positive.", nameof(length));
        }

        for (int k = 0; k < Keypoints; k++)
            if ((counts.IsEmpty || counts[k]) && !double.IsFinite(truth[k].DistanceTo(predicted[k])))
                throw new ArgumentException($"Person {People + 1}: keypoint {k} is at {truth[k]} and was predicted at {predicted[k]}; both must be finite.");

        People++;
        for (int k = 0; k < Keypoints; k++)
            if (counts.IsEmpty || counts[k]) _distances[k].Add(truth[k].DistanceTo(predicted[k]) / length);
    }

    /// <summary>How often a keypoint counts.</summary>
    public int Count(int keypoint) => _distances[keypoint].Count;

    /// <summary>How often a keypoint is closer than a threshold.</summary>
    /// <param name="keypoint">0 to K − 1.</param>
    /// <param name="threshold">In lengths of the person.</param>
    /// <param name="isInclusive">Whether a distance equal to the threshold is close enough.</param>
    public int CountWithin(int keypoint, double threshold, bool isInclusive)
    {
        int count = 0;
        foreach (double distance in _distances[keypoint])
            if (distance < threshold || (isInclusive && distance == threshold)) count++;
        return count;
    }

    /// <summary>The percentage of a keypoint that is closer than a threshold, 0 to 100; −1 where it never counts.</summary>
    /// <param name="keypoint">0 to K − 1.</param>
    /// <param name="threshold">In lengths of the person.</param>
    /// <param name="isInclusive">Whether a distance equal to the threshold is close enough.</param>
    public double Percent(int keypoint, double threshold, bool isInclusive) =>
        Count(keypoint) == 0 ? -1 : 100.0 * CountWithin(keypoint, threshold, isInclusive) / Count(keypoint);
}
