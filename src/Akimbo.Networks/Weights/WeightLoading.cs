using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Networks.Weights;

/// <summary>Fills a network's parameters from a state dict, strictly: every name and every shape must fit.</summary>
public static class WeightLoading
{
    /// <summary>How many of a network's parameters a state dict has, by name and shape, under the prefix and naming that fit best.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tensors">The state dict.</param>
    public static int CountMatches(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors) => network.Compare(tensors).Shapes;

    /// <summary>How many of a network's parameters a state dict has by name, and how many of those in the same shape, under the prefix and naming that fit best.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tensors">The state dict.</param>
    public static (int Names, int Shapes) Compare(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var names = CheckpointNames.Of(network, tensors);
        int named = 0, shaped = 0;
        foreach (var parameter in network.Parameters)
        {
            if (!tensors.TryGetValue(names.Of(parameter), out var found)) continue;
            named++;
            if (found.Shape == parameter.Shape) shaped++;
        }

        return (named, shaped);
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
    public static void Load(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors, string source) =>
        network.Fill(network.Match(tensors, source));

    /// <summary>Sets the values of all parameters, which are converted when they are needed; optional ones without a tensor become zero.</summary>
    /// <param name="network">The network to fill.</param>
    /// <param name="match">What <see cref="Match"/> found for it.</param>
    public static void Fill(this Network network, WeightMatch match)
    {
        if (match.Tensors.Count == 0 || !network.Parameters.ToHashSet().IsSupersetOf(match.Tensors.Select(entry => entry.Parameter))) throw new ArgumentException($"The match is for another network than {network.Name}.", nameof(match));
        foreach (var (parameter, stored) in match.Tensors)
        {
            if (stored is null) parameter.Value = new Tensor(parameter.Shape);
            else parameter.FillFrom(stored);
        }
    }

    /// <summary>Finds the tensor of every parameter in a state dict, strictly, as <see cref="Load(Network, IReadOnlyDictionary{string, StoredTensor}, string)"/> does.</summary>
    /// <param name="network">The network.</param>
    /// <param name="tensors">The state dict.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="exceptParts">Parts of the network, by the beginning of their parameters' names up to a dot, that are left out whatever the state dict has of them.</param>
    /// <exception cref="ModelWeightsException">The weights belong to another network.</exception>
    /// <exception cref="ArgumentException">The network has no such part.</exception>
    public static WeightMatch Match(this Network network, IReadOnlyDictionary<string, StoredTensor> tensors, string source, IReadOnlyList<string>? exceptParts = null)
    {
        exceptParts ??= [];
        foreach (string part in exceptParts)
            if (!network.Parameters.Any(parameter => parameter.IsIn(part))) throw new ArgumentException($"{network.Name} has no parameter in the part '{part}'.", nameof(exceptParts));
        var names = CheckpointNames.Of(network, tensors);
        var leftOut = network.Parameters.Where(parameter => exceptParts.Any(parameter.IsIn)).Select(names.Of).ToHashSet();
        var expected = network.Parameters.Where(parameter => !exceptParts.Any(parameter.IsIn)).ToDictionary(names.Of);

        var missing = expected.Where(entry => !entry.Value.IsOptional && !tensors.ContainsKey(entry.Key)).Select(entry => names.WithoutPrefix(entry.Key)).ToList();
        var unexpected = tensors.Keys.Where(name => !expected.ContainsKey(name) && !leftOut.Contains(name)).Select(names.WithoutPrefix).ToList();
        var misshapen = (from entry in expected
                         where tensors.ContainsKey(entry.Key)
                         let found = tensors[entry.Key].Shape
                         where found != entry.Value.Shape
                         select $"{names.WithoutPrefix(entry.Key)} is {found}, expected {entry.Value.Shape}").ToList();
        if (missing.Count + unexpected.Count + misshapen.Count > 0)
            throw new ModelWeightsException(source, network.Name, missing, unexpected, misshapen);

        return new WeightMatch(names.Prefix, names.Naming.Library, [.. expected.Select(entry => (entry.Value, tensors.GetValueOrDefault(entry.Key)))]);
    }
}
