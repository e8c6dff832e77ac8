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
}
