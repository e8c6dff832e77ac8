namespace Akimbo.Tensors.Serialization;

/// <summary>A flat run of elements that one or more <see cref="StoredTensor"/>s view.</summary>
internal sealed class TensorStorage(ElementType type, long count)
{
    /// <summary>The number format of the elements.</summary>
    public ElementType Type { get; } = type;

    /// <summary>The number of elements.</summary>
    public long Count { get; } = count;

    /// <summary>
    /// The elements, at least <see cref="Count"/> of them; set once the reader has come to them, which in the
    /// legacy container of PyTorch is after the tensors that view them.
    /// </summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}
