using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>Makes a network and fills it: from a model file, or from a checkpoint of a model of the catalog.</summary>
public static class ModelLoader
{
    private const double NegligibleFit = 0.1;

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
        try
        {
            return (model, network, network.Match(tensors, path));
        }
        catch (ModelWeightsException exception)
        {
            throw new ModelWeightsException(path, network.Name, exception.Missing, exception.Unexpected, exception.Misshapen,
                hint: Describe(RankFits(tensors)[0]));
        }
    }

    /// <summary>The model of the catalog that has most of the tensors, by name and shape, and fewest others.</summary>
    /// <param name="tensors">A state dict.</param>
    public static PoseModel Guess(IReadOnlyDictionary<string, StoredTensor> tensors) => RankFits(tensors)[0].Model;

    /// <summary>How well a state dict fits each model of the catalog, best first, and in the catalog's order where they fit equally.</summary>
    /// <param name="tensors">A state dict.</param>
    public static IReadOnlyList<ModelFit> RankFits(IReadOnlyDictionary<string, StoredTensor> tensors) =>
    [
        .. ModelCatalog.Names.Select(name => ModelFit.Of(ModelCatalog.Create(name), tensors))
            .OrderByDescending(fit => fit.Shapes).ThenByDescending(fit => fit.Names),
    ];

    /// <summary>
    /// The other models of the catalog that have the same network, so that the same weights fit them: they differ in the input's
    /// size or in how it is used, which weights do not tell.
    /// </summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<string> OthersOfTheNetwork(PoseModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var parameters = Parameters(model);
        return [.. ModelCatalog.Names.Where(name => name != model.Name && Parameters(ModelCatalog.Create(name)).SequenceEqual(parameters))];

        static List<(string, Shape)> Parameters(PoseModel model) =>
            [.. model.Architecture.CreateNetwork().Parameters.Select(parameter => (parameter.Name, parameter.Shape))];
    }

    private static string Describe(ModelFit best) => best.Names < NegligibleFit
        ? FormattableString.Invariant($"No model of the catalog has as much as {100 * NegligibleFit} % of these names.")
        : $"The model of the catalog that comes nearest is {best}.";
}
