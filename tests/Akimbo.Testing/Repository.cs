using System.Runtime.CompilerServices;

namespace Akimbo.Testing;

/// <summary>Where the files that tests need are: in the repository, or beside it.</summary>
public static class Repository
{
    /// <summary>The root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The folder of reference data that may not be distributed (photos, published weights): the environment variable
    /// AKIMBO_REFERENCE_DATA, else the folder <c>shared</c> beside the checkout; null where there is none.
    /// </summary>
    public static string? ReferenceData { get; } = FindReferenceData();

    /// <summary>A file under <c>tests/fixtures</c>.</summary>
    public static string Fixture(string relativePath) => Path.Combine(Root, "tests", "fixtures", relativePath);

    /// <summary>A file of the reference data; only for tests marked with <see cref="ReferenceDataFactAttribute"/>.</summary>
    public static string Reference(string relativePath) =>
        Path.Combine(ReferenceData ?? throw new InvalidOperationException("There is no reference data."), relativePath);

    private static string FindRoot([CallerFilePath] string thisFile = "")
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Akimbo.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside a checkout (built from {thisFile}).");
    }

    private static string? FindReferenceData()
    {
        string folder = Environment.GetEnvironmentVariable("AKIMBO_REFERENCE_DATA") ?? Path.Combine(Root, "..", "shared");
        return Directory.Exists(Path.Combine(folder, "golden")) ? Path.GetFullPath(folder) : null;
    }
}
