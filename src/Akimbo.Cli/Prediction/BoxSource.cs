namespace Akimbo.Cli.Prediction;

/// <summary>Where a top-down model has its boxes from: the command line, a file, a detector, the whole image, or the network that comes with the library.</summary>
internal sealed record BoxSource
{
    /// <summary>The same boxes for every image; none when there are other ones.</summary>
    public IReadOnlyList<PersonBox> Boxes { get; init; } = [];

    /// <summary>A COCO detections file.</summary>
    public string? DetectionsFile { get; init; }

    /// <summary>The weights of a bottom-up model.</summary>
    public string? Detector { get; init; }

    /// <summary>The name of the bottom-up model; null to tell it from its weights.</summary>
    public string? DetectorModel { get; init; }

    /// <summary>Whether each image is one person's.</summary>
    public bool IsWholeImage { get; init; }

    /// <summary>Boxes with a lower score are left out.</summary>
    public float? MinScore { get; init; }

    /// <summary>The option that gives the boxes; null where none does, and the network that comes with the library finds them.</summary>
    public string? Option => GivenOptions.FirstOrDefault();

    private IEnumerable<string> GivenOptions
    {
        get
        {
            if (Boxes.Count > 0) yield return "--box";
            if (DetectionsFile is not null) yield return "--boxes";
            if (Detector is not null) yield return "--detector";
            if (IsWholeImage) yield return "--whole";
        }
    }

    /// <summary>Refuses options that do not go together.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check()
    {
        if (GivenOptions.Count() > 1) throw new UsageException($"{string.Join(" and ", GivenOptions)} are ways to give the same; use one of them.");
        if (DetectorModel is not null && Detector is null) throw new UsageException("--detector-model names the model of --detector, which is missing.");
        if (MinScore is not null && (Boxes.Count > 0 || IsWholeImage)) throw new UsageException($"{Option} has no scores for --min-box-score.");
    }
}
