namespace Akimbo.Evaluation;

/// <summary>
/// Precision at 101 levels of recall, and the recall reached, at ten OKS thresholds (<c>COCOeval.accumulate</c>); nothing where
/// there was nobody to find.
/// </summary>
internal sealed class PrecisionRecall
{
    /// <summary>0.50, 0.55, … 0.95, as <c>numpy.linspace</c> gives them.</summary>
    public static readonly double[] Thresholds = LinearSpace(0.5, 0.95, 10);

    private const double Epsilon = 2.220446049250313e-16; // np.spacing(1)
    private const int At50 = 0;
    private const int At75 = 5;
    private static readonly double[] RecallLevels = LinearSpace(0, 1, 101);

    private readonly double[] _precision; // [threshold, recall level]
    private readonly double[] _recall;    // [threshold]

    private PrecisionRecall(double[] precision, double[] recall)
    {
        _precision = precision;
        _recall = recall;
    }

    /// <summary>Mean precision over all thresholds; −1 where nobody was to be found, as all others.</summary>
    public double AP => Mean(_precision);

    /// <summary>Mean precision at OKS 0.50.</summary>
    public double AP50 => Mean(Row(At50));

    /// <summary>Mean precision at OKS 0.75.</summary>
    public double AP75 => Mean(Row(At75));

    /// <summary>Mean recall over all thresholds.</summary>
    public double AR => Mean(_recall);

    /// <summary>Recall at OKS 0.50.</summary>
    public double AR50 => _recall.Length == 0 ? -1 : _recall[At50];

    /// <summary>Recall at OKS 0.75.</summary>
    public double AR75 => _recall.Length == 0 ? -1 : _recall[At75];

    /// <summary>Matches the detections of all images and ranks them together.</summary>
    /// <param name="images">In the order of their numbers, which decides between detections of the same score.</param>
    /// <param name="range">The area range.</param>
    public static PrecisionRecall Measure(IReadOnlyList<OksImage> images, AreaRange range)
    {
        int count = images.Sum(image => image.Detections.Length), people = 0, start = 0;
        ushort[] matched = new ushort[count], ignored = new ushort[count];
        double[] scores = new double[count];
        foreach (OksImage image in images)
        {
            int length = image.Detections.Length;
            people += image.Match(range, matched.AsSpan(start, length), ignored.AsSpan(start, length));
            for (int i = 0; i < length; i++) scores[start + i] = image.Detections[i].Score;
            start += length;
        }

        if (people == 0) return new PrecisionRecall([], []);

        int[] order = [.. Enumerable.Range(0, count).OrderByDescending(i => scores[i])];
        double[] precision = new double[Thresholds.Length * RecallLevels.Length], recall = new double[Thresholds.Length];
        for (int t = 0; t < Thresholds.Length; t++)
            recall[t] = Rank(order, matched, ignored, t, people, precision.AsSpan(t * RecallLevels.Length, RecallLevels.Length));
        return new PrecisionRecall(precision, recall);
    }

    // The recall after the last detection; fills the precision that is kept from each level of recall on.
    private static double Rank(int[] order, ushort[] matched, ushort[] ignored, int threshold, int people, Span<double> precision)
    {
        double[] precisions = new double[order.Length], recalls = new double[order.Length];
        int right = 0, wrong = 0;
        for (int i = 0; i < order.Length; i++)
        {
            if ((ignored[order[i]] >> threshold & 1) == 0)
            {
                if ((matched[order[i]] >> threshold & 1) != 0) right++;
                else wrong++;
            }

            recalls[i] = (double)right / people;
            precisions[i] = right / (wrong + right + Epsilon);
        }

        for (int i = order.Length - 1; i > 0; i--)
            precisions[i - 1] = Math.Max(precisions[i - 1], precisions[i]);

        int next = 0;
        for (int level = 0; level < precision.Length; level++)
        {
            while (next < recalls.Length && recalls[next] < RecallLevels[level]) next++;
            if (next == recalls.Length) break;
            precision[level] = precisions[next];
        }

        return order.Length == 0 ? 0 : recalls[^1];
    }

    private static double Mean(ReadOnlySpan<double> values) => values.IsEmpty ? -1 : NumPySum.Mean(values);

    private ReadOnlySpan<double> Row(int threshold) =>
        _precision.Length == 0 ? [] : _precision.AsSpan(threshold * RecallLevels.Length, RecallLevels.Length);

    private static double[] LinearSpace(double first, double last, int count)
    {
        double[] values = new double[count];
        double step = (last - first) / (count - 1);
        for (int i = 0; i < count; i++) values[i] = i * step + first;
        values[^1] = last;
        return values;
    }
}
