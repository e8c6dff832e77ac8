using Akimbo.Codecs;
using Akimbo.Models.LitePose;
using Akimbo.Networks.Weights;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;
using Akimbo.Tensors.Text;

namespace Akimbo.Models;

/// <summary>The models that Akimbo knows by name.</summary>
public static class ModelCatalog
{
    /// <summary>The names that <see cref="Create"/> takes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["lite-pose"];

    /// <summary>Makes a model without weights.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ArgumentException">There is no such model; the message names the nearest.</exception>
    public static PoseModel Create(string name) => name switch
    {
        "lite-pose" => new PoseModel
        {
            Name = name,
            Network = new LitePose.LitePose(),
            Skeleton = CrowdPose14.Skeleton,
            InputSize = new InputSizeRule(shortSide: 448, multiple: 64),
            Normalisation = Normalisation.ImageNet,
            Decoder = new LitePoseDecoder(CrowdPose14.Skeleton, AssociativeEmbeddingOptions.LitePose),
        },
        _ => throw new ArgumentException($"There is no model '{name}'; there are {string.Join(", ", Names)}.{NearestNames.Suggest(name, Names)}", nameof(name)),
    };

    /// <summary>Makes the model that weights belong to, by the names of their tensors.</summary>
    /// <param name="tensors">The state dict.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="ModelWeightsException">The weights fit no model; the differences to the nearest are listed.</exception>
    public static PoseModel CreateFor(IReadOnlyDictionary<string, StoredTensor> tensors, string source)
    {
        var nearest = Names.Select(Create).MaxBy(model => model.Network.CountMatches(tensors))!;
        nearest.Network.Load(tensors, source);
        return nearest;
    }
}
