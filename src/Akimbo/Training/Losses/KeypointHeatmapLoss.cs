using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>
/// Half the mean squared error of heatmaps whose keypoints have weights: the mean over stacks, images, keypoints and pixels of
/// <c>½ · (weight · prediction − weight · target)²</c>; or over the hardest keypoints of each image alone
/// (leoxiaobin/deep-high-resolution-net.pytorch <c>lib/core/loss.py</c>, <c>JointsMSELoss</c> and <c>JointsOHKMMSELoss</c>).
/// </summary>
public static class KeypointHeatmapLoss
{
    /// <summary>Computes the loss, and adds its gradients.</summary>
    /// <param name="outputs">For each stack [N, K, H, W].</param>
    /// <param name="target">[N, K, H, W].</param>
    /// <param name="keypointWeights">[N, K], 0 where a keypoint is not annotated; or null where all weigh 1.</param>
    /// <param name="hardest">How many keypoints of each image count, those with the largest error; 0 for all.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="gradients">Of the outputs' shapes; the gradients of the weighted loss are added.</param>
    /// <param name="foreground">Each pixel counts 1 + this · target; 0 for all alike, as in the references. Few pixels are keypoints, which are learnt sooner when they count more.</param>
    /// <returns>The weighted loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or there are fewer keypoints than shall count.</exception>
    public static double Add(IReadOnlyList<Tensor> outputs, Tensor target, Tensor? keypointWeights, int hardest, double weight, IReadOnlyList<Tensor> gradients, double foreground = 0)
    {
        LossTensors.RequireMaps(outputs, gradients);
        foreach (var output in outputs) LossTensors.Require(output, target.Shape, "output");
        int batch = target.Shape[0], keypoints = target.Shape[1], pixels = target.Shape[2] * target.Shape[3];
        if (keypointWeights is not null) LossTensors.Require(keypointWeights, [batch, keypoints], "weights of keypoints");
        if (hardest < 0 || hardest > keypoints) throw new ArgumentException($"The {hardest} hardest of {keypoints} keypoints shall count; expected 0 to {keypoints}.", nameof(hardest));

        int counted = hardest == 0 ? keypoints : hardest;
        double share = weight / ((double)outputs.Count * batch * counted), total = 0;
        Span<double> losses = stackalloc double[keypoints];
        for (int s = 0; s < outputs.Count; s++)
            for (int n = 0; n < batch; n++)
            {
                for (int k = 0; k < keypoints; k++) losses[k] = Loss(outputs[s], target, Weight(n, k), (float)foreground, Map(n, k));
                double limit = Limit(losses, counted, out int ties);
                for (int k = 0; k < keypoints; k++)
                {
                    if (losses[k] < limit || (losses[k] == limit && ties-- <= 0)) continue;
                    total += losses[k];
                    AddGradient(outputs[s], target, Weight(n, k), share, (float)foreground, gradients[s], Map(n, k));
                }
            }

        return total * share;

        float Weight(int n, int k) => keypointWeights is null ? 1 : keypointWeights.Span[n * keypoints + k];

        Range Map(int n, int k) => ((n * keypoints + k) * pixels)..((n * keypoints + k + 1) * pixels);
    }

    private static double Loss(Tensor output, Tensor target, float keypointWeight, float foreground, Range map)
    {
        ReadOnlySpan<float> prediction = output.Span[map], wanted = target.Span[map];
        double sum = 0;
        for (int p = 0; p < prediction.Length; p++)
        {
            double difference = ((double)prediction[p] - wanted[p]) * keypointWeight;
            sum += difference * difference * (1 + foreground * wanted[p]);
        }

        return sum / 2 / prediction.Length;
    }

    private static void AddGradient(Tensor output, Tensor target, float keypointWeight, double share, float foreground, Tensor gradients, Range map)
    {
        ReadOnlySpan<float> prediction = output.Span[map], wanted = target.Span[map];
        var gradient = gradients.Span[map];
        float factor = (float)(share * keypointWeight * keypointWeight / prediction.Length);
        for (int p = 0; p < prediction.Length; p++) gradient[p] += factor * (prediction[p] - wanted[p]) * (1 + foreground * wanted[p]);
    }

    /// <summary>The smallest of the largest losses, and how many of those equal to it count; the first do.</summary>
    private static double Limit(ReadOnlySpan<double> losses, int counted, out int ties)
    {
        double[] sorted = losses.ToArray();
        Array.Sort(sorted);
        double limit = sorted[^counted];
        ties = counted - sorted.Count(loss => loss > limit);
        return limit;
    }
}
