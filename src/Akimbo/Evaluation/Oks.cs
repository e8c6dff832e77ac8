using Akimbo.Geometry;

namespace Akimbo.Evaluation;

/// <summary>
/// Object keypoint similarity: exp(−d² / (2 s² k²)) averaged over the keypoints, where d is a keypoint's distance, s² the
/// person's area and k twice the keypoint's sigma (https://cocodataset.org/#keypoints-eval). 1 is a perfect detection.
/// </summary>
public sealed class Oks
{
    private const double Epsilon = 2.220446049250313e-16; // np.spacing(1)

    private readonly double[] _variances;

    /// <summary>Prepares to compare people of these keypoints.</summary>
    /// <param name="sigmas">A positive number for each keypoint, such as <see cref="Skeletons.Skeleton.OksSigmas"/>.</param>
    /// <exception cref="ArgumentException">There are none, or one is not positive.</exception>
    public Oks(IEnumerable<double> sigmas)
    {
        ArgumentNullException.ThrowIfNull(sigmas);
        _variances = [.. sigmas.Select(sigma => double.IsFinite(sigma) && sigma > 0
            ? (sigma * 2) * (sigma * 2)
            : throw new ArgumentException($"An OKS sigma is {sigma}; every sigma must be positive.", nameof(sigmas)))];
        if (_variances.Length == 0) throw new ArgumentException("There are no OKS sigmas; OKS needs one for each keypoint.", nameof(sigmas));
    }

    /// <summary>The number of keypoints.</summary>
    public int Keypoints => _variances.Length;

    /// <summary>
    /// How well a detection fits an annotated person (<c>COCOeval.computeOks</c>). Only labelled keypoints count; for somebody
    /// without any, the distance of every detected keypoint from the person's box, doubled about its centre, takes their place.
    /// </summary>
    /// <param name="truth">[K × 3] keypoints, or none.</param>
    /// <param name="detection">[K × 3] keypoints.</param>
    /// <param name="area">The scale s²; the person's <see cref="GroundTruthPerson.Area"/> where null.</param>
    /// <returns>0 to 1.</returns>
    /// <exception cref="ArgumentException">The people have other keypoints, or there is no area.</exception>
    public double Similarity(GroundTruthPerson truth, DetectedPerson detection, double? area = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(detection);
        Check(detection.Keypoints.Length, "detection");
        if (!truth.Keypoints.IsEmpty) Check(truth.Keypoints.Length, "annotated person");
        double scale = area ?? truth.Area ?? throw new ArgumentException($"Person {truth.Id} has no area, by which OKS scales distances.", nameof(truth));
        return Similarity(truth.Keypoints.Span, truth.LabelledKeypoints, truth.Box, scale, detection.Keypoints.Span);
    }

    /// <summary>
    /// How alike two detections are, for suppressing duplicates (HRNet, <c>lib/nms/nms.py</c>, <c>oks_iou</c>): s² is the mean of
    /// their areas.
    /// </summary>
    /// <param name="first">[K × 3] keypoints.</param>
    /// <param name="second">[K × 3] keypoints.</param>
    /// <param name="minKeypointScore">
    /// If given, only keypoints whose score in <paramref name="second"/> is higher count (as the reference computes it; its
    /// condition on the first person has no effect).
    /// </param>
    /// <returns>0 to 1; 0 where no keypoint counts.</returns>
    /// <exception cref="ArgumentException">The people have other keypoints.</exception>
    public double Similarity(DetectedPerson first, DetectedPerson second, double? minKeypointScore = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Check(first.Keypoints.Length, "first person");
        Check(second.Keypoints.Length, "second person");
        var g = first.Keypoints.Span;
        var d = second.Keypoints.Span;
        double scale = (first.Area + second.Area) / 2 + Epsilon;

        Span<double> terms = Keypoints <= 256 ? stackalloc double[Keypoints] : new double[Keypoints];
        int count = 0;
        for (int k = 0; k < Keypoints; k++)
            if (minKeypointScore is null || d[3 * k + 2] > minKeypointScore)
                terms[count++] = Term(d[3 * k] - g[3 * k], d[3 * k + 1] - g[3 * k + 1], k, scale);
        return count == 0 ? 0 : NumPySum.Mean(terms[..count]);
    }

    /// <summary>The similarity of checked people; <paramref name="labelled"/> is how many keypoints of the truth are labelled.</summary>
    internal double Similarity(ReadOnlySpan<double> truth, int labelled, Box box, double area, ReadOnlySpan<double> detection)
    {
        double left = box.X - box.Width, right = box.X + box.Width * 2;
        double top = box.Y - box.Height, bottom = box.Y + box.Height * 2;
        double scale = area + Epsilon;

        Span<double> terms = Keypoints <= 256 ? stackalloc double[Keypoints] : new double[Keypoints];
        int count = 0;
        for (int k = 0; k < Keypoints; k++)
        {
            double x = detection[3 * k], y = detection[3 * k + 1];
            if (labelled == 0)
                terms[count++] = Term(Math.Max(0, left - x) + Math.Max(0, x - right), Math.Max(0, top - y) + Math.Max(0, y - bottom), k, scale);
            else if (truth[3 * k + 2] > 0)
                terms[count++] = Term(x - truth[3 * k], y - truth[3 * k + 1], k, scale);
        }

        return NumPySum.Mean(terms[..count]);
    }

    private double Term(double dx, double dy, int keypoint, double scale) =>
        Math.Exp(-((dx * dx + dy * dy) / _variances[keypoint] / scale / 2));

    private void Check(int numbers, string who)
    {
        if (numbers != Keypoints * 3)
            throw new ArgumentException($"The {who} has {numbers} keypoint numbers; {Keypoints} sigmas need {Keypoints * 3}: x, y and a third for each.");
    }
}
