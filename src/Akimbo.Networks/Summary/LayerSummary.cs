using Akimbo.Tensors;

namespace Akimbo.Networks.Summary;

/// <summary>One operation of a graph in numbers.</summary>
/// <param name="Name">The path of its module; empty for operations without parameters.</param>
/// <param name="Kind">What it does, in PyTorch's word.</param>
/// <param name="Output">The shape of its result.</param>
/// <param name="Parameters">Learned numbers that no operation before it uses.</param>
/// <param name="MultiplyAdds">Multiply-adds of a convolution, 0 for the rest.</param>
/// <param name="ActivationBytes">The memory of its result as float32.</param>
public sealed record LayerSummary(string Name, string Kind, Shape Output, long Parameters, long MultiplyAdds, long ActivationBytes);
