using Microsoft.Win32.SafeHandles;

namespace Akimbo.Tensors.Serialization;

/// <summary>
/// A file that stays open and is read where it is asked for, so that a network need not hold its weights twice. A file that
/// another one replaces is still the old one; one that is written to is an error at the next read.
/// </summary>
internal sealed class FileOnDisk : IFileContent
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly DateTime _written;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is longer than an array can be.</exception>
    public FileOnDisk(string path)
    {
        _path = path;
        _handle = FileBytes.Open(path, out int length);
        _written = File.GetLastWriteTimeUtc(_handle);
        Length = length;
    }

    public int Length { get; }

    public ReadOnlyMemory<byte> Slice(int offset, int count)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
        CopyTo(offset, bytes);
        return bytes;
    }

    public void CopyTo(int offset, Span<byte> destination)
    {
        if (RandomAccess.GetLength(_handle) != Length || File.GetLastWriteTimeUtc(_handle) != _written)
            throw new IOException($"{_path} has been written to since it was opened; load it again.");
        if (FileBytes.Fill(_handle, offset, destination) < destination.Length)
            throw new IOException($"{_path} ends before byte {offset + (long)destination.Length}; it had {Length} bytes when it was opened.");
    }
}
