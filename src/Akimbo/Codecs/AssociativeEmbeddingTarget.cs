namespace Akimbo.Codecs;

/// <summary>
/// What an associative-embedding network is trained on (pose-ae-train, <c>data/coco_pose/dp.py</c>, <c>GenerateHeatmap</c>
/// and <c>KeypointsRef</c>).
/// </summary>
/// <param name="Heatmaps">[K, height, width]: for each keypoint a Gaussian a person, the larger where they overlap.</param>
/// <param name="TagReferences">
/// [P, K, 2]: where the tags of each person are read, as pairs of an index into [K, height, width] and 1. A person's
/// keypoints come first; the rest, and people there are not, is zeros.
/// </param>
public sealed record AssociativeEmbeddingTarget(float[] Heatmaps, int[] TagReferences);
