namespace Akimbo.Networks.Summary;

/// <summary>How an architecture is drawn.</summary>
public sealed record ArchitectureDrawingOptions
{
    /// <summary>The heading; the network's name.</summary>
    public string Title { get; init; } = "";

    /// <summary>
    /// How many names of a module's path are shown at most: 2 draws everything below <c>hgs.0</c> as one box, 1 everything below
    /// <c>hgs</c>, unless something outside lies between their parts. Null shows as much as stays readable.
    /// </summary>
    public int? Depth { get; init; }
}
