using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>
/// How far tags are from a teacher's, where the teacher sees a keypoint: the mean over stacks of
/// <c>Σ h · (tag − teacher's tag)² / (Σ h + 1)</c> over all pixels whose heatmap h is at least 0.1.
/// </summary>
public static class TeacherTagLoss
{
    private const float LeastSeen = 0.1f;

    /// <summary>Computes the loss, and adds its gradients.</summary>
    /// <param name="outputs">For each stack [N, C, H, W]: K channels of heatmaps, K of tags, others that are not looked at.</param>
    /// <param name="heatmaps">[N, K, H, W]: what the teacher sees.</param>
    /// <param name="tags">[N, K, H, W]: its tags.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="gradients">Of the outputs' shapes; the gradients of the weighted loss are added.</param>
    /// <returns>The weighted loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double Add(IReadOnlyList<Tensor> outputs, Tensor heatmaps, Tensor tags, double weight, IReadOnlyList<Tensor> gradients)
    {
        LossTensors.RequireMaps(outputs, gradients);
        LossTensors.Require(tags, heatmaps.Shape, "tags");
        Shape map = heatmaps.Shape;
        int keypoints = map[1], length = keypoints * map[2] * map[3];
        foreach (Tensor output in outputs)
            if (output.Shape[0] != map[0] || output.Shape[1] < 2 * keypoints || output.Shape[2] != map[2] || output.Shape[3] != map[3])
                throw new ArgumentException($"The teacher's maps have shape {map}; the output has {output.Shape}.", nameof(heatmaps));

        ReadOnlySpan<float> seen = heatmaps.Span, wanted = tags.Span;
        double total = 1, loss = 0;
        foreach (float value in seen) total += value >= LeastSeen ? value : 0;
        double share = weight / total / outputs.Count;
        for (int s = 0; s < outputs.Count; s++)
            for (int n = 0; n < map[0]; n++)
            {
                int start = n * outputs[s].Shape[1] * map[2] * map[3] + length;
                ReadOnlySpan<float> given = outputs[s].Span.Slice(start, length);
                Span<float> gradient = gradients[s].Span.Slice(start, length);
                for (int i = 0; i < length; i++)
                {
                    float value = seen[n * length + i];
                    if (value < LeastSeen) continue;
                    double difference = (double)given[i] - wanted[n * length + i];
                    loss += share * value * difference * difference;
                    gradient[i] += (float)(2 * share * value * difference);
                }
            }

        return loss;
    }
}
