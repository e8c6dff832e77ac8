using System.Numerics;
using System.Runtime.InteropServices;

namespace Akimbo.Tensors.Serialization;

/// <summary>
/// A tensor as a file holds it: a typed, possibly strided view of bytes that other tensors may share.
/// Nothing is converted or copied before it is asked for. The file's bytes stay in memory, or the file open, as long as one of
/// its tensors is used.
/// </summary>
public sealed class StoredTensor
{
    private readonly TensorStorage _storage;
    private readonly long _offset;
    private readonly long[]? _strides;

    /// <summary>A view whose elements the caller has found to lie within the storage; no strides means row-major order.</summary>
    internal StoredTensor(TensorStorage storage, Shape shape, long offset = 0, long[]? strides = null)
    {
        _storage = storage;
        _offset = offset;
        _strides = strides is null || IsRowMajor(shape, strides) ? null : strides;
        Shape = shape;
    }

    /// <summary>The number format of the stored elements.</summary>
    public ElementType Type => _storage.Type;

    /// <summary>The lengths of the dimensions, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>Whether both tensors view the same storage, as tied weights do; their elements need not overlap.</summary>
    public bool SharesStorageWith(StoredTensor other) => ReferenceEquals(_storage.Root, other._storage.Root);

    /// <summary>A stored tensor of the given values in row-major order, to be written to a file.</summary>
    /// <typeparam name="T">A built-in number type of at most eight bytes, <see cref="Half"/> or <see cref="bool"/>.</typeparam>
    /// <exception cref="ArgumentException">The number of values is not the shape's element count.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no <see cref="ElementType"/>.</exception>
    public static StoredTensor Create<T>(Shape shape, ReadOnlySpan<T> values) where T : unmanaged
    {
        ElementType type = ElementConversion.TypeOf<T>();
        if (values.Length != shape.ElementCount)
            throw new ArgumentException($"A tensor of shape {shape} has {shape.ElementCount} elements; {values.Length} values were given.", nameof(values));
        var storage = new TensorStorage(type, values.Length);
        storage.PlaceIn(new FileInMemory(MemoryMarshal.AsBytes(values).ToArray()), position: 0);
        return new StoredTensor(storage, shape);
    }

    /// <summary>The elements as float32 in row-major order, in memory of their own; converted as by
    /// <see cref="ToArray{T}"/>.</summary>
    public Tensor ToTensor() => new(Shape, ToArray<float>());

    /// <summary>
    /// The elements in row-major order, converted to <typeparamref name="T"/>: exactly where it can hold the value;
    /// to the nearest value, ties to even, or to infinity for a narrower floating-point type; towards zero for an
    /// integer type. False and true become 0 and 1.
    /// </summary>
    /// <exception cref="OverflowException"><typeparamref name="T"/> is an integer type and an element is outside its
    /// range or not a number.</exception>
    public T[] ToArray<T>() where T : unmanaged, INumberBase<T>
    {
        T[] result = GC.AllocateUninitializedArray<T>(checked((int)Shape.ElementCount));
        if (Type == ElementType.Float32 && typeof(T) == typeof(float) && _strides is null)
        {
            _storage.CopyTo((int)(_offset * sizeof(float)), MemoryMarshal.AsBytes(result.AsSpan()));
            return result;
        }

        ElementConversion.Convert<T>(Type, RowMajorBytes(), result);
        return result;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Shape}";

    /// <summary>The stored bytes of the elements in row-major order; a copy only where the view is strided or on the disk.</summary>
    internal ReadOnlySpan<byte> RowMajorBytes()
    {
        int size = Type.Size();
        int length = checked((int)(Shape.ElementCount * size));
        if (length == 0) return [];
        if (_strides is null) return _storage.Bytes.Span.Slice((int)(_offset * size), length);

        byte[] gathered = GC.AllocateUninitializedArray<byte>(length);
        switch (size)
        {
            case 1: Gather<byte>(gathered, _strides); break;
            case 2: Gather<ushort>(gathered, _strides); break;
            case 4: Gather<uint>(gathered, _strides); break;
            default: Gather<ulong>(gathered, _strides); break;
        }

        return gathered;
    }

    private void Gather<TWord>(Span<byte> destinationBytes, long[] strides) where TWord : unmanaged
    {
        var source = MemoryMarshal.Cast<byte, TWord>(_storage.Bytes.Span);
        var destination = MemoryMarshal.Cast<byte, TWord>(destinationBytes);
        Span<int> index = stackalloc int[Shape.MaxRank];
        int last = Shape.Rank - 1;
        long row = _offset;
        for (int written = 0; written < destination.Length;)
        {
            for (int i = 0; i < Shape[last]; i++) destination[written++] = source[(int)(row + i * strides[last])];

            for (int dimension = last - 1; dimension >= 0; dimension--)
            {
                row += strides[dimension];
                if (++index[dimension] < Shape[dimension]) break;
                row -= index[dimension] * strides[dimension];
                index[dimension] = 0;
            }
        }
    }

    private static bool IsRowMajor(Shape shape, long[] strides)
    {
        if (shape.ElementCount == 0) return true;
        long expected = 1;
        for (int i = shape.Rank - 1; i >= 0; i--)
        {
            if (shape[i] == 1) continue;
            if (strides[i] != expected) return false;
            expected *= shape[i];
        }

        return true;
    }
}
