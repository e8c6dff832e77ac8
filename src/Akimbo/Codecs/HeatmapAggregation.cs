using System.Numerics;
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
    private readonly float[] _resized;
    private float[] _tags = [];
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
        _resized = new float[height * width];
    }

    /// <summary>Adds the heatmaps of a pass.</summary>
    /// <param name="heatmaps">[K, height, width].</param>
    /// <param name="height">Rows of these maps.</param>
    /// <param name="width">Columns of these maps.</param>
    /// <param name="mirrored">The maps of the same pass over the mirrored picture, as the network gave them; empty for none.</param>
    /// <exception cref="ArgumentException">The maps do not have that size.</exception>
    public void AddHeatmaps(ReadOnlySpan<float> heatmaps, int height, int width, ReadOnlySpan<float> mirrored = default)
    {
        Check(heatmaps, height, width);
        if (!mirrored.IsEmpty) Check(mirrored, height, width);

        int size = height * width;
        float[] both = mirrored.IsEmpty ? [] : new float[size];
        for (int i = 0; i < _flipIndices.Length; i++)
        {
            ReadOnlySpan<float> map = heatmaps.Slice(i * size, size);
            if (!mirrored.IsEmpty)
            {
                FlipAverage.TurnBack(mirrored, _flipIndices, i, both, width);
                Add(map, both);
                map = both;
            }

            Add(Fit(map, height, width, _resized), _sum.AsSpan(i * _resized.Length, _resized.Length));
        }

        _passes += mirrored.IsEmpty ? 1 : 2;
    }

    /// <summary>Adds the tags of a pass: one value, and with mirrored maps a second.</summary>
    /// <param name="tags">[K, height, width].</param>
    /// <param name="height">Rows of these maps.</param>
    /// <param name="width">Columns of these maps.</param>
    /// <param name="mirrored">The tags of the same pass over the mirrored picture, as the network gave them; empty for none.</param>
    /// <exception cref="ArgumentException">The maps do not have that size.</exception>
    public void AddTags(ReadOnlySpan<float> tags, int height, int width, ReadOnlySpan<float> mirrored = default)
    {
        Check(tags, height, width);
        if (!mirrored.IsEmpty) Check(mirrored, height, width);

        int size = height * width;
        Span<float> target = NewTags();
        for (int i = 0; i < _flipIndices.Length; i++)
            Fit(tags.Slice(i * size, size), height, width, _resized).CopyTo(target[(i * _resized.Length)..]);

        if (mirrored.IsEmpty) return;
        float[] turned = new float[size];
        target = NewTags();
        for (int i = 0; i < _flipIndices.Length; i++)
        {
            FlipAverage.TurnBack(mirrored, _flipIndices, i, turned, width);
            Fit(turned, height, width, _resized).CopyTo(target[(i * _resized.Length)..]);
        }
    }

    /// <summary>The mean of the heatmaps and all tags.</summary>
    /// <param name="ceiling">Larger means are lowered to it; the reference uses 1.</param>
    /// <exception cref="InvalidOperationException">No heatmaps or no tags have been added.</exception>
    public TaggedHeatmaps Merge(float ceiling = float.PositiveInfinity)
    {
        if (_passes == 0 || _tags.Length == 0)
            throw new InvalidOperationException("There must be heatmaps and tags of at least one pass.");

        float[] mean = GC.AllocateUninitializedArray<float>(_sum.Length);
        int i = 0;
        for (; i <= mean.Length - Vector<float>.Count; i += Vector<float>.Count)
            Vector.Min(new Vector<float>(_sum, i) / _passes, new Vector<float>(ceiling)).CopyTo(mean, i);
        for (; i < mean.Length; i++) mean[i] = MathF.Min(_sum[i] / _passes, ceiling);
        return new TaggedHeatmaps(mean, _tags, _flipIndices.Length, _height, _width);
    }

    private void Check(ReadOnlySpan<float> maps, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long count = (long)_flipIndices.Length * height * width;
        if (maps.Length != count)
            throw new ArgumentException($"Maps [{_flipIndices.Length}, {height}, {width}] have {count} values; {maps.Length} came.", nameof(maps));
    }

    /// <summary>The map itself if it has the size of the averaged maps, else the buffer with the map resized.</summary>
    private ReadOnlySpan<float> Fit(ReadOnlySpan<float> map, int height, int width, float[] buffer)
    {
        if (height == _height && width == _width) return map;
        Resize.Bilinear(map, width, height, buffer, _width, _height);
        return buffer;
    }

    private Span<float> NewTags()
    {
        int length = _tags.Length;
        float[] tags = GC.AllocateUninitializedArray<float>(length + _sum.Length);
        _tags.CopyTo(tags, 0);
        _tags = tags;
        return tags.AsSpan(length);
    }

    private static void Add(ReadOnlySpan<float> values, Span<float> sum)
    {
        int i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sum[i..]) + new Vector<float>(values[i..])).CopyTo(sum[i..]);
        for (; i < sum.Length; i++) sum[i] += values[i];
    }
}
