namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>
/// Rebuilds tensors from storages, offsets, sizes and strides (<c>torch/_utils.py</c>, <c>_rebuild_tensor_v2</c> and
/// its kin), and checks that every element lies within its storage.
/// </summary>
/// <remarks>
/// A view may repeat the elements of its storage (stride 0), but all tensors of a file together may have at most
/// 4 Mi elements, and four more for every byte of their storages: converting all of them then takes memory in
/// proportion to the file.
/// </remarks>
internal sealed class TensorConstructor(PickleReader reader)
{
    private const int MaxTensors = 1 << 18;
    private const long ElementsAllowed = 1 << 22;
    private const long ElementsPerStorageByte = 4;

    private readonly HashSet<TensorStorage> _storages = [];
    private long _elementsLeft = ElementsAllowed;
    private int _count;

    /// <summary>From (storage, offset, size, stride[, requires_grad, backward_hooks[, metadata]]).</summary>
    public StoredTensor Rebuild(object?[] arguments)
    {
        if (arguments is not [TensorStorage storage, long offset, object?[] size, object?[] stride, ..])
            throw NotATensor(arguments);
        if (arguments is [_, _, _, _, _, _, OrderedDictionary<object, object?> { Count: > 0 }])
            throw reader.Error("A tensor is marked as conjugate or negative, which is not read.");
        return View(storage, offset, size, stride);
    }

    /// <summary>From (untyped storage, offset, size, stride, requires_grad, backward_hooks, dtype[, metadata]).</summary>
    public StoredTensor RebuildOfType(object?[] arguments)
    {
        if (arguments is not [TensorStorage storage, long offset, object?[] size, object?[] stride, _, _, PickleGlobal dtype, ..])
            throw NotATensor(arguments);
        ElementType type = PickleGlobal.ElementTypeOf(dtype.Name) ?? throw reader.Error($"A tensor has the type {dtype}, which is not read.");
        return View(storage.As(type), offset, size, stride);
    }

    private StoredTensor View(TensorStorage storage, long offset, object?[] size, object?[] stride)
    {
        Shape shape = StoredShape.TryCreate(Integers(size, "size"), out string? problem) ?? throw reader.Error($"A tensor {problem}");
        long[] strides = Integers(stride, "stride");
        CheckpointFormatException Error(string what) =>
            reader.Error($"A tensor of shape {shape}, offset {offset} and strides [{string.Join(", ", strides)}] {what}");

        if (strides.Length != shape.Rank) throw Error("needs as many strides as dimensions");
        if (offset < 0) throw Error("begins before its storage");

        Int128 last = offset;
        for (int i = 0; i < strides.Length; i++)
        {
            if (strides[i] < 0) throw Error("has a negative stride");
            last += (Int128)strides[i] * (shape[i] - 1);
        }

        if (shape.ElementCount > 0 && last >= storage.Count)
            throw Error($"ends at element {last}, beyond the {storage.Count} elements of its storage");
        if ((Int128)shape.ElementCount * storage.Type.Size() > Array.MaxLength) throw Error($"takes more than {Array.MaxLength} bytes");
        if (!Afford(shape, storage)) throw Error("repeats its storage: the file's tensors have too many elements for what is stored");
        return new StoredTensor(storage, shape, offset, strides);
    }

    private bool Afford(Shape shape, TensorStorage storage)
    {
        if (++_count > MaxTensors) throw reader.Error($"The file has more than {MaxTensors} tensors");
        if (_storages.Add(storage.Root)) _elementsLeft += ElementsPerStorageByte * storage.Root.ByteCount;
        return (_elementsLeft -= shape.ElementCount) >= 0;
    }

    private long[] Integers(object?[] values, string what)
    {
        if (values.Length > Shape.MaxRank)
            throw reader.Error($"The {what} of a tensor has {values.Length} dimensions; at most {Shape.MaxRank} are read");
        return Array.ConvertAll(values, value => value is long number ? number : throw reader.Error($"The {what} of a tensor holds {Quoted.Kind(value)} where integers belong"));
    }

    private CheckpointFormatException NotATensor(object?[] arguments) =>
        reader.Error($"A tensor is rebuilt from ({string.Join(", ", arguments.Take(8).Select(Quoted.Kind))}); expected a storage, an offset, a size and strides");
}
