namespace Akimbo.Cli.Prediction;

/// <summary>The images that the arguments of a command stand for: files, the images of folders, and glob patterns.</summary>
internal sealed class ImageSources
{
    private static readonly string[] WritableExtensions = [".jpg", ".jpeg", ".png", ".webp"];
    private static readonly string[] Extensions = [.. WritableExtensions, ".jpe", ".jfif"];

    private readonly List<ImageSource> _images = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _seen = [];

    private ImageSources()
    {
    }

    /// <summary>Each image once, in the order of the arguments; sorted by name within a folder or a pattern.</summary>
    public IReadOnlyList<ImageSource> Images => _images;

    /// <summary>One line for each argument that stands for no image.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Whether the arguments are one image file, and not a folder or a pattern that may hold many.</summary>
    public bool IsSingleFile { get; private set; }

    /// <summary>Finds the images of every argument.</summary>
    /// <param name="arguments">Image files, folders, glob patterns (*, ?, ** for any depth), or <c>-</c> for standard input.</param>
    /// <param name="recursive">Whether folders inside folders are searched too.</param>
    public static ImageSources Find(IReadOnlyList<string> arguments, bool recursive)
    {
        var sources = new ImageSources();
        foreach (string argument in arguments) sources.Add(argument, recursive);
        sources.IsSingleFile = arguments is [var only] && (only == ImageSource.StandardInput || File.Exists(only));
        return sources;
    }

    /// <summary>Whether a picture can be written under this file name.</summary>
    public static bool HasWritableExtension(string path) =>
        WritableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a file name ends as those of readable images do.</summary>
    public static bool HasImageExtension(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private void Add(string argument, bool recursive)
    {
        if (argument == ImageSource.StandardInput)
            AddImage(argument, "stdin");
        else if (File.Exists(argument))
            AddImage(argument, Path.GetFileName(argument));
        else if (Directory.Exists(argument))
            AddFolder(argument, recursive);
        else if (Glob.IsPattern(argument))
            AddPattern(argument);
        else
            _problems.Add($"{argument}: no such file or folder.");
    }

    private void AddFolder(string folder, bool recursive)
    {
        var files = Glob.FilesIn(folder, recursive).Where(HasImageExtension).Order(StringComparer.Ordinal).ToList();
        foreach (string file in files) AddImage(file, Path.GetRelativePath(folder, file));
        if (files.Count == 0) _problems.Add($"{folder}: the folder holds no images ({string.Join(" ", Extensions)}).");
    }

    private void AddPattern(string pattern)
    {
        // A pattern that names no extension (photos/*) means the images among what it matches.
        bool anyExtension = pattern.EndsWith('*');
        var files = Glob.Files(pattern).Where(file => !anyExtension || HasImageExtension(file)).Order(StringComparer.Ordinal).ToList();
        foreach (string file in files) AddImage(file, Path.GetFileName(file));
        if (files.Count == 0) _problems.Add($"{pattern}: no image matches the pattern.");
    }

    private void AddImage(string path, string name)
    {
        if (_seen.Add(path == ImageSource.StandardInput ? path : Path.GetFullPath(path)))
            _images.Add(new ImageSource(path, name));
    }
}
