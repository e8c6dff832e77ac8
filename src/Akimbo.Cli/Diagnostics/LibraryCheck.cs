using Akimbo.Imaging;

namespace Akimbo.Cli.Diagnostics;

/// <summary>Tries out one of the system's libraries.</summary>
/// <param name="Use">What it is for.</param>
/// <param name="Library">The beginning of its file name.</param>
/// <param name="Try">Does something small with it.</param>
internal sealed record LibraryCheck(string Use, string Library, Action Try)
{
    /// <summary>A check for each library.</summary>
    public static IReadOnlyList<LibraryCheck> All { get; } =
    [
        new("JPEG", "libturbojpeg", () => Encode(ImageFormat.Jpeg)),
        new("PNG", "libpng", () => Encode(ImageFormat.Png)),
        new("WebP", "libwebp", () => Encode(ImageFormat.WebP)),
        new("drawing", "libcairo", Draw),
    ];

    /// <summary>The file that was loaded, whose name carries the version, or what is wrong.</summary>
    public (bool Works, string Description) Run()
    {
        try
        {
            Try();
            return (true, LoadedFiles().FirstOrDefault(file => Path.GetFileName(file).StartsWith(Library, StringComparison.Ordinal)) ?? Library);
        }
        catch (Exception exception)
        {
            return (false, exception.Message);
        }
    }

    private static void Encode(ImageFormat format) => new Image(8, 8).Encode(format);

    private static void Draw()
    {
        using var canvas = new Canvas(new Image(32, 32));
        canvas.Line(1, 1, 6, 6, new Color(255, 255, 255), width: 1);
        canvas.Text(1, 20, "A", new Color(255, 255, 255), size: 12);
    }

    // The last column of each mapping is the file behind it, with links resolved.
    private static IEnumerable<string> LoadedFiles() => File.Exists("/proc/self/maps")
        ? File.ReadLines("/proc/self/maps").Where(line => line.Contains('/')).Select(line => line[line.IndexOf('/')..])
        : [];
}
