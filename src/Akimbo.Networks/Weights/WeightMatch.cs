using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Weights;

/// <summary>A state dict that fits a network.</summary>
/// <param name="Prefix">What wrappers left before every name; often empty.</param>
/// <param name="Library">Whose parameter names they are; empty for the network's own.</param>
/// <param name="Tensors">Every parameter that is filled, in the network's order, with its tensor; null for optional ones the state dict lacks.</param>
public sealed record WeightMatch(string Prefix, string Library, IReadOnlyList<(Parameter Parameter, StoredTensor? Stored)> Tensors);
