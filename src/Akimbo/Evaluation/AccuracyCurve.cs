namespace Akimbo.Evaluation;

/// <summary>
/// The percentage of correct keypoints over a range of thresholds. Over distances in torso lengths it is the percentage of
/// detected joints (PDJ; Sapp and Taskar, "MODEC", CVPR 2013), over those in head sizes MPII's PCKh curve.
/// </summary>
public sealed class AccuracyCurve
{
    private readonly double[][] _perKeypoint;

    private AccuracyCurve(double[] thresholds, double[][] perKeypoint)
    {
        Thresholds = thresholds;
        _perKeypoint = perKeypoint;
    }

    /// <summary>The thresholds in ascending order, in lengths of the person.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>Measures a curve from 0 in even steps.</summary>
    /// <param name="distances">Of everyone.</param>
    /// <param name="last">The last threshold.</param>
    /// <param name="steps">How many steps there are up to it; 50 of 0.01 by default, as in MPII's toolkit.</param>
    /// <param name="isInclusive">Whether a distance equal to a threshold is correct.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last threshold is not positive, or there is no step.</exception>
    public static AccuracyCurve Measure(KeypointDistances distances, double last = 0.5, int steps = 50, bool isInclusive = true)
    {
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(last);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double step = last / steps;
        double[] thresholds = [.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? last : i * step)];
        return new AccuracyCurve(
            thresholds,
            [.. Enumerable.Range(0, distances.Keypoints).Select(k => Array.ConvertAll(thresholds, threshold => distances.Percent(k, threshold, isInclusive)))]);
    }

    /// <summary>One percentage a threshold, 0 to 100; −1 where the keypoint never counts.</summary>
    /// <param name="keypoint">0 to K − 1.</param>
    public IReadOnlyList<double> Of(int keypoint) => _perKeypoint[keypoint];

    /// <summary>The mean over keypoints, each with the same weight; −1 where one of them never counts.</summary>
    /// <param name="keypoints">Their indices, at least one.</param>
    public IReadOnlyList<double> MeanOf(IReadOnlyList<int> keypoints)
    {
        ArgumentNullException.ThrowIfNull(keypoints);
        return [.. Thresholds.Select((_, i) => keypoints.Any(k => _perKeypoint[k][i] < 0) ? -1 : keypoints.Average(k => _perKeypoint[k][i]))];
    }

    /// <summary>
    /// The area under a curve by the trapezoid rule, as a share of the area if everything were correct, in percent (MPII's
    /// <c>area_under_curve</c>); −1 where there is no curve.
    /// </summary>
    /// <param name="percentages">One a threshold, as from <see cref="Of"/> or <see cref="MeanOf"/>.</param>
    /// <exception cref="ArgumentException">There is not one for each threshold.</exception>
    public double AreaUnder(IReadOnlyList<double> percentages)
    {
        ArgumentNullException.ThrowIfNull(percentages);
        if (percentages.Count != Thresholds.Count)
            throw new ArgumentException($"There are {percentages.Count} percentages for {Thresholds.Count} thresholds.", nameof(percentages));
        if (percentages.Any(percentage => percentage < 0)) return -1;

        double area = 0;
        for (int i = 1; i < percentages.Count; i++)
            area += (Thresholds[i] - Thresholds[i - 1]) * (percentages[i] + percentages[i - 1]) / 2;
        return area / (Thresholds[^1] - Thresholds[0]);
    }
}
