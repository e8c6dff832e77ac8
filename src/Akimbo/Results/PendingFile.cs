namespace Akimbo.Results;

/// <summary>
/// A file that appears under its name only when it is complete: it is written beside its place under a temporary name,
/// and <see cref="Commit"/> renames it. Disposed without a commit, it leaves nothing behind and an older file untouched.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    private readonly string _path;
    private readonly bool _isDevice;
    private bool _isCommitted;

    /// <summary>Chooses a temporary name in the folder of <paramref name="path"/>; symbolic links are followed.</summary>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The path is a folder, or its folder does not exist.</exception>
    public PendingFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path)) throw new IOException($"{path} is a folder, not a file.");

        // Renaming over /dev/null or a pipe would replace it.
        _path = Path.GetFullPath(path);
        _isDevice = _path.StartsWith("/dev/", StringComparison.Ordinal) || _path.StartsWith("/proc/", StringComparison.Ordinal);
        if (!_isDevice && new FileInfo(_path).LinkTarget is not null)
            _path = File.ResolveLinkTarget(_path, returnFinalTarget: true)!.FullName;
        if (!Directory.Exists(Path.GetDirectoryName(_path))) throw new DirectoryNotFoundException($"The folder of {path} does not exist.");
        TemporaryPath = _isDevice ? _path : $"{_path}.{Guid.NewGuid():N}.tmp";
    }

    /// <summary>Writes a whole file.</summary>
    /// <exception cref="IOException">It cannot be written, or its folder does not exist.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        using var file = new PendingFile(path);
        File.WriteAllBytes(file.TemporaryPath, content);
        file.Commit();
    }

    /// <summary>The path to write to until then, in the same folder.</summary>
    public string TemporaryPath { get; }

    /// <summary>Moves the finished file to its place, over an older one.</summary>
    /// <exception cref="IOException">The file was not written, or cannot be moved.</exception>
    public void Commit()
    {
        if (!_isDevice) File.Move(TemporaryPath, _path, overwrite: true);
        _isCommitted = true;
    }

    /// <summary>Deletes what was written when it was not committed.</summary>
    public void Dispose()
    {
        if (!_isCommitted && !_isDevice) File.Delete(TemporaryPath);
    }
}
