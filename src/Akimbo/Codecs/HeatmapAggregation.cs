using Akimbo.Imaging;

namespace Akimbo.Codecs;

/// <summary>
/// Averages the maps of several passes over one picture (mirrored, at other scales, or a network's heads of different
/// resolution) into those that the codec reads (pose-ae-train, <c>test.py</c>, <c>multiperson</c>). Mirrored maps are
/// turned back and their left and right keypoints exchanged. Tags are not averaged, as a pass is free to number people
/// anew: each pass adds one value to the tag.
/// </summary>
public sealed class HeatmapAggregation
{
    private readonly int[] _flipIndices;
    private readonly int _height;
    private readonly int _width;
    private readonly float[] _sum;
    private readonly List<float[]> _tags = [];
    private int _passes;

    /// <summary>Starts without any pass.</summary>
    /// <param name="flipIndices">For each keypoint the one it becomes when mirrored, as in a skeleton.</param>
    /// <param name="height">Rows of the averaged maps, at least 1; passes of another size are resized to it.</param>
    /// <param name="width">Columns of the averaged maps, at least 1.</param>
    /// <exception cref="ArgumentException">A size is not positive, or the indices are not their own inverse.</exception>
    public HeatmapAggregation(IReadOnlyList<int> flipIndices, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(flipIndices);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        _flipIndices = [.. flipIndices];
        for (int i = 0; i < _flipIndices.Length; i++)
            if ((uint)_flipIndices[i] >= (uint)_flipIndices.Length || _flipIndices[_flipIndices[i]] != i)
                throw new ArgumentException($"Keypoint {i} becomes {_flipIndices[i]} when mirrored, and that does not become {i}.", nameof(flipIndices));

        _height = height;
        _width = width;
        _sum = new float[checked(_flipIndices.Length * height * width)];
    }

    /// <summary>Adds the heatmaps of a pass.</summary>
    /// <param name="heatmaps">[K, height, width].</param>
    /// <param name="height">Rows of these maps.</param>
    /// <param name="width">Columns of these maps.</param>
    /// <param name="mirrored">The maps of the same pass over the mirrored picture, as the network gave them; empty for none.</param>
    /// <exception cref="ArgumentException">The maps do not have that size.</exception>
    public void AddHeatmaps(ReadOnlySpan<float> heatmaps, int height, int width, ReadOnlySpan<float> mirrored = default)
    {
        float[] maps = CheckedCopy(heatmaps, height, width);
        _passes++;
        if (!mirrored.IsEmpty)
        {
            float[] turned = TurnBack(CheckedCopy(mirrored, height, width), height, width);
            for (int i = 0; i < maps.Length; i++) maps[i] += turned[i];
            _passes++;
        }

        float[] resized = Resized(maps, height, width);
        for (int i = 0; i < _sum.Length; i++) _sum[i] += resized[i];
    }

    /// <summary>Adds the tags of a pass: one value, and with mirrored maps a second.</summary>
    /// <param name="tags">[K, height, width].</param>
    /// <param name="height">Rows of these maps.</param>
    /// <param name="width">Columns of these maps.</param>
    /// <param name="mirrored">The tags of the same pass over the mirrored picture, as the network gave them; empty for none.</param>
    /// <exception cref="ArgumentException">The maps do not have that size.</exception>
    public void AddTags(ReadOnlySpan<float> tags, int height, int width, ReadOnlySpan<float> mirrored = default)
    {
        _tags.Add(Resized(CheckedCopy(tags, height, width), height, width));
        if (!mirrored.IsEmpty)
            _tags.Add(Resized(TurnBack(CheckedCopy(mirrored, height, width), height, width), height, width));
    }

    /// <summary>The mean of the heatmaps and all tags.</summary>
    /// <param name="ceiling">Larger means are lowered to it; the reference uses 1.</param>
    /// <exception cref="InvalidOperationException">No heatmaps or no tags have been added.</exception>
    public TaggedHeatmaps Merge(float ceiling = float.PositiveInfinity)
    {
        if (_passes == 0 || _tags.Count == 0)
            throw new InvalidOperationException("There must be heatmaps and tags of at least one pass.");

        float[] mean = new float[_sum.Length];
        for (int i = 0; i < mean.Length; i++) mean[i] = MathF.Min(_sum[i] / _passes, ceiling);
        return new TaggedHeatmaps(mean, _tags.Count == 1 ? _tags[0] : [.. _tags.SelectMany(tag => tag)], _flipIndices.Length, _height, _width);
    }

    private float[] CheckedCopy(ReadOnlySpan<float> maps, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long count = (long)_flipIndices.Length * height * width;
        if (maps.Length != count)
            throw new ArgumentException($"Maps [{_flipIndices.Length}, {height}, {width}] have {count} values; {maps.Length} came.", nameof(maps));
        return maps.ToArray();
    }

    private float[] TurnBack(float[] maps, int height, int width)
    {
        float[] turned = new float[maps.Length];
        for (int i = 0; i < _flipIndices.Length; i++)
            for (int row = 0; row < height; row++)
            {
                Span<float> target = turned.AsSpan((i * height + row) * width, width);
                maps.AsSpan((_flipIndices[i] * height + row) * width, width).CopyTo(target);
                target.Reverse();
            }

        return turned;
    }

    private float[] Resized(float[] maps, int height, int width)
    {
        if (height == _height && width == _width) return maps;
        float[] resized = new float[_sum.Length];
        for (int i = 0; i < _flipIndices.Length; i++)
            Resize.Bilinear(
                maps.AsSpan(i * height * width, height * width), width, height,
                resized.AsSpan(i * _height * _width, _height * _width), _width, _height);
        return resized;
    }
}
