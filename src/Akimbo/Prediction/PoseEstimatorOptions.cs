namespace Akimbo;

/// <summary>How a <see cref="PoseEstimator"/> works.</summary>
public sealed record PoseEstimatorOptions
{
    /// <summary>A name of <see cref="Models.ModelCatalog"/>; null to tell the model by the names in the weights.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the mirrored photo is estimated too and both results are averaged: better, at twice the time.</summary>
    public bool FlipTest { get; init; }

    /// <summary>Threads that run the network; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>People whose score is lower are left out.</summary>
    public float MinScore { get; init; }
}
