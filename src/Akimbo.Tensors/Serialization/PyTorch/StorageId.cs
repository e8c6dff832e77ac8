namespace Akimbo.Tensors.Serialization.PyTorch;

/// <summary>The name by which a pickle refers to a storage: ('storage', class, key, device, element count, ...).</summary>
internal static class StorageId
{
    private const int MaxKeyLength = 128;

    public static (ElementType Type, string Key, long Count) Parse(object?[] id, string file)
    {
        if (id is not ["storage", PickleGlobal storage, string key, _, long count, ..])
            throw new CheckpointFormatException(file, $"A storage is named ({string.Join(", ", id.Take(6).Select(Quoted.Kind))}); expected ('storage', class, key, device, count).");
        if (storage.Storage is not { } type)
            throw new CheckpointFormatException(file, $"A storage is of the class {storage}, which is not one of numbers.");
        if (key.Length > MaxKeyLength || count < 0)
            throw new CheckpointFormatException(file, $"The storage {Quoted.Text(key)} of {count} elements is damaged.");
        return (type, key, count);
    }

    /// <summary>The storage that has the key already, if it is what the key is now said to be.</summary>
    public static TensorStorage Known(TensorStorage known, ElementType type, string key, long count, string file) =>
        known.Type == type && known.Count == count
            ? known
            : throw new CheckpointFormatException(file,
                $"The storage {Quoted.Text(key)} is {known.Count} elements of {known.Type} in one place and {count} of {type} in another.");
}
