namespace Akimbo.Tensors.Serialization;

/// <summary>A flat run of elements that one or more <see cref="StoredTensor"/>s view.</summary>
internal sealed class TensorStorage
{
    private readonly long _begin;
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>A run of elements whose bytes are set when the reader comes to them.</summary>
    public TensorStorage(ElementType type, long count)
    {
        Type = type;
        Count = count;
        Root = this;
    }

    private TensorStorage(TensorStorage root, ElementType type, long begin, long count) : this(type, count)
    {
        _begin = begin;
        Root = root;
    }

    /// <summary>The number format of the elements.</summary>
    public ElementType Type { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The number of bytes of all elements, at most <see cref="Array.MaxLength"/>.</summary>
    public long ByteCount => Count * Type.Size();

    /// <summary>The storage that this one is a part of; itself where it is whole.</summary>
    public TensorStorage Root { get; }

    /// <summary>
    /// The elements. In the legacy container of PyTorch they follow the tensors that view them, so that they are
    /// set after those have been made.
    /// </summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get => ReferenceEquals(Root, this) ? _bytes : Root.Bytes.Slice((int)_begin, (int)ByteCount);
        set => _bytes = value;
    }

    /// <summary>A part of the elements, which must lie within this storage.</summary>
    public TensorStorage Slice(long offset, long count) => new(Root, Type, _begin + offset * Type.Size(), count);

    /// <summary>The same bytes as elements of another type, as many as there are whole ones.</summary>
    public TensorStorage As(ElementType type) => new(Root, type, _begin, ByteCount / type.Size());

    /// <summary>All elements as a tensor of one dimension.</summary>
    public StoredTensor ToTensor() => new(this, [(int)Count]);
}
