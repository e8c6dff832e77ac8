using Akimbo.Datasets.Mpii;

namespace Akimbo.Datasets;

/// <summary>Opens a data set of any layout.</summary>
public static class PoseDatasets
{
    private const int JsonBeginning = 4096;

    /// <summary>
    /// Reads a data set: a file of annotations, or a folder that holds <c>joints.mat</c> (LSP), <c>data.yaml</c> (YOLO) or one
    /// single JSON, CSV, HDF5 or MATLAB file.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="imageFolder">The folder of the pictures; null for the place where the layout has them. YOLO's is in its <c>data.yaml</c>.</param>
    /// <param name="layout">Null to tell it by the names and the first bytes.</param>
    /// <exception cref="DatasetFormatException">The layout cannot be told, or the annotations are damaged.</exception>
    /// <exception cref="FormatException">The annotations are damaged; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IPoseDataset Open(string path, string? imageFolder = null, DatasetLayout? layout = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string file = Directory.Exists(path) ? AnnotationFile(path) : path;
        if (!File.Exists(file)) throw new FileNotFoundException($"The data set {file} does not exist.", file);
        return (layout ?? LayoutOf(file)) switch
        {
            DatasetLayout.Coco => CocoDataset.Load(file, imageFolder),
            DatasetLayout.Mpii => MpiiDataset.Load(file, imageFolder ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "images")),
            DatasetLayout.Lsp => LspDataset.Load(file, imageFolder),
            DatasetLayout.YoloPose => YoloPoseDataset.Load(file),
            DatasetLayout.Csv => CsvDataset.Load(file, imageFolder),
            var other => throw new ArgumentOutOfRangeException(nameof(layout), other, "This is no layout of a data set."),
        };
    }

    private static string AnnotationFile(string folder)
    {
        foreach (string name in (string[])[LspDataset.FileName, YoloPoseDataset.FileName])
            if (File.Exists(Path.Combine(folder, name))) return Path.Combine(folder, name);

        string[] found = [.. Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).ToLowerInvariant() is ".json" or ".csv" or ".mat" or ".h5" or ".yaml").Order(StringComparer.Ordinal)];
        return found.Length == 1
            ? found[0]
            : throw new DatasetFormatException(folder, found.Length == 0
                ? "The folder holds no annotations; a joints.mat, data.yaml, JSON, CSV, HDF5 or MATLAB file is expected."
                : $"The folder holds {string.Join(", ", found.Select(Path.GetFileName))}; say which of them.");
    }

    private static DatasetLayout LayoutOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".csv" => DatasetLayout.Csv,
        ".yaml" or ".yml" => DatasetLayout.YoloPose,
        ".h5" => DatasetLayout.Mpii,
        ".mat" => Path.GetFileName(file).StartsWith("mpii", StringComparison.OrdinalIgnoreCase) ? DatasetLayout.Mpii : DatasetLayout.Lsp,
        ".json" => BeginsWithList(file) ? DatasetLayout.Mpii : DatasetLayout.Coco,
        var other => throw new DatasetFormatException(file, $"The layout of a data set cannot be told from the ending '{other}'; .json, .mat, .h5, .yaml and .csv are known."),
    };

    private static bool BeginsWithList(string file)
    {
        byte[] beginning = new byte[JsonBeginning];
        using FileStream stream = File.OpenRead(file);
        ReadOnlySpan<byte> text = beginning.AsSpan(0, stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false));
        return text.TrimStart("\uFEFF \t\r\n"u8).StartsWith("["u8);
    }
}
