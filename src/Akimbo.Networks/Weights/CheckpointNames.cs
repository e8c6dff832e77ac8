using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Weights;

/// <summary>How a state dict names a network's parameters: a prefix that wrappers left, and whose naming comes after it.</summary>
/// <param name="Prefix">What stands before every name; empty for none.</param>
/// <param name="Naming">How the rest is spelled.</param>
internal sealed record CheckpointNames(string Prefix, ParameterNaming Naming)
{
    private static readonly string[] Prefixes = ["", "module.", "model.", "model.module."];

    /// <summary>The prefix and naming under which most of the network's parameters are found.</summary>
    public static CheckpointNames Of(Network network, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var candidates = from naming in network.Namings.Prepend(ParameterNaming.Own)
                         from prefix in Prefixes
                         select new CheckpointNames(prefix, naming);
        return candidates.MaxBy(names => network.Parameters.Count(parameter => tensors.ContainsKey(names.Of(parameter))))!;
    }

    /// <summary>A parameter's name in the state dict.</summary>
    public string Of(Parameter parameter) => Prefix + Naming.Translate(parameter.Name);

    /// <summary>A name of the state dict without the prefix, for messages.</summary>
    public string WithoutPrefix(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
