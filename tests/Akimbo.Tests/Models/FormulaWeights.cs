using System.Text;
using Akimbo.Networks;
using Akimbo.Tensors;

namespace Akimbo.Tests.Models;

/// <summary>
/// Weights and inputs that a formula gives, so that full-size networks can be compared with a reference without storing them:
/// element k of the tensor named n is drawn by SplitMix64 number k + 1 from the FNV-1a hash of n.
/// </summary>
internal static class FormulaWeights
{
    /// <summary>Fills all parameters of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="gain">The deviation of what a convolution without bias makes of inputs of mean 0 and deviation 1.</param>
    public static void Fill(Network network, double gain)
    {
        foreach (var parameter in network.Parameters)
        {
            var (low, high) = Range(parameter, gain);
            parameter.Value = Draw(parameter.Name, parameter.Shape, low, high);
        }
    }

    /// <summary>An input from 0 to 1.</summary>
    public static Tensor Input(Shape shape) => Draw("input", shape, low: 0, high: 1);

    private static (double Low, double High) Range(Parameter parameter, double gain)
    {
        if (parameter.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)) return (7, 7);
        if (parameter.Name.EndsWith("running_mean", StringComparison.Ordinal)) return (-0.2, 0.2);
        if (parameter.Name.EndsWith("running_var", StringComparison.Ordinal)) return (0.5, 1.5);
        if (parameter.Shape is { Rank: 4 } shape)
        {
            double bound = gain * Math.Sqrt(3.0 / ((long)shape[1] * shape[2] * shape[3]));
            return (-bound, bound);
        }

        return parameter.Name.EndsWith(".weight", StringComparison.Ordinal) ? (0.5, 1.5) : (-0.1, 0.1);
    }

    private static Tensor Draw(string name, Shape shape, double low, double high)
    {
        var tensor = new Tensor(shape);
        var values = tensor.Span;
        ulong state = Fnv1a(name);
        for (int k = 0; k < values.Length; k++)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            z ^= z >> 31;
            values[k] = (float)(low + (high - low) * ((z >> 40) / (double)(1 << 24)));
        }

        return tensor;
    }

    private static ulong Fnv1a(string text)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(text)) hash = (hash ^ b) * 0x100000001B3;
        return hash;
    }
}
