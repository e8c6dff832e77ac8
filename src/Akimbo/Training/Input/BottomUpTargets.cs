using Akimbo.Codecs;

namespace Akimbo.Training.Input;

/// <summary>What bottom-up samples look like.</summary>
/// <param name="Side">Columns and rows of the input.</param>
/// <param name="Grouping">The grouping of the model, which says how many people have tags.</param>
/// <param name="Sigma">The deviation of the Gaussians in heatmap pixels; null for pose-ae-train's.</param>
internal sealed record BottomUpTargets(int Side, AssociativeEmbeddingOptions Grouping, double? Sigma);
