namespace Akimbo.Codecs;

/// <summary>Peaks of different keypoints whose tags are alike: a person.</summary>
public sealed class TagGroup
{
    private readonly Peak?[] _peaks;
    private readonly List<float[]> _tags = [];

    internal TagGroup(int keypointCount)
    {
        _peaks = new Peak?[keypointCount];
    }

    /// <summary>For each keypoint its peak; null for those not found.</summary>
    public IReadOnlyList<Peak?> Peaks => _peaks;

    /// <summary>How many keypoints were found.</summary>
    public int Count => _peaks.Count(peak => peak is not null);

    /// <summary>The mean of the peaks' scores over all K keypoints, 0 for those not found.</summary>
    public float Score => _peaks.Sum(peak => peak?.Score ?? 0) / _peaks.Length;

    /// <summary>Adds a keypoint, or replaces it.</summary>
    internal void Set(int keypoint, Peak peak, float[] tag)
    {
        _peaks[keypoint] = peak;
        _tags.Add(tag);
    }

    /// <summary>Forgets the tags so far, not the keypoints, so that the next alone says what the group's tag is.</summary>
    internal void ForgetTags() => _tags.Clear();

    /// <summary>The mean of the tags that joined.</summary>
    internal float[] MeanTag() => Mean(_tags);

    /// <summary>The mean of at least one tag, in float32 as the reference averages.</summary>
    internal static float[] Mean(List<float[]> tags)
    {
        float[] mean = new float[tags[0].Length];
        foreach (float[] tag in tags)
            for (int i = 0; i < mean.Length; i++) mean[i] += tag[i];
        for (int i = 0; i < mean.Length; i++) mean[i] /= tags.Count;
        return mean;
    }
}
