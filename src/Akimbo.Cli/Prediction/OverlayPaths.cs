namespace Akimbo.Cli.Prediction;

/// <summary>Where the drawing of each image of a run goes.</summary>
internal static class OverlayPaths
{
    /// <summary>
    /// One path an image. A single image file goes to <paramref name="output"/> itself, unless that is a folder; several
    /// go into the folder <paramref name="output"/> under their own names (in the same inner folders), and images of the
    /// same name from different folders get <c>-2</c>, <c>-3</c> … appended.
    /// </summary>
    /// <param name="option">The option that names the output, for messages.</param>
    /// <param name="output">A file or a folder.</param>
    /// <param name="sources">The images.</param>
    /// <exception cref="UsageException">The output does not fit the sources, or an overlay would replace a source.</exception>
    public static IReadOnlyList<string> For(string option, string output, ImageSources sources)
    {
        bool isFolder = Directory.Exists(output) || Path.EndsInDirectorySeparator(output) || !sources.IsSingleFile;
        var paths = isFolder ? InFolder(option, output, sources.Images) : [SingleFile(option, output)];

        var originals = sources.Images.Where(image => !image.IsStandardInput).Select(image => Path.GetFullPath(image.Path)).ToHashSet();
        foreach (string path in paths)
            if (originals.Contains(Path.GetFullPath(path)))
                throw new UsageException($"{option} would replace the photo {path}; give another place.");
        return paths;
    }

    private static string SingleFile(string option, string output) => ImageSources.HasWritableExtension(output)
        ? output
        : throw new UsageException($"{option} {output} is no image file name; end it in .png, .jpg or .webp, or give a folder.");

    private static string[] InFolder(string option, string folder, IReadOnlyList<ImageSource> images)
    {
        if (File.Exists(folder) || (ImageSources.HasWritableExtension(folder) && !Directory.Exists(folder)))
            throw new UsageException($"{option} {folder} names one picture, but the source may hold many; give a folder.");

        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var names = new string?[images.Count];
        for (int i = 0; i < names.Length; i++)
            if (taken.Add(OverlayName(images[i]))) names[i] = OverlayName(images[i]);
        for (int i = 0; i < names.Length; i++)
            names[i] ??= FreeName(OverlayName(images[i]), taken);
        return Array.ConvertAll(names, name => Path.Combine(folder, name!));
    }

    // An image whose extension no picture is written under is drawn as a PNG.
    private static string OverlayName(ImageSource image) =>
        ImageSources.HasWritableExtension(image.Name) ? image.Name : image.Name + ".png";

    private static string FreeName(string name, HashSet<string> taken)
    {
        string stem = name[..^Path.GetExtension(name).Length];
        for (int number = 2; ; number++)
        {
            string candidate = $"{stem}-{number}{Path.GetExtension(name)}";
            if (taken.Add(candidate)) return candidate;
        }
    }
}
