using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>Makes a network and fills it: from a model file, or from a checkpoint of a model of the catalog.</summary>
public static class ModelLoader
{
    /// <summary>Loads a file.</summary>
    /// <param name="path">A model file, safetensors or PyTorch checkpoint.</param>
    /// <param name="name">A name of <see cref="ModelCatalog"/>; null to take it from the file or tell it by the tensors' names.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="CheckpointFormatException">The file is no checkpoint, or is damaged.</exception>
    /// <exception cref="ModelWeightsException">The weights do not fit; the message lists what differs.</exception>
    /// <exception cref="ArgumentException">There is no model of that name.</exception>
    public static (PoseModel Model, Network Network) Load(string path, string? name = null)
    {
        var (model, network, match) = Match(path, name);
        network.Fill(match);
        return (model, network);
    }

    /// <summary>Finds the model and the tensors of all its parameters, without converting them.</summary>
    internal static (PoseModel Model, Network Network, WeightMatch Match) Match(string path, string? name)
    {
        var named = name is null ? null : ModelCatalog.Create(name);
        var tensors = CheckpointFile.LoadTensors(path, out var metadata);
        var model = named ?? ModelFile.Describe(metadata, path) ?? Guess(tensors);
        var network = model.Architecture.CreateNetwork();
        return (model, network, network.Match(tensors, path));
    }

    /// <summary>The model of the catalog that has most of the tensors, by name and shape, and fewest others.</summary>
    /// <param name="tensors">A state dict.</param>
    public static PoseModel Guess(IReadOnlyDictionary<string, StoredTensor> tensors) =>
        ModelCatalog.Names.Select(ModelCatalog.Create).MaxBy(model => Fit(model, tensors))!;

    private static double Fit(PoseModel model, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        var network = model.Architecture.CreateNetwork();
        int matches = network.CountMatches(tensors);
        return matches / (double)(network.Parameters.Count + tensors.Count - matches);
    }
}
