using Akimbo.Networks.Inference;
using Akimbo.Tensors;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Testing;

namespace Akimbo.Networks.Tests.Inference;

/// <summary>What runs must be what the operations define.</summary>
internal static class DefinitionAssert
{
    /// <summary>Compiles for every vector width and pool, and compares all outputs with <see cref="Graph.Evaluate"/>.</summary>
    public static void RunsAsDefined(Network network, WorkerPools pools, double tolerance, params IEnumerable<Tensor> inputs) =>
        RunsAs(network, pools, tolerance, [.. inputs.Select(input => (input, network.Trace(input.Shape).Evaluate(input)))]);

    /// <summary>Compiles for every vector width and pool, and compares all outputs with given ones.</summary>
    public static void RunsAs(Network network, WorkerPools pools, double tolerance, params IReadOnlyList<(Tensor Input, IReadOnlyList<Tensor> Expected)> cases)
    {
        foreach (var path in SimdPaths.Supported)
            foreach (var pool in pools.All)
            {
                var compiled = new CompiledNetwork(network, pool, path);
                foreach (var (input, expected) in cases)
                {
                    compiled.Run(NotNumbers(input.Shape));
                    Equal(expected, compiled.Run(input), tolerance, $"{network.Name}, {path}, {pool.ThreadCount} threads, {input.Shape}");
                }
            }
    }

    /// <summary>Compares outputs one by one: shapes are equal, values within a relative error.</summary>
    public static void Equal(IReadOnlyList<Tensor> expected, IReadOnlyList<Tensor> actual, double tolerance, string where)
    {
        Assert.Equal(expected.Select(tensor => tensor.Shape), actual.Select(tensor => tensor.Shape));
        for (int i = 0; i < expected.Count; i++)
        {
            double error = RelativeError.Of(actual[i], expected[i]);
            Assert.True(error <= tolerance, $"Output {i} differs by {error:g3} from what is expected: {where}.");
        }
    }

    /// <summary>A run with it fills all memory between the steps with values that show wherever they are read again.</summary>
    private static Tensor NotNumbers(Shape shape)
    {
        var tensor = new Tensor(shape);
        tensor.Span.Fill(float.NaN);
        return tensor;
    }
}
