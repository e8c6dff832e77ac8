using Akimbo.Results;

namespace Akimbo.Cli.Prediction;

/// <summary>One image of a run.</summary>
/// <param name="Source">Where it is read from.</param>
/// <param name="Id">Its number in the results.</param>
/// <param name="OverlayPath">The place of its overlay, if one is drawn.</param>
/// <param name="HeatmapPath">The place of the picture of its heatmaps, if one is drawn.</param>
/// <param name="Boxes">The people's boxes; null to have them found.</param>
internal sealed record PlannedImage(ImageSource Source, long Id, string? OverlayPath, string? HeatmapPath = null, IReadOnlyList<PersonBox>? Boxes = null);

/// <summary>Everything about a run that can be known, and be wrong, before a network is loaded.</summary>
internal sealed record PredictPlan
{
    /// <summary>The argument that sends the results to standard output.</summary>
    public const string StandardOutput = "-";

    /// <summary>The images to do, in order.</summary>
    public required IReadOnlyList<PlannedImage> Images { get; init; }

    /// <summary>One line for each source that holds no image.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Where the COCO results go; <see cref="StandardOutput"/> for an object a line; null for none.</summary>
    public string? JsonOutput { get; init; }

    /// <summary>Whether the people are printed as tables: when they go nowhere else.</summary>
    public bool PrintsTables { get; init; }

    /// <summary>Finds the images and settles where everything goes.</summary>
    /// <param name="arguments">Image files, folders, glob patterns, or <c>-</c> for standard input.</param>
    /// <param name="recursive">Whether folders inside folders are searched too.</param>
    /// <param name="overlayOutput">A file for one image, a folder for many; null for no overlays.</param>
    /// <param name="jsonOutput">A file, or <c>-</c> for standard output; null for none.</param>
    /// <param name="heatmapOutput">A file for one image, a folder for many; null for no pictures of heatmaps.</param>
    /// <exception cref="UsageException">There is no image at all, or an output would replace a photo or another output.</exception>
    public static PredictPlan Make(IReadOnlyList<string> arguments, bool recursive, string? overlayOutput, string? jsonOutput, string? heatmapOutput = null)
    {
        var sources = ImageSources.Find(arguments, recursive);
        if (sources.Images.Count == 0) throw new UsageException(string.Join(" ", sources.Problems));
        if (jsonOutput is not (null or StandardOutput)) Check(jsonOutput, sources);

        var ids = CocoImageIds.For([.. sources.Images.Select(image => image.FileName)]);
        var overlays = overlayOutput is null ? null : OverlayPaths.For("--out", overlayOutput, sources);
        var heatmaps = heatmapOutput is null ? null : OverlayPaths.For("--heatmaps", heatmapOutput, sources);
        if (overlays?.Intersect(heatmaps ?? [], FullPaths).FirstOrDefault() is { } twice)
            throw new UsageException($"--out and --heatmaps would both write {twice}; give two places.");
        return new PredictPlan
        {
            Images = [.. sources.Images.Select((image, i) => new PlannedImage(image, ids[i], overlays?[i], heatmaps?[i]))],
            Problems = sources.Problems,
            JsonOutput = jsonOutput,
            PrintsTables = overlayOutput is null && jsonOutput is null,
        };
    }

    /// <summary>The plan with the boxes that are known before a network is loaded.</summary>
    /// <exception cref="UsageException">A file has no box for any of the images.</exception>
    /// <exception cref="DetectionsFormatException">The file holds no detections.</exception>
    public PredictPlan WithBoxes(BoxSource source)
    {
        if (source.Boxes.Count > 0) return this with { Images = [.. Images.Select(image => image with { Boxes = source.Boxes })] };
        if (source.DetectionsFile is not { } file) return this;

        var boxes = CocoDetections.Load(file).ForImages([.. Images.Select(image => image.Source.FileName)], source.MinScore ?? 0);
        if (boxes.All(people => people.Count == 0))
            throw new UsageException($"--boxes {file} has no person for any image, neither by image_id (the first image's is {Images[0].Id}) nor by file_name ({Images[0].Source.FileName}).");
        return this with { Images = [.. Images.Zip(boxes, (image, people) => image with { Boxes = people })] };
    }

    private static EqualityComparer<string> FullPaths { get; } =
        EqualityComparer<string>.Create((a, b) => Path.GetFullPath(a!) == Path.GetFullPath(b!), path => Path.GetFullPath(path).GetHashCode(StringComparison.Ordinal));

    private static void Check(string jsonOutput, ImageSources sources)
    {
        if (Directory.Exists(jsonOutput))
            throw new UsageException($"--json {jsonOutput} is a folder; give a file, or - for standard output.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(jsonOutput))))
            throw new UsageException($"--json {jsonOutput}: the folder does not exist.");
        if (sources.Images.Any(image => !image.IsStandardInput && Path.GetFullPath(image.Path) == Path.GetFullPath(jsonOutput)))
            throw new UsageException($"--json would replace the photo {jsonOutput}; give another file.");
    }
}
