namespace Akimbo.Rendering;

/// <summary>How <see cref="PoseOverlay"/> draws.</summary>
public sealed record PoseOverlayOptions
{
    /// <summary>The defaults.</summary>
    public static PoseOverlayOptions Default { get; } = new();

    /// <summary>Keypoints with a lower score, and the limbs that end in them, are left out; 0 draws all that were found.</summary>
    public float MinKeypointScore { get; init; } = 0.05f;

    /// <summary>Whether each person's score is written above the person.</summary>
    public bool ShowScores { get; init; } = true;

    /// <summary>Whether a thin box is drawn around each person.</summary>
    public bool ShowBoxes { get; init; }

    /// <summary>Factor on the widths, which by themselves grow with the person's size; above 0.</summary>
    public double Thickness { get; init; } = 1;
}
