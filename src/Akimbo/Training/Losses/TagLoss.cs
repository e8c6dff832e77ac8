using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>The tag loss of one image, before weights.</summary>
/// <param name="Push">What people with similar tags cost.</param>
/// <param name="Pull">What different tags within a person cost.</param>
public readonly record struct TagLosses(double Push, double Pull);

/// <summary>
/// Associative embedding (Newell, Huang and Deng, NIPS 2017; princeton-vl/pose-ae-train <c>task/loss.py</c>, <c>singleTagLoss</c>).
/// With m the mean of each of P people's tags: pull is <c>Σ_p mean_k (tag − m_p)² / (P + ε)</c>, push is
/// <c>½ · Σ_{p ≠ q} exp(−(m_p − m_q)²) / (P · (P − 1) + ε)</c>, ε = 10⁻⁶. The loss is the mean over stacks and images.
/// </summary>
public static class TagLoss
{
    private const double Epsilon = 1e-6;

    /// <summary>Computes the losses, and adds their gradients.</summary>
    /// <param name="outputs">For each stack [N, C, H, W]: K channels of heatmaps, K of tags, others that are not looked at.</param>
    /// <param name="references">[N, P, K, 2]: where the tags of each person are read, see <see cref="Codecs.AssociativeEmbeddingTarget"/>.</param>
    /// <param name="keypoints">K.</param>
    /// <param name="pushWeight">What push is multiplied by.</param>
    /// <param name="pullWeight">What pull is multiplied by.</param>
    /// <param name="gradients">Of the outputs' shapes; the gradients of the weighted loss are added.</param>
    /// <returns>The losses of each image and stack, [N, S], without weights.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a reference lies outside the tags.</exception>
    public static TagLosses[,] Add(IReadOnlyList<Tensor> outputs, ReadOnlySpan<int> references, int keypoints, double pushWeight, double pullWeight, IReadOnlyList<Tensor> gradients)
    {
        LossTensors.RequireMaps(outputs, gradients);
        ArgumentOutOfRangeException.ThrowIfLessThan(keypoints, 1);
        int batch = outputs[0].Shape[0];
        if (references.Length % (batch * keypoints * 2) != 0)
            throw new ArgumentException($"There are {references.Length} references of tags; expected [{batch}, P, {keypoints}, 2].", nameof(references));

        var losses = new TagLosses[batch, outputs.Count];
        int perImage = references.Length / batch;
        double share = 1.0 / batch / outputs.Count;
        for (int s = 0; s < outputs.Count; s++)
        {
            Shape map = outputs[s].Shape;
            if (map[0] != batch || map[1] < 2 * keypoints) throw new ArgumentException($"Output {s} has shape {map}; expected {batch} images of {2 * keypoints} channels or more.", nameof(outputs));
            int pixels = map[2] * map[3], length = keypoints * pixels;
            for (int n = 0; n < batch; n++)
            {
                int start = (n * map[1] + keypoints) * pixels;
                losses[n, s] = AddImage(outputs[s].Span.Slice(start, length), references.Slice(n * perImage, perImage), keypoints,
                    pushWeight * share, pullWeight * share, gradients[s].Span.Slice(start, length));
            }
        }

        return losses;
    }

    /// <summary>Computes the losses of one image, and adds their gradients.</summary>
    /// <param name="tags">[K, H, W] as one row.</param>
    /// <param name="references">[P, K, 2]: indices into the tags, each with 1 where it counts.</param>
    /// <param name="keypoints">K.</param>
    /// <param name="pushWeight">What push is multiplied by.</param>
    /// <param name="pullWeight">What pull is multiplied by.</param>
    /// <param name="gradient">As long as the tags.</param>
    internal static TagLosses AddImage(ReadOnlySpan<float> tags, ReadOnlySpan<int> references, int keypoints, double pushWeight, double pullWeight, Span<float> gradient)
    {
        var people = new List<(double Mean, int[] Indices)>();
        for (int first = 0; first < references.Length; first += 2 * keypoints)
        {
            var indices = new List<int>();
            for (int k = 0; k < keypoints; k++)
            {
                int index = references[first + 2 * k];
                if (references[first + 2 * k + 1] <= 0) continue;
                if ((uint)index >= (uint)tags.Length) throw new ArgumentException($"A tag is read at {index}; there are {tags.Length}.", nameof(references));
                indices.Add(index);
            }

            if (indices.Count == 0) continue;
            double mean = 0;
            foreach (int index in indices) mean += tags[index];
            people.Add((mean / indices.Count, [.. indices]));
        }

        double pull = 0, push = 0, perPerson = 1 / (people.Count + Epsilon), perPair = 0.5 / ((people.Count - 1.0) * people.Count + Epsilon);
        for (int p = 0; p < people.Count; p++)
        {
            var (mean, indices) = people[p];
            double meanGradient = 0;
            for (int q = 0; q < people.Count; q++)
            {
                if (q == p) continue;
                double difference = mean - people[q].Mean, closeness = Math.Exp(-difference * difference);
                push += closeness * perPair;
                meanGradient += -4 * difference * closeness * perPair; // twice: of the pair and of its mirror
            }

            foreach (int index in indices)
            {
                double deviation = tags[index] - mean;
                pull += deviation * deviation / indices.Length * perPerson;
                gradient[index] += (float)((pullWeight * 2 * deviation * perPerson + pushWeight * meanGradient) / indices.Length);
            }
        }

        return new TagLosses(push, pull);
    }
}
