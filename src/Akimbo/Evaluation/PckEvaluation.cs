using System.Globalization;

namespace Akimbo.Evaluation;

/// <summary>The percentage of correct keypoints: PCKh of MPII, PCK of LSP and others.</summary>
public static class PckEvaluation
{
    private const string Format = "0.00";

    /// <summary>Scores distances by a protocol.</summary>
    /// <param name="distances">Of everyone, with the keypoints of the protocol.</param>
    /// <param name="protocol">Such as <see cref="PckProtocol.Mpii"/>.</param>
    /// <exception cref="ArgumentException">The distances are of another number of keypoints.</exception>
    public static PckScores Evaluate(KeypointDistances distances, PckProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(protocol);
        if (distances.Keypoints != protocol.Keypoints.Count)
            throw new ArgumentException($"The distances are of {distances.Keypoints} keypoints; {protocol.Name} has {protocol.Keypoints.Count}.", nameof(distances));

        List<Score> summary = [.. protocol.Groups.Select(group => ScoreOf(group, protocol.GroupAverage, protocol.Threshold))];
        summary.Add(ScoreOf(protocol.Mean, protocol.MeanAverage, protocol.Threshold));
        if (protocol.StrictThreshold is double strict)
            summary.Add(ScoreOf(protocol.Mean with { Name = $"{protocol.Mean.Name}@0.1" }, protocol.MeanAverage, strict));

        string name = $"{protocol.Name}, {distances.People.ToString(CultureInfo.InvariantCulture)} people";
        var keypoints = protocol.Keypoints.Select((keypoint, k) => ScoreOf(new KeypointGroup(keypoint, [k]), PckAverage.OfKeypoints, protocol.Threshold));
        return new PckScores(
            new ScoreTable(name, summary, Format),
            new ScoreTable(name, [.. keypoints], Format),
            [.. Enumerable.Range(0, distances.Keypoints).Select(distances.Count)]);

        Score ScoreOf(KeypointGroup group, PckAverage average, double threshold)
        {
            var absent = group.Keypoints.Where(k => distances.Count(k) == 0).Select(k => protocol.Keypoints[k]).ToList();
            bool hasNone = average == PckAverage.OfKeypoints ? absent.Count > 0 : absent.Count == group.Keypoints.Count;
            return hasNone
                ? new Score(group.Name, -1, $"nobody has a labelled {string.Join(", ", absent)}")
                : new Score(group.Name, Average(distances, group, average, threshold, protocol.IsInclusive));
        }
    }

    private static double Average(KeypointDistances distances, KeypointGroup group, PckAverage average, double threshold, bool isInclusive) =>
        average == PckAverage.OfKeypoints
            ? group.Keypoints.Average(k => distances.Percent(k, threshold, isInclusive))
            : 100.0 * group.Keypoints.Sum(k => distances.CountWithin(k, threshold, isInclusive)) / group.Keypoints.Sum(distances.Count);
}
