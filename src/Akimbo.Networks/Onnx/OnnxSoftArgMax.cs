using Akimbo.Networks.Onnx.Format;
using Akimbo.Networks.Operations;

namespace Akimbo.Networks.Onnx;

/// <summary>The nodes of expected positions. No node fixes the batch.</summary>
/// <param name="builder">Where nodes go.</param>
/// <param name="scope">What their names begin with.</param>
internal sealed class OnnxSoftArgMax(OnnxGraphBuilder builder, string scope)
{
    private const long Axis = 2;

    /// <summary>Adds a soft-max of the last dimension and the mean of given positions under it.</summary>
    /// <param name="scores">[N, K, P].</param>
    /// <param name="name">What this mean is called within the scope.</param>
    /// <param name="temperature">What scores are divided by.</param>
    /// <param name="positions">[P, D]: where each score stands.</param>
    /// <param name="dimensions">D.</param>
    /// <param name="output">The name of the mean, [N, K, D]; one is made when null.</param>
    /// <returns>The names of the mean and of the weights, [N, K, P].</returns>
    public (string Mean, string Weights) Mean(string scores, string name, double temperature, ReadOnlySpan<float> positions, int dimensions, string? output = null)
    {
        if (temperature != 1) scores = Node("Div", $"{name}_scores", [scores, builder.Constant($"{scope}.{name}_temperature", [], [(float)temperature])]);
        string weights = Node("Softmax", $"{name}_weights", [scores], AttributeProto.Of("axis", Axis));
        string places = builder.Constant($"{scope}.{name}_positions", [positions.Length / dimensions, dimensions], positions);
        return (builder.Add("MatMul", output ?? builder.Unique($"{scope}.{name}"), [weights, places]), weights);
    }

    /// <summary>Adds the operation of a network.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="maps">[N, K, H, W].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="output">The name of the result, [N, K, 2].</param>
    public void Add(SoftArgMax operation, string maps, int height, int width, string output)
    {
        if (operation.Order == SoftArgMaxOrder.SoftmaxFirst)
        {
            string flat = Node("Reshape", "flat", [maps, Integers("flat_shape", 0, 0, -1)]);
            Mean(flat, "mean", operation.Temperature, Grid(height, width, (x, y) => (x, y)), dimensions: 2, output);
            return;
        }

        string x = Marginal("x", sumOver: 2, width), y = Marginal("y", sumOver: 3, height);
        builder.Add("Concat", output, [x, y], AttributeProto.Of("axis", Axis));

        string Marginal(string axis, long sumOver, int length)
        {
            string sums = Node("ReduceSum", axis + "_sums", [maps, Integers(axis + "_axis", sumOver)], AttributeProto.Of("keepdims", 0));
            float[] places = [.. Enumerable.Range(0, length).Select(i => (float)i)];
            return Mean(sums, axis, operation.Temperature, places, dimensions: 1).Mean;
        }
    }

    /// <summary>[H · W, 2]: a position for every pixel of a map.</summary>
    public static float[] Grid(int height, int width, Func<int, int, (double X, double Y)> positionOf)
    {
        float[] grid = new float[height * width * 2];
        for (int i = 0; i < height * width; i++)
        {
            var (x, y) = positionOf(i % width, i / width);
            (grid[2 * i], grid[2 * i + 1]) = ((float)x, (float)y);
        }

        return grid;
    }

    private string Node(string opType, string name, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeProto> attributes) =>
        builder.Add(opType, builder.Unique($"{scope}.{name}"), inputs, attributes);

    private string Integers(string name, params ReadOnlySpan<long> values) => builder.Constant($"{scope}.{name}", [values.Length], values);
}
