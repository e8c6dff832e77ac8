using Akimbo.Geometry;

namespace Akimbo.Codecs;

/// <summary>
/// Between people and the maps of an associative-embedding network (Newell, Huang, Deng, "Associative Embedding:
/// End-to-End Learning for Joint Detection and Grouping", 2017), after princeton-vl/pose-ae-train.
/// </summary>
/// <remarks>
/// The reference counts heatmap positions from the corner of the top-left pixel, so that its pixel (3, 7) is at
/// (3.5, 7.5) before the quarter offset; here the same pixel is the <see cref="HeatmapPoint"/> (3, 7). The networks
/// are trained to answer in the pixel ⌊x / stride⌋ of a keypoint at x, so the pixel stands for the middle of what
/// falls into it: <see cref="CellTransform"/> adds the half pixel on the way to the input, and positions in
/// the picture equal the reference's.
/// </remarks>
public sealed class AssociativeEmbeddingCodec
{
    private readonly int _keypointCount;
    private readonly AssociativeEmbeddingOptions _options;
    private readonly GaussianPatch? _patch;

    /// <summary>Makes a codec for K keypoints.</summary>
    /// <param name="keypointCount">K, at least 1.</param>
    /// <param name="options">The settings; the defaults when null.</param>
    /// <param name="sigma">The deviation of the targets' Gaussians in heatmap pixels; null for pose-ae-train's, 1/64 of the map's side.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    public AssociativeEmbeddingCodec(int keypointCount, AssociativeEmbeddingOptions? options = null, double? sigma = null)
    {
        _patch = sigma is double deviation ? GaussianPatch.ThreeSigma(deviation) : null;
        _keypointCount = keypointCount;
        _options = (options ?? new AssociativeEmbeddingOptions()).For(keypointCount);
    }

    /// <summary>Makes the target a network is trained on.</summary>
    /// <param name="people">K keypoints each; those not labelled, not finite or outside the map are left out.</param>
    /// <param name="stride">Input pixels a heatmap pixel; positive.</param>
    /// <param name="height">Rows of a map, at least 1.</param>
    /// <param name="width">Columns of a map, at least 1.</param>
    /// <exception cref="ArgumentException">
    /// There are more people than <see cref="AssociativeEmbeddingOptions.MaxPeople"/>, a person has another number of
    /// keypoints, or a size is not positive.
    /// </exception>
    public AssociativeEmbeddingTarget Encode(
        IReadOnlyList<IReadOnlyList<LabelledPoint<InputPoint>>> people, double stride, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var target = new AssociativeEmbeddingTarget(
            new float[checked(_keypointCount * height * width)], new int[_options.MaxPeople * _keypointCount * 2]);
        Encode(people, stride, height, width, target.Heatmaps, target.TagReferences);
        return target;
    }

    /// <summary>Writes the target into memory that there is already.</summary>
    /// <param name="people">As above.</param>
    /// <param name="stride">As above.</param>
    /// <param name="height">As above.</param>
    /// <param name="width">As above.</param>
    /// <param name="heatmaps">[K, height, width]; every value is written.</param>
    /// <param name="tagReferences">[P, K, 2]; every value is written.</param>
    /// <exception cref="ArgumentException">As above, or a span has another length.</exception>
    public void Encode(
        IReadOnlyList<IReadOnlyList<LabelledPoint<InputPoint>>> people, double stride, int height, int width, Span<float> heatmaps, Span<int> tagReferences)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (people.Count > _options.MaxPeople)
            throw new ArgumentException($"There are {people.Count} people; the codec is for up to {_options.MaxPeople}.", nameof(people));
        int size = checked(height * width), references = _options.MaxPeople * _keypointCount * 2;
        if (heatmaps.Length != (long)_keypointCount * size || tagReferences.Length != references)
        {
            throw new ArgumentException(
                $"Heatmaps [{_keypointCount}, {height}, {width}] and {references} tag references are written; there is room for {heatmaps.Length} and {tagReferences.Length}.", nameof(heatmaps));
        }

        Transform<InputPoint, HeatmapPoint> scale = ScaleTransform.HeatmapToInput(stride, stride).Invert();
        heatmaps.Clear();
        tagReferences.Clear();
        for (int person = 0; person < people.Count; person++)
        {
            if (people[person].Count != _keypointCount)
            {
                throw new ArgumentException(
                    $"Person {person} has {people[person].Count} keypoints; the codec is for {_keypointCount}.", nameof(people));
            }

            int next = person * _keypointCount * 2;
            for (int i = 0; i < _keypointCount; i++)
            {
                (double x, double y) = scale.Apply(people[person][i].Position);
                // Towards zero, as the reference cuts: a keypoint less than a pixel outside is in the first pixel.
                if (!(people[person][i].Visibility > 0 && x > -1 && y > -1 && x < width && y < height)) continue;

                (_patch ?? PrincetonCodec.Patch(width)).Draw(heatmaps.Slice(i * size, size), width, (int)x, (int)y);
                tagReferences[next++] = i * size + (int)y * width + (int)x;
                tagReferences[next++] = 1;
            }
        }
    }

    /// <summary>Reads the people from a network's maps, best first.</summary>
    /// <param name="maps">Maps of K keypoints; values that are not finite are no keypoints.</param>
    /// <exception cref="ArgumentException">The maps have another number of keypoints.</exception>
    public List<DecodedPerson> Decode(TaggedHeatmaps maps)
    {
        if (maps.KeypointCount != _keypointCount)
            throw new ArgumentException($"The codec is for {_keypointCount} keypoints; the maps have {maps.KeypointCount}.", nameof(maps));

        var peaks = new List<Peak>[_keypointCount];
        for (int i = 0; i < peaks.Length; i++)
            peaks[i] = PeakFinder.Find(maps.Heatmap(i), maps.Width, _options.DetectionThreshold, _options.SuppressionKernel, _options.MaxPeople);

        IEnumerable<TagGroup> groups = TagGrouping.Group(maps, peaks, _options)
            .Where(group => group.Count >= _options.MinKeypoints && group.Score >= _options.MinScore)
            .OrderByDescending(group => group.Score)
            .Take(_options.MaxPeople);

        var people = new List<DecodedPerson>();
        foreach (TagGroup group in groups)
        {
            DecodedPerson person = Locate(maps, group);
            if (_options.MaxSharedKeypoints >= 1 || !people.Exists(better => SharedKeypoints(better, person) > _options.MaxSharedKeypoints)) people.Add(person);
        }

        return people;
    }

    /// <summary>The share of the keypoints of both people that are less than a pixel and a half apart in x and in y.</summary>
    private static double SharedKeypoints(DecodedPerson better, DecodedPerson other)
    {
        const double near = 1.5;
        int common = 0, shared = 0;
        foreach (var (first, second) in better.Keypoints.Zip(other.Keypoints))
        {
            if (first.Score <= 0 || second.Score <= 0) continue;
            common++;
            if (Math.Abs(first.Position.X - second.Position.X) < near && Math.Abs(first.Position.Y - second.Position.Y) < near) shared++;
        }

        return common == 0 ? 0 : (double)shared / common;
    }

    private DecodedPerson Locate(TaggedHeatmaps maps, TagGroup group)
    {
        float[] tag = _options.Missing == MissingKeypoints.Leave ? [] : TagOf(maps, group);
        var keypoints = new DecodedKeypoint[_keypointCount];
        for (int i = 0; i < keypoints.Length; i++)
        {
            if (group.Peaks[i] is Peak peak)
                keypoints[i] = new DecodedKeypoint(SubPixel.Locate(maps.Heatmap(i), maps.Width, peak.X, peak.Y, _options.Adjustment), peak.Score);
            else if (_options.Missing != MissingKeypoints.Leave)
                keypoints[i] = Fill(maps, i, tag);
        }

        return new DecodedPerson(keypoints, group.Score);
    }

    private DecodedKeypoint Fill(TaggedHeatmaps maps, int keypoint, float[] tag)
    {
        if (TagSearch.Find(maps, keypoint, tag) is not Peak peak || !(peak.Score > _options.MinFilledScore)) return default;

        ReadOnlySpan<float> heatmap = maps.Heatmap(keypoint);
        if (_options.Missing == MissingKeypoints.FillByTag)
            return new DecodedKeypoint(SubPixel.Locate(heatmap, maps.Width, peak.X, peak.Y, _options.Adjustment), peak.Score);

        HeatmapPoint position = SubPixel.Locate(
            heatmap, maps.Width, peak.X, peak.Y, PeakAdjustment.QuarterOffset,
            lastColumn: Math.Min(maps.Height, maps.Width) - 1, lastRow: Math.Min(_keypointCount, maps.Height) - 1);
        return new DecodedKeypoint(position, Score: 1);
    }

    /// <summary>The mean tag of all keypoints found.</summary>
    private static float[] TagOf(TaggedHeatmaps maps, TagGroup group)
    {
        var tags = new List<float[]>();
        for (int i = 0; i < group.Peaks.Count; i++)
            if (group.Peaks[i] is Peak peak) tags.Add(maps.TagAt(i, peak.X, peak.Y));
        return TagGroup.Mean(tags);
    }
}
