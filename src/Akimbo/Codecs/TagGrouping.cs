namespace Akimbo.Codecs;

/// <summary>
/// Groups the peaks of all keypoints into people by their tags: keypoint after keypoint, each keypoint's peaks are
/// assigned to the people found so far at the least total distance; what is further than the threshold starts a new
/// person (pose-ae-train, <c>utils/group.py</c>, <c>match_by_tag</c>). As there, people are known by the first value
/// of the tag that founded them, so that two founders with the very same value are one person.
/// </summary>
public static class TagGrouping
{
    // Larger than any rounded distance that can compete; the reference pads with the same number.
    private const double NobodyLeft = 1e10;

    /// <summary>Finds the people, in the order in which their first keypoints came.</summary>
    /// <param name="maps">The network's maps, from which the tags are read.</param>
    /// <param name="peaks">For each keypoint its peaks in descending order; those whose tag is not finite are left out.</param>
    /// <param name="options">The thresholds, the order of keypoints and how ties are broken.</param>
    /// <exception cref="ArgumentException">There are not as many lists of peaks as keypoints, or the options are invalid.</exception>
    public static List<TagGroup> Group(TaggedHeatmaps maps, IReadOnlyList<IReadOnlyList<Peak>> peaks, AssociativeEmbeddingOptions options)
    {
        ArgumentNullException.ThrowIfNull(peaks);
        ArgumentNullException.ThrowIfNull(options);
        if (peaks.Count != maps.KeypointCount)
            throw new ArgumentException($"There are peaks of {peaks.Count} keypoints and maps of {maps.KeypointCount}.", nameof(peaks));

        options = options.For(maps.KeypointCount);
        var groups = new List<TagGroup>();
        var groupOfTag = new Dictionary<float, TagGroup>();
        foreach (int keypoint in options.KeypointOrder)
        {
            List<Candidate> candidates = ReadTags(maps, keypoint, peaks[keypoint]);
            if (groups.Count == 0)
            {
                foreach (Candidate candidate in candidates) Found(keypoint, candidate);
                continue;
            }

            TagGroup[] known = [.. groups.Take(options.MaxPeople)];
            if (options.IgnoreTooMany && known.Length == options.MaxPeople) continue;

            double[] distances = Distances(candidates, known);
            int[] assigned = Assign(candidates, distances, known.Length, options.UseDetectionValue);
            for (int i = 0; i < candidates.Count; i++)
            {
                int group = assigned[i];
                if (group < known.Length && distances[i * known.Length + group] < options.TagThreshold)
                    known[group].Set(keypoint, candidates[i].Peak, candidates[i].Tag);
                else
                    Found(keypoint, candidates[i]);
            }
        }

        return groups;

        void Found(int keypoint, Candidate candidate)
        {
            if (!groupOfTag.TryGetValue(candidate.Tag[0], out TagGroup? group))
            {
                group = new TagGroup(peaks.Count);
                groupOfTag.Add(candidate.Tag[0], group);
                groups.Add(group);
            }

            group.ForgetTags();
            group.Set(keypoint, candidate.Peak, candidate.Tag);
        }
    }

    private static List<Candidate> ReadTags(TaggedHeatmaps maps, int keypoint, IReadOnlyList<Peak> peaks)
    {
        var candidates = new List<Candidate>(peaks.Count);
        foreach (Peak peak in peaks)
        {
            float[] tag = maps.TagAt(keypoint, peak.X, peak.Y);
            if (Array.TrueForAll(tag, float.IsFinite)) candidates.Add(new Candidate(peak, tag));
        }

        return candidates;
    }

    /// <summary>[candidates, groups], the root mean square of the difference between tags.</summary>
    private static double[] Distances(List<Candidate> candidates, TagGroup[] groups)
    {
        double[] distances = new double[candidates.Count * groups.Length];
        for (int group = 0; group < groups.Length; group++)
        {
            float[] mean = groups[group].MeanTag();
            for (int i = 0; i < candidates.Count; i++)
            {
                double sum = 0;
                for (int k = 0; k < mean.Length; k++)
                {
                    double difference = (double)candidates[i].Tag[k] - mean[k];
                    sum += difference * difference;
                }

                distances[i * groups.Length + group] = Math.Sqrt(sum / mean.Length);
            }
        }

        return distances;
    }

    /// <summary>The group of each candidate; one past the last group, or more, when there are too few.</summary>
    private static int[] Assign(List<Candidate> candidates, double[] distances, int groups, bool useDetectionValue)
    {
        int columns = Math.Max(candidates.Count, groups);
        double[] costs = new double[candidates.Count * columns];
        Array.Fill(costs, NobodyLeft);
        for (int i = 0; i < candidates.Count; i++)
            for (int group = 0; group < groups; group++)
            {
                double distance = distances[i * groups + group];
                costs[i * columns + group] = useDetectionValue ? Math.Round(distance) * 100 - candidates[i].Peak.Score : distance;
            }

        return OptimalAssignment.Solve(costs, candidates.Count, columns);
    }

    private sealed record Candidate(Peak Peak, float[] Tag);
}
