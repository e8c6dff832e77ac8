using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Weights;

/// <summary>Fills a network's parameters from a state dict, strictly: every name and every shape must fit.</summary>
public static class WeightLoading
{
    /// <summary>How many of a network's parameters a state dict has, by name and shape, under the prefix and naming that fit best.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tensors">The state dict.</param>
    public static int CountMatches(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var names = CheckpointNames.Of(network, tensors);
        return network.Parameters.Count(parameter => tensors.TryGetValue(names.Of(parameter), out var found) && found.Shape == parameter.Shape);
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
    /// is recognised, and so are the network's <see cref="Network.Namings"/>. Either all parameters are filled or none.
    /// </summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="tensors">The state dict.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ModelWeightsException">The weights belong to another network.</exception>
    public static void Load(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors, string source)
    {
        var parameters = network.Parameters;
        var names = CheckpointNames.Of(network, tensors);
        var known = parameters.Select(names.Of).ToHashSet();

        var missing = parameters.Where(parameter => !parameter.IsOptional && !tensors.ContainsKey(names.Of(parameter))).Select(parameter => parameter.Name).ToList();
        var unexpected = tensors.Keys.Where(name => !known.Contains(name)).Select(names.Own).ToList();
        var misshapen = (from parameter in parameters
                         where tensors.ContainsKey(names.Of(parameter))
                         let found = tensors[names.Of(parameter)].Shape
                         where found != parameter.Shape
                         select $"{parameter.Name} is {found}, expected {parameter.Shape}").ToList();
        if (missing.Count + unexpected.Count + misshapen.Count > 0)
            throw new ModelWeightsException(source, network.Name, missing, unexpected, misshapen);

        foreach (var parameter in parameters)
            parameter.Value = tensors.TryGetValue(names.Of(parameter), out var stored) ? stored.ToTensor() : new Tensor(parameter.Shape);
    }
}
