using Akimbo.Prediction;
using Akimbo.Skeletons;

namespace Akimbo.Models;

/// <summary>Everything about a model but its weights: plain data, which a model file carries beside them.</summary>
public sealed record PoseModel
{
    /// <summary>The name, as in the catalog: <c>lite-pose</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about it: its origin and its data.</summary>
    public string Description { get; init; } = "";

    /// <summary>The sizes of the network.</summary>
    public required INetworkOptions Architecture { get; init; }

    /// <summary>The keypoints it finds.</summary>
    public required Skeleton Skeleton { get; init; }

    /// <summary>How pixels become the input's numbers.</summary>
    public required Normalisation Normalisation { get; init; }

    /// <summary>How photos become inputs, and outputs people.</summary>
    public required PoseTask Task { get; init; }

    /// <summary>Scores reached in training, by the name of the protocol; empty where none are known.</summary>
    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
