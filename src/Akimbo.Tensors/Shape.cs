using System.Collections;
using System.Runtime.CompilerServices;

namespace Akimbo.Tensors;

/// <summary>
/// The lengths of a tensor's dimensions, outermost first: [N, C, H, W] for feature maps.
/// At most <see cref="MaxRank"/> dimensions, each from 0 to <see cref="int.MaxValue"/>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public readonly struct Shape : IEquatable<Shape>, IReadOnlyList<int>
{
    /// <summary>The largest number of dimensions a shape can have.</summary>
    public const int MaxRank = 8;

    [InlineArray(MaxRank)]
    private struct Dimensions
    {
        private int _first;
    }

    private readonly Dimensions _dimensions;
    private readonly long _elementCount;

    /// <summary>Makes a shape of the given dimensions; none make the shape of a scalar.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MaxRank"/> dimensions, one is negative, or their product exceeds 2^63 - 1.</exception>
    public Shape(params ReadOnlySpan<int> dimensions)
    {
        if (dimensions.Length > MaxRank)
            throw new ArgumentException($"A shape has at most {MaxRank} dimensions, not {dimensions.Length}.", nameof(dimensions));

        long count = dimensions.Contains(0) ? 0 : 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            if (dimensions[i] < 0)
                throw new ArgumentException($"Dimension {i} of a shape is {dimensions[i]}; it cannot be negative.", nameof(dimensions));
            _dimensions[i] = dimensions[i];
            count = Math.BigMul(count, dimensions[i]) is var product && product <= long.MaxValue
                ? (long)product
                : throw new ArgumentException($"The shape [{string.Join(", ", dimensions.ToArray())}] has more elements than can be counted.", nameof(dimensions));
        }

        Rank = dimensions.Length;
        _elementCount = count;
    }

    /// <summary>The number of dimensions.</summary>
    public int Rank { get; }

    /// <summary>The product of all dimensions: 1 for a scalar.</summary>
    public long ElementCount => Rank == 0 ? 1 : _elementCount; // the default shape was never counted

    int IReadOnlyCollection<int>.Count => Rank;

    /// <summary>The length of dimension <paramref name="index"/>, 0 being the outermost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The shape has no such dimension.</exception>
    public int this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Rank);
            return _dimensions[index];
        }
    }

    /// <summary>Makes a shape from a collection expression such as <c>[1, 3, 256, 192]</c>.</summary>
    public static Shape Create(ReadOnlySpan<int> dimensions) => new(dimensions);

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank) return false;
        for (int i = 0; i < Rank; i++)
            if (_dimensions[i] != other._dimensions[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (int i = 0; i < Rank; i++) hash.Add(_dimensions[i]);
        return hash.ToHashCode();
    }

    /// <summary>Whether both shapes have the same dimensions.</summary>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether the shapes differ in rank or in a dimension.</summary>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator()
    {
        for (int i = 0; i < Rank; i++) yield return _dimensions[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The shape as it is written in messages: <c>[1, 3, 256, 192]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", this)}]";
}
