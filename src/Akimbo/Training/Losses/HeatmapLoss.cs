using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>
/// The mean squared error of the heatmaps of every stack, with intermediate supervision: the mean over stacks, images, keypoints
/// and pixels of <c>(prediction − target)²</c> (princeton-vl/pytorch_stacked_hourglass <c>task/loss.py</c>, <c>HeatmapLoss</c>), or
/// of <c>(prediction − target)² · mask</c> (princeton-vl/pose-ae-train, likewise).
/// </summary>
public static class HeatmapLoss
{
    /// <summary>Computes the loss, and adds its gradients.</summary>
    /// <param name="outputs">For each stack [N, K, H, W]; of one with more than the target's channels, the first are compared.</param>
    /// <param name="target">[N, K, H, W].</param>
    /// <param name="mask">[N, H, W], 1 where a pixel counts and 0 where it does not, or null where all count.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="gradients">Of the outputs' shapes; the gradients of the weighted loss are added.</param>
    /// <param name="foreground">As in <see cref="KeypointHeatmapLoss.Add"/>.</param>
    /// <returns>The weighted loss of each image and stack, [N, S]; their mean is the loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double[,] Add(IReadOnlyList<Tensor> outputs, Tensor target, Tensor? mask, double weight, IReadOnlyList<Tensor> gradients, double foreground = 0)
    {
        LossTensors.RequireMaps(outputs, gradients);
        Shape map = target.Shape;
        foreach (var output in outputs)
            if (map.Rank != 4 || output.Shape[0] != map[0] || output.Shape[1] < map[1] || output.Shape[2] != map[2] || output.Shape[3] != map[3])
                throw new ArgumentException($"The target has shape {map}; the output has {output.Shape}.", nameof(target));
        if (mask is not null) LossTensors.Require(mask, [map[0], map[2], map[3]], "mask");

        double[,] losses = new double[map[0], outputs.Count];
        int pixels = map[2] * map[3], length = map[1] * pixels;
        float factor = (float)(2 * weight / ((double)length * map[0] * outputs.Count));
        for (int s = 0; s < outputs.Count; s++)
            for (int n = 0; n < map[0]; n++)
            {
                int start = n * outputs[s].Shape[1] * pixels;
                ReadOnlySpan<float> prediction = outputs[s].Span.Slice(start, length), wanted = target.Span.Slice(n * length, length);
                ReadOnlySpan<float> counted = mask is null ? [] : mask.Span.Slice(n * pixels, pixels);
                var gradient = gradients[s].Span.Slice(start, length);
                double sum = 0;
                for (int i = 0; i < length; i++)
                {
                    float difference = prediction[i] - wanted[i], share = (counted.IsEmpty ? 1 : counted[i % pixels]) * (1 + (float)foreground * wanted[i]);
                    sum += (double)difference * difference * share;
                    gradient[i] += factor * difference * share;
                }

                losses[n, s] = weight * sum / length;
            }

        return losses;
    }
}
