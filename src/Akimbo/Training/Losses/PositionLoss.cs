using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>
/// The weighted distance of positions from where they should be: the sum over keypoints and coordinates of
/// <c>weight · |prediction − target|</c>, or of its square, as a mean over images and stacks (integral regression;
/// JimmySuen/integral-human-pose <c>common_loss/weighted_mse.py</c>).
/// </summary>
public static class PositionLoss
{
    /// <summary>Computes the loss, and adds its gradients.</summary>
    /// <param name="outputs">For each stack [N, K, 2].</param>
    /// <param name="target">[N, K, 2], in the same pixels.</param>
    /// <param name="keypointWeights">[N, K], 0 where a keypoint is not annotated.</param>
    /// <param name="unit">What a distance of 1 is in x and in y, in those pixels: the sides of the heatmap, as published; above 0.</param>
    /// <param name="squares">Whether distances are squared.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="gradients">Of the outputs' shapes; the gradients of the weighted loss are added.</param>
    /// <returns>The weighted loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a unit is not above 0.</exception>
    public static double Add(IReadOnlyList<Tensor> outputs, Tensor target, Tensor keypointWeights, (double X, double Y) unit, bool squares, double weight, IReadOnlyList<Tensor> gradients)
    {
        Shape shape = target.Shape;
        if (shape.Rank != 3 || shape[2] != 2 || shape[0] == 0) throw new ArgumentException($"The target has shape {shape}; expected [N, K, 2].", nameof(target));
        if (!(unit.X > 0 && unit.Y > 0)) throw new ArgumentException($"The unit is {unit}; expected numbers above 0.", nameof(unit));
        LossTensors.Require(keypointWeights, [shape[0], shape[1]], "weights of keypoints");
        if (outputs.Count == 0 || outputs.Count != gradients.Count) throw new ArgumentException($"There are {outputs.Count} outputs and {gradients.Count} gradients.", nameof(outputs));

        double total = 0, share = weight / shape[0] / outputs.Count;
        for (int s = 0; s < outputs.Count; s++)
        {
            LossTensors.Require(outputs[s], shape, $"output {s}");
            LossTensors.Require(gradients[s], shape, $"gradient of output {s}");
            for (int i = 0; i < target.Span.Length; i++)
            {
                double scale = i % 2 == 0 ? unit.X : unit.Y, difference = ((double)outputs[s].Span[i] - target.Span[i]) / scale, factor = share * keypointWeights.Span[i / 2];
                total += factor * (squares ? difference * difference : Math.Abs(difference));
                gradients[s].Span[i] += (float)(factor * (squares ? 2 * difference : Math.Sign(difference)) / scale);
            }
        }

        return total;
    }
}
