using Akimbo.Tensors;

namespace Akimbo.Networks.Weights;

/// <summary>Weights for trying a network out without a checkpoint: sizes, speeds, exports.</summary>
public static class RandomWeights
{
    /// <summary>
    /// Sets every parameter to seeded random values under which activations keep their size: kernels by the number of terms they
    /// sum, variances and factors near 1, the rest near 0.
    /// </summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static void FillRandomly(this Network network, int seed)
    {
        ArgumentNullException.ThrowIfNull(network);
        var random = new Random(seed);
        foreach (var parameter in network.Parameters)
        {
            var (low, high) = RangeOf(parameter);
            var value = new Tensor(parameter.Shape);
            foreach (ref float element in value.Span) element = low + (high - low) * random.NextSingle();
            parameter.Value = value;
        }
    }

    private static (float Low, float High) RangeOf(Parameter parameter)
    {
        string name = parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..];
        if (parameter.Shape is { Rank: 4 } kernel)
        {
            float bound = MathF.Sqrt(3f / (kernel[1] * kernel[2] * kernel[3]));
            return (-bound, bound);
        }

        return name is "weight" or "running_var" ? (0.5f, 1.5f) : (-0.1f, 0.1f);
    }
}
