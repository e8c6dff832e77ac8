using Akimbo.Evaluation;

namespace Akimbo;

/// <summary>How a <see cref="PoseEstimator"/> works.</summary>
public sealed record PoseEstimatorOptions
{
    /// <summary>A name of <see cref="Models.ModelCatalog"/>; null to take it from a model file, or tell it by the names in the weights.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the mirrored photo is estimated too and both results are averaged: better, at twice the time.</summary>
    public bool FlipTest { get; init; }

    /// <summary>
    /// The scales at which a model of the associative-embedding kind sees the photo, such as [2, 1, 0.5]; at least one between
    /// 0.5 and 1.5. Empty for the model's own.
    /// </summary>
    public IReadOnlyList<double> Scales { get; init; } = [];

    /// <summary>Threads that run the network; 0 for one a core.</summary>
    public int Threads { get; init; }

    /// <summary>People whose score is lower are left out.</summary>
    public float MinScore { get; init; }

    /// <summary>
    /// How people whom a top-down model finds in several boxes are reduced (HRNet, <c>lib/dataset/coco.py</c>, <c>evaluate</c>); not
    /// at all by default, so that everyone whose box is given has a pose.
    /// </summary>
    public OksSuppressionKind Suppression { get; init; }

    /// <summary>
    /// Whether the network of <see cref="Models.BuiltInModels.LoadRefiner"/> looks at each person again whom a bottom-up model of
    /// the same keypoints has found, and for one whom it missed. Null for the best of the model: <see cref="PoseEstimator.LoadDefault"/> does, others do not.
    /// </summary>
    public bool? Refine { get; init; }

    /// <summary>
    /// What finds the people for a top-down model where no boxes are given: another estimator, usually bottom-up, such as
    /// <see cref="PoseEstimator.LoadDefault"/>. Without one the whole photo is taken for one person. It is not disposed with this estimator.
    /// </summary>
    public PoseEstimator? Detector { get; init; }
}
