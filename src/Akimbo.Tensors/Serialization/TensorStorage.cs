namespace Akimbo.Tensors.Serialization;

/// <summary>A flat run of elements that one or more <see cref="StoredTensor"/>s view.</summary>
internal sealed class TensorStorage
{
    private readonly long _begin;
    private IFileContent? _content;
    private int _position;

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

    /// <summary>The elements, read from the file where they are still on the disk.</summary>
    public ReadOnlyMemory<byte> Bytes => Root._content is null ? default : Root._content.Slice(Root._position + (int)_begin, (int)ByteCount);

    /// <summary>
    /// Says where the elements are. In the legacy container of PyTorch they follow the tensors that view them, so that it is
    /// said after those have been made.
    /// </summary>
    /// <param name="content">The file.</param>
    /// <param name="position">The first element's byte in it.</param>
    public void PlaceIn(IFileContent content, int position)
    {
        _content = content;
        _position = position;
    }

    /// <summary>Copies bytes of the elements.</summary>
    /// <param name="offset">The first of them, from the first element.</param>
    /// <param name="destination">As many as are copied.</param>
    public void CopyTo(int offset, Span<byte> destination) => Root._content?.CopyTo(Root._position + (int)_begin + offset, destination);

    /// <summary>A part of the elements, which must lie within this storage.</summary>
    public TensorStorage Slice(long offset, long count) => new(Root, Type, _begin + offset * Type.Size(), count);

    /// <summary>The same bytes as elements of another type, as many as there are whole ones.</summary>
    public TensorStorage As(ElementType type) => new(Root, type, _begin, ByteCount / type.Size());

    /// <summary>All elements as a tensor of one dimension.</summary>
    public StoredTensor ToTensor() => new(this, [(int)Count]);
}
