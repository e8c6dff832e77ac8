using Akimbo.Tensors;

namespace Akimbo.Training.Losses;

/// <summary>What losses check before they read a batch.</summary>
internal static class LossTensors
{
    /// <summary>Refuses a tensor of another shape.</summary>
    public static void Require(Tensor tensor, Shape expected, string what)
    {
        if (tensor.Shape != expected) throw new ArgumentException($"The {what} has shape {tensor.Shape}; expected {expected}.");
    }

    /// <summary>Refuses outputs that are not maps, or gradients that do not fit them.</summary>
    public static void RequireMaps(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> gradients)
    {
        if (outputs.Count == 0 || outputs.Count != gradients.Count)
            throw new ArgumentException($"There are {outputs.Count} outputs and {gradients.Count} gradients; expected as many of both, and one at least.");
        for (int i = 0; i < outputs.Count; i++)
        {
            if (outputs[i].Shape.Rank != 4 || outputs[i].Shape.ElementCount == 0) throw new ArgumentException($"Output {i} has shape {outputs[i].Shape}; expected [N, K, H, W], not empty.");
            Require(gradients[i], outputs[i].Shape, $"gradient of output {i}");
        }
    }
}
