using Akimbo.Networks;
using Akimbo.Prediction;
using Akimbo.Skeletons;

namespace Akimbo.Models;

/// <summary>A network with everything that turns a photo into its input and its outputs into people.</summary>
public sealed class PoseModel
{
    /// <summary>The name in the catalog: <c>lite-pose</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The network; its weights are loaded separately.</summary>
    public required Network Network { get; init; }

    /// <summary>The keypoints it finds.</summary>
    public required Skeleton Skeleton { get; init; }

    /// <summary>The size of the input for a photo.</summary>
    public required InputSizeRule InputSize { get; init; }

    /// <summary>How pixels become the input's numbers.</summary>
    public required Normalisation Normalisation { get; init; }

    /// <summary>How the outputs become people.</summary>
    public required IBottomUpDecoder Decoder { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
