using Akimbo.Tensors;

namespace Akimbo.Networks.Tests;

/// <summary>Seeded values of a size that keeps sums near 1.</summary>
internal static class RandomTensors
{
    /// <summary>Values from −1 to 1.</summary>
    public static Tensor Uniform(Shape shape, int seed) => Uniform(shape, new Random(seed), low: -1, high: 1);

    /// <summary>Sets every parameter: variances above 0, kernels by the number of terms they sum.</summary>
    public static void FillRandomly(this Network network, int seed)
    {
        var random = new Random(seed);
        foreach (var parameter in network.Parameters)
            parameter.Value = parameter.Name[(parameter.Name.LastIndexOf('.') + 1)..] switch
            {
                "running_var" => Uniform(parameter.Shape, random, low: 0.5f, high: 1.5f),
                "weight" when parameter.Shape.Rank == 4 => Kernel(parameter.Shape, random),
                "weight" => Uniform(parameter.Shape, random, low: 0.5f, high: 1.5f),
                _ => Uniform(parameter.Shape, random, low: -0.5f, high: 0.5f),
            };
    }

    private static Tensor Kernel(Shape shape, Random random)
    {
        float bound = MathF.Sqrt(3f / (shape[1] * shape[2] * shape[3]));
        return Uniform(shape, random, -bound, bound);
    }

    private static Tensor Uniform(Shape shape, Random random, float low, float high)
    {
        var tensor = new Tensor(shape);
        foreach (ref float value in tensor.Span) value = low + (high - low) * random.NextSingle();
        return tensor;
    }
}
