using Akimbo.Testing;

namespace Akimbo.Cli.Tests;

/// <summary>A folder for one test, deleted with everything in it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("akimbo-cli-").FullName;

    /// <summary>A path inside.</summary>
    public string this[string relativePath] => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Makes empty files, and the folders they are in.</summary>
    public void Touch(params string[] relativePaths)
    {
        foreach (string path in relativePaths)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[path])!);
            File.WriteAllBytes(this[path], []);
        }
    }

    /// <summary>Links paths inside to a file of the reference data.</summary>
    public void Link(string reference, params string[] relativePaths)
    {
        Touch(relativePaths);
        foreach (string path in relativePaths)
        {
            File.Delete(this[path]);
            File.CreateSymbolicLink(this[path], Repository.Reference(reference));
        }
    }

    /// <summary>All files inside, relative, sorted.</summary>
    public string[] Files() =>
        [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
