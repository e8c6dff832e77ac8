namespace Akimbo.Cli.Prediction;

/// <summary>Where a top-down model has its boxes from: one of the command line, a file and a detector, or none of them.</summary>
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

    /// <summary>Boxes with a lower score are left out.</summary>
    public float? MinScore { get; init; }

    /// <summary>The option that gives the boxes; null where none does.</summary>
    public string? Option => Boxes.Count > 0 ? "--box" : DetectionsFile is not null ? "--boxes" : Detector is not null ? "--detector" : null;

    /// <summary>Refuses options that do not go together.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check()
    {
        int sources = (Boxes.Count > 0 ? 1 : 0) + (DetectionsFile is null ? 0 : 1) + (Detector is null ? 0 : 1);
        if (sources > 1) throw new UsageException("--box, --boxes and --detector are three ways to give the same; use one of them.");
        if (DetectorModel is not null && Detector is null) throw new UsageException("--detector-model names the model of --detector, which is missing.");
        if (MinScore is not null && DetectionsFile is null && Detector is null) throw new UsageException("--min-box-score goes with --boxes or --detector.");
    }
}
