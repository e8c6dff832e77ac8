using System.IO.Enumeration;

namespace Akimbo.Cli.Prediction;

/// <summary>File name patterns as shells have them: * and ? within a name, ** for folders of any depth.</summary>
internal static class Glob
{
    private const string AnyDepth = "**";
    private static readonly string[] DeepPattern = [AnyDepth, "*"];

    /// <summary>Whether the text has a wildcard.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>The files that match; hidden ones only where the pattern's own name begins with a dot.</summary>
    public static IEnumerable<string> Files(string pattern)
    {
        string root = Path.GetPathRoot(pattern) ?? "";
        string[] segments = pattern[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        return segments.Length == 0 ? [] : Match(root, segments).Distinct();
    }

    /// <summary>The files of a folder that are not hidden, and those of the folders inside it when asked.</summary>
    public static IEnumerable<string> FilesIn(string folder, bool recursive) =>
        recursive ? Match(folder, DeepPattern) : Entries(folder, "*", Directory.EnumerateFiles);

    private static IEnumerable<string> Match(string folder, ReadOnlyMemory<string> segments)
    {
        string segment = segments.Span[0];
        var rest = segments[1..];
        if (rest.IsEmpty)
            return Entries(folder, segment == AnyDepth ? "*" : segment, Directory.EnumerateFiles);
        if (segment == AnyDepth)
            return Match(folder, rest).Concat(Entries(folder, "*", Directory.EnumerateDirectories).Where(IsNoLink).SelectMany(inner => Match(inner, segments)));
        if (IsPattern(segment))
            return Entries(folder, segment, Directory.EnumerateDirectories).SelectMany(inner => Match(inner, rest));
        return Match(Path.Combine(folder, segment), rest);
    }

    // A link back up would never end.
    private static bool IsNoLink(string folder) => new DirectoryInfo(folder).LinkTarget is null;

    private static IEnumerable<string> Entries(
        string folder, string pattern, Func<string, string, EnumerationOptions, IEnumerable<string>> enumerate)
    {
        string place = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(place)) return [];
        bool showHidden = pattern.StartsWith('.');
        return enumerate(place, "*", new EnumerationOptions { AttributesToSkip = FileAttributes.None })
            .Select(path => Path.GetFileName(path))
            .Where(name => (showHidden || !name.StartsWith('.')) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
            .Select(name => Path.Combine(folder, name));
    }
}
