namespace Akimbo.Rendering;

/// <summary>How <see cref="ContactSheet"/> lays out its tiles.</summary>
public sealed record ContactSheetOptions
{
    /// <summary>The defaults.</summary>
    public static ContactSheetOptions Default { get; } = new();

    /// <summary>Columns and rows of a tile in pixels, the caption included; 64 to 2048.</summary>
    public int TileSize { get; init; } = 320;

    /// <summary>How many tiles stand side by side at most, at least 1.</summary>
    public int MaxColumns { get; init; } = 5;

    /// <summary>How people are drawn.</summary>
    public PoseOverlayOptions Overlay { get; init; } = new() { ShowScores = false };
}
