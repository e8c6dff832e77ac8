using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>How well a state dict fits a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Names">The share of the names of both that both have, 0 to 1.</param>
/// <param name="Shapes">The share of the names of both that both have with the same shape, 0 to 1.</param>
public sealed record ModelFit(PoseModel Model, double Names, double Shapes)
{
    /// <summary>Compares a state dict with a model's network, under the prefix and naming that fit best.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensors">The state dict.</param>
    public static ModelFit Of(PoseModel model, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(model);
        var network = model.Architecture.CreateNetwork();
        var (names, shapes) = network.Compare(tensors);
        double all = network.Parameters.Count + tensors.Count - names;
        return new ModelFit(model, names / all, shapes / all);
    }

    /// <summary>The comparison in a sentence, without its full stop.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Model.Name}, of which {Percent(Names)} % of the names fit and {Percent(Shapes)} % of the names with their shapes");

    // One name that differs must not look like none.
    private static double Percent(double share) => Math.Floor(share * 1000) / 10;
}
