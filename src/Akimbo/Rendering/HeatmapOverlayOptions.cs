namespace Akimbo.Rendering;

/// <summary>How <see cref="HeatmapOverlay"/> draws.</summary>
public sealed record HeatmapOverlayOptions
{
    /// <summary>The defaults.</summary>
    public static HeatmapOverlayOptions Default { get; } = new();

    /// <summary>How opaque a heatmap is where its value is 1, above 0 and up to 1.</summary>
    public double Opacity { get; init; } = 0.9;

    /// <summary>How bright the grey photo below is, 0 (black) to 1.</summary>
    public double Brightness { get; init; } = 0.6;

    /// <summary>Whether tags, where there are some, are drawn beside the heatmaps.</summary>
    public bool ShowTags { get; init; } = true;
}
