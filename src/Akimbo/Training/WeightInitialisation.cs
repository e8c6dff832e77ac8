using Akimbo.Networks;
using Akimbo.Tensors;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>Gives a network its first weights, by a seed alone.</summary>
internal static class WeightInitialisation
{
    private const uint Stream = 4;
    private const double SmallDeviation = 0.001;

    /// <summary>Sets every parameter and buffer.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rule">How convolutions begin; BatchNorms begin as the identity in any case.</param>
    /// <param name="seed">The seed of the run.</param>
    public static void Initialise(this Network network, Initialisation rule, ulong seed)
    {
        var byName = network.Parameters.ToDictionary(parameter => parameter.Name);
        for (int i = 0; i < network.Parameters.Count; i++)
        {
            Parameter parameter = network.Parameters[i];
            var value = new Tensor(parameter.Shape);
            int dot = parameter.Name.LastIndexOf('.');
            string scope = parameter.Name[..(dot + 1)], name = parameter.Name[(dot + 1)..];
            if (name == "running_var" || (name == "weight" && byName.ContainsKey($"{scope}running_var"))) value.Span.Fill(1);
            else if (!parameter.IsBuffer && byName.TryGetValue($"{scope}weight", out Parameter? kernel) && kernel.Shape.Rank == 4)
                Fill(value, kernel.Shape, isBias: name == "bias", rule, new CounterRandom(seed, sample: (uint)i, stream: Stream));
            parameter.Value = value;
        }
    }

    private static void Fill(Tensor value, Shape kernel, bool isBias, Initialisation rule, CounterRandom random)
    {
        if (rule == Initialisation.SmallNormal)
        {
            if (isBias) return;
            foreach (ref float element in value.Span) element = (float)(SmallDeviation * random.NextNormal());
            return;
        }

        // kaiming_uniform with a = √5, and the same bound for the bias: one over the root of the inputs of each sum.
        double bound = 1 / Math.Sqrt((double)kernel[1] * kernel[2] * kernel[3]);
        foreach (ref float element in value.Span) element = (float)random.NextDouble(-bound, bound);
    }
}
