using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Weights;

/// <summary>Fills a network's parameters from a state dict, strictly: every name and every shape must fit.</summary>
public static class WeightLoading
{
    private static readonly string[] Prefixes = ["", "module.", "model.", "model.module."];

    /// <summary>How many of a network's parameters a state dict has, by name and shape, under the prefix that fits best.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tensors">The state dict.</param>
    public static int CountMatches(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        string prefix = PrefixOf(network, tensors);
        return network.Parameters.Count(parameter => tensors.TryGetValue(prefix + parameter.Name, out var found) && found.Shape == parameter.Shape);
    }

    /// <summary>Loads a checkpoint file: safetensors, or PyTorch's zip or legacy container.</summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is not a checkpoint, or is damaged.</exception>
    /// <exception cref="ModelWeightsException">The weights belong to another network.</exception>
    public static void Load(this Network network, string path) => network.Load(CheckpointFile.LoadTensors(path), path);

    /// <summary>
    /// Loads a state dict. A prefix that wrappers leave before every name (<c>module.</c>, <c>model.</c>, <c>model.module.</c>)
    /// is recognised. Either all parameters are filled or none.
    /// </summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="tensors">The state dict.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ModelWeightsException">The weights belong to another network.</exception>
    public static void Load(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors, string source)
    {
        var parameters = network.Parameters;
        string prefix = PrefixOf(network, tensors);
        var known = parameters.ToDictionary(parameter => prefix + parameter.Name);

        var missing = parameters.Where(parameter => !parameter.IsOptional && !tensors.ContainsKey(prefix + parameter.Name)).Select(parameter => parameter.Name).ToList();
        var unexpected = tensors.Keys.Where(name => !known.ContainsKey(name))
            .Select(name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name).ToList();
        var misshapen = (from parameter in parameters
                         where tensors.ContainsKey(prefix + parameter.Name)
                         let found = tensors[prefix + parameter.Name].Shape
                         where found != parameter.Shape
                         select $"{parameter.Name} is {found}, expected {parameter.Shape}").ToList();
        if (missing.Count + unexpected.Count + misshapen.Count > 0)
            throw new ModelWeightsException(source, network.Name, missing, unexpected, misshapen);

        foreach (var parameter in parameters)
            parameter.Value = tensors.TryGetValue(prefix + parameter.Name, out var stored) ? stored.ToTensor() : new Tensor(parameter.Shape);
    }

    private static string PrefixOf(Network network, IReadOnlyDictionary<string, StoredTensor> tensors) =>
        Prefixes.MaxBy(prefix => network.Parameters.Count(parameter => tensors.ContainsKey(prefix + parameter.Name)))!;
}
