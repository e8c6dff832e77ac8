using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>
/// How far inner maps are from a teacher's (FitNets, Romero et al., ICLR 2015): the mean over the maps of the mean squared
/// difference.
/// </summary>
public static class FeatureLoss
{
    /// <summary>Computes the loss, and adds its gradients.</summary>
    /// <param name="features">The maps, [N, C, H, W] each.</param>
    /// <param name="wanted">What they should be, of the same shapes.</param>
    /// <param name="weight">What the loss is multiplied by.</param>
    /// <param name="gradients">Of the maps' shapes; the gradients of the weighted loss are added.</param>
    /// <returns>The weighted loss.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double Add(IReadOnlyList<Tensor> features, IReadOnlyList<Tensor> wanted, double weight, IReadOnlyList<Tensor> gradients)
    {
        LossTensors.RequireMaps(features, gradients);
        if (wanted.Count != features.Count) throw new ArgumentException($"There are {features.Count} maps and {wanted.Count} that they should be.", nameof(wanted));
        for (int i = 0; i < features.Count; i++) LossTensors.Require(wanted[i], features[i].Shape, "teacher's map");
        double[] losses = new double[features.Count];
        Parallel.For(0, features.Count, i => losses[i] = AddOne(features[i].Span, wanted[i].Span, weight / features.Count / features[i].Span.Length, gradients[i].Span));
        return losses.Sum();
    }

    private static double AddOne(ReadOnlySpan<float> given, ReadOnlySpan<float> wanted, double share, Span<float> gradient)
    {
        double sum = 0;
        float factor = (float)(2 * share);
        for (int i = 0; i < given.Length; i++)
        {
            float difference = given[i] - wanted[i];
            sum += difference * difference;
            gradient[i] += factor * difference;
        }

        return share * sum;
    }
}
