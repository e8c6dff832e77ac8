namespace Akimbo.Evaluation;

/// <summary>
/// The annotated people of one image, its best detections, and the similarity of every pair (<c>COCOeval.computeOks</c> and
/// <c>COCOeval.evaluateImg</c>).
/// </summary>
internal sealed class OksImage
{
    private const long MaxPairs = 100_000_000;

    private readonly GroundTruthPerson[] _truths;
    private readonly double[] _truthAreas;
    private readonly double[] _detectionAreas;

    /// <summary>Compares everyone with everyone.</summary>
    /// <param name="id">The image's number.</param>
    /// <param name="truths">In the order of the annotations.</param>
    /// <param name="detections">In the order of the results; the best <paramref name="maxDetections"/> are kept, first come first among equals.</param>
    /// <param name="oks">The similarity.</param>
    /// <param name="areaOf">The area that scales distances to an annotated person and decides about area ranges.</param>
    /// <param name="maxDetections">How many detections count.</param>
    /// <exception cref="ArgumentException">There are more than 100 million pairs.</exception>
    public OksImage(
        long id, IEnumerable<GroundTruthPerson> truths, IEnumerable<DetectedPerson> detections, Oks oks,
        Func<GroundTruthPerson, double> areaOf, int maxDetections)
    {
        Id = id;
        _truths = [.. truths];
        _truthAreas = Array.ConvertAll(_truths, truth => areaOf(truth));
        Detections = [.. detections.OrderByDescending(detection => detection.Score).Take(maxDetections)];
        _detectionAreas = Array.ConvertAll(Detections, detection => detection.Area);
        if ((long)Detections.Length * _truths.Length > MaxPairs)
        {
            throw new ArgumentException(
                $"Image {id} has {_truths.Length} annotated people and {Detections.Length} detections that count, too many to compare each with each.");
        }

        Similarities = new double[Detections.Length * _truths.Length];
        for (int t = 0; t < _truths.Length; t++)
        {
            GroundTruthPerson truth = _truths[t];
            int labelled = truth.LabelledKeypoints;
            for (int d = 0; d < Detections.Length; d++)
                Similarities[d * _truths.Length + t] = oks.Similarity(truth.Keypoints.Span, labelled, truth.Box, _truthAreas[t], Detections[d].Keypoints.Span);
        }
    }

    /// <summary>The image's number.</summary>
    public long Id { get; }

    /// <summary>The detections that count, best first.</summary>
    public DetectedPerson[] Detections { get; }

    /// <summary>[detection, annotated person], the latter in the order of the annotations.</summary>
    public double[] Similarities { get; }

    /// <summary>
    /// Gives each detection, best first, the annotated person it fits best among those still free, at every threshold. People
    /// that are ignored (crowds, without labels, outside the area range) are taken only where no other fits.
    /// </summary>
    /// <param name="range">The area range.</param>
    /// <param name="matched">One a detection: bit t is set where it has a match at threshold t.</param>
    /// <param name="ignored">One a detection: bit t is set where it does not count at threshold t.</param>
    /// <returns>How many annotated people count.</returns>
    public int Match(AreaRange range, Span<ushort> matched, Span<ushort> ignored)
    {
        bool[] isIgnored = new bool[_truths.Length];
        for (int i = 0; i < _truths.Length; i++)
            isIgnored[i] = _truths[i].IsCrowd || _truths[i].KeypointCount == 0 || !range.Contains(_truthAreas[i]);
        int[] order = [.. Enumerable.Range(0, _truths.Length).OrderBy(i => isIgnored[i])];
        bool[] isTaken = new bool[_truths.Length];

        matched.Clear();
        ignored.Clear();
        for (int t = 0; t < PrecisionRecall.Thresholds.Length; t++)
        {
            Array.Clear(isTaken);
            for (int d = 0; d < Detections.Length; d++)
            {
                int match = BestMatch(d, PrecisionRecall.Thresholds[t], order, isIgnored, isTaken);
                if (match >= 0)
                {
                    isTaken[match] = true;
                    if (isIgnored[match]) ignored[d] |= (ushort)(1 << t);
                    if (_truths[match].Id != 0) matched[d] |= (ushort)(1 << t); // The original keeps ids, and 0 for none.
                }

                if ((matched[d] >> t & 1) == 0 && !range.Contains(_detectionAreas[d])) ignored[d] |= (ushort)(1 << t);
            }
        }

        return isIgnored.Count(isOut => !isOut);
    }

    /// <summary>The annotated people who count, in the order of the annotations, each with the detection that fits best.</summary>
    public IEnumerable<PersonMatch> BestDetections()
    {
        for (int i = 0; i < _truths.Length; i++)
        {
            if (_truths[i].IsCrowd || _truths[i].KeypointCount == 0) continue;
            int best = -1;
            double similarity = 0;
            for (int d = 0; d < Detections.Length; d++)
                if (best < 0 || Similarities[d * _truths.Length + i] > similarity) (best, similarity) = (d, Similarities[d * _truths.Length + i]);
            yield return new PersonMatch(_truths[i], best < 0 ? null : Detections[best], similarity);
        }
    }

    private int BestMatch(int detection, double threshold, int[] order, bool[] isIgnored, bool[] isTaken)
    {
        double best = Math.Min(threshold, 1 - 1e-10);
        int match = -1;
        foreach (int i in order)
        {
            if (isTaken[i] && !_truths[i].IsCrowd) continue;
            if (match >= 0 && !isIgnored[match] && isIgnored[i]) break;
            double similarity = Similarities[detection * _truths.Length + i];
            if (similarity < best) continue;
            best = similarity;
            match = i;
        }

        return match;
    }
}
