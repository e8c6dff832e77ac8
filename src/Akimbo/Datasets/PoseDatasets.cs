using Akimbo.Datasets.Mpii;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets;

/// <summary>Opens a data set of any layout.</summary>
public static class PoseDatasets
{
    private static readonly string[] PreferredNames = [LspDataset.FileName, YoloPoseDataset.FileName];
    private static readonly string[] Extensions = [".json", ".csv", ".mat", ".h5", ".yaml", ".yml"];

    /// <summary>
    /// Reads a data set: a file of annotations, or a folder that holds <c>joints.mat</c> (LSP), <c>data.yaml</c> (YOLO) or one
    /// single annotation file.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="imageFolder">The folder of the pictures; null for the place where the layout has them. YOLO's is in its <c>data.yaml</c>.</param>
    /// <param name="kind">The layout; null to tell it by the content.</param>
    /// <param name="part">YOLO: <c>train</c>, <c>val</c> or <c>test</c>. MPII's MATLAB file: <c>train</c>, <c>test</c> or <c>all</c>. Null for <c>train</c>; the others have no parts.</param>
    /// <exception cref="DatasetFormatException">The layout cannot be told, or the annotations are damaged.</exception>
    /// <exception cref="Coco.CocoFormatException">A COCO file is damaged.</exception>
    /// <exception cref="CheckpointFormatException">A MATLAB file is damaged.</exception>
    /// <exception cref="ArgumentException">The layout has no such part, or has its own place for pictures.</exception>
    /// <exception cref="IOException">A file cannot be read, or does not exist.</exception>
    public static PoseDataset Open(string path, string? imageFolder = null, PoseDatasetKind? kind = null, string? part = null)
    {
        string file = FileOf(path);
        kind ??= PoseDatasetKindOf.File(file);
        bool hasParts = kind == PoseDatasetKind.Yolo || (kind == PoseDatasetKind.Mpii && Path.GetExtension(file) == ".mat");
        if (part is not null && !hasParts) throw new ArgumentException($"{file} has no part '{part}'; only YOLO's data.yaml and MPII's MATLAB file have parts.", nameof(part));
        return kind switch
        {
            PoseDatasetKind.Coco => CocoDataset.Load(file, imageFolder),
            PoseDatasetKind.Mpii => MpiiDataset.Load(file, imageFolder ?? MpiiImages(file), MpiiPartOf(file, part)),
            PoseDatasetKind.Lsp => LspDataset.Load(file, imageFolder),
            PoseDatasetKind.Yolo when imageFolder is not null => throw new ArgumentException($"{file} says itself where its pictures are; leave out {imageFolder}.", nameof(imageFolder)),
            PoseDatasetKind.Yolo => YoloPoseDataset.Load(file, part ?? "train"),
            PoseDatasetKind.Csv => CsvDataset.Load(file, imageFolder),
            var other => throw new ArgumentOutOfRangeException(nameof(kind), other, "This is no layout of a data set."),
        };
    }

    /// <summary>The file of annotations that a path names by itself or by its folder.</summary>
    /// <exception cref="DatasetFormatException">The folder holds none, or several.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    internal static string FileOf(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        string file = Directory.Exists(path) ? AnnotationFile(path) : path;
        return File.Exists(file) ? file : throw new FileNotFoundException($"The data set {file} does not exist.", file);
    }

    private static string AnnotationFile(string folder)
    {
        if (PreferredNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } preferred) return preferred;

        string[] found = [.. Directory.EnumerateFiles(folder).Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new DatasetFormatException(folder, $"The folder holds no annotations; a file that ends in {string.Join(", ", Extensions)} is expected."),
            var count => throw new DatasetFormatException(folder, $"The folder holds {count} annotation files; name one of {string.Join(", ", found.Select(Path.GetFileName))}."),
        };
    }

    private static MpiiPart MpiiPartOf(string file, string? part) => part switch
    {
        null or "train" => MpiiPart.Training,
        "test" => MpiiPart.Test,
        "all" => MpiiPart.All,
        _ => throw new ArgumentException($"{file} has no part '{part}'; MPII has train, test and all.", nameof(part)),
    };

    private static string MpiiImages(string file)
    {
        string beside = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string above = Path.GetFullPath(Path.Combine(beside, "..", "images"));
        string here = Path.Combine(beside, "images");
        return !Directory.Exists(here) && Directory.Exists(above) ? above : here;
    }
}
