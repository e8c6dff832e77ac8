namespace Akimbo.Tensors.Serialization;

/// <summary>
/// Reads a whole file into memory. Mapping it would save a millisecond for ten megabytes, and would end the process
/// if another program cut the file short while it is used.
/// </summary>
internal static class FileBytes
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is longer than an array can be.</exception>
    public static byte[] Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"The file {path} does not exist.", path);

        using var handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
        long length = RandomAccess.GetLength(handle);
        if (length > Array.MaxLength)
            throw new CheckpointFormatException(path, $"The file has {length:N0} bytes; at most {Array.MaxLength:N0} can be read.");

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        int read = 0;
        while (read < bytes.Length)
        {
            int count = RandomAccess.Read(handle, bytes.AsSpan(read), read);
            if (count == 0) return bytes[..read];
            read += count;
        }

        return bytes;
    }
}
