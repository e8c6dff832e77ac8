using Microsoft.Win32.SafeHandles;

namespace Akimbo.Tensors.Serialization;

/// <summary>
/// Reads files into memory. Mapping one would save a millisecond for ten megabytes, and would end the process
/// if another program cut the file short while it is used.
/// </summary>
internal static class FileBytes
{
    /// <summary>The bytes of a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is longer than an array can be.</exception>
    public static byte[] Read(string path)
    {
        using var handle = Open(path, out int length);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        int read = Fill(handle, 0, bytes);
        return read < bytes.Length ? bytes[..read] : bytes;
    }

    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is longer than an array can be.</exception>
    public static SafeFileHandle Open(string path, out int length)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"The file {path} does not exist.", path);

        var handle = File.OpenHandle(path, share: FileShare.Read | FileShare.Delete, options: FileOptions.SequentialScan);
        long bytes = RandomAccess.GetLength(handle);
        if (bytes <= Array.MaxLength)
        {
            length = (int)bytes;
            return handle;
        }

        handle.Dispose();
        throw new CheckpointFormatException(path, $"The file has {bytes:N0} bytes; at most {Array.MaxLength:N0} can be read.");
    }

    /// <summary>Reads until the destination is full or the file ends.</summary>
    /// <returns>How many bytes were read.</returns>
    public static int Fill(SafeFileHandle handle, long offset, Span<byte> destination)
    {
        int read = 0;
        while (read < destination.Length)
        {
            int count = RandomAccess.Read(handle, destination[read..], offset + read);
            if (count == 0) break;
            read += count;
        }

        return read;
    }
}
