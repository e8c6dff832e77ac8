using System.Text;
using Akimbo.Tensors.Text;

namespace Akimbo.Networks.Weights;

/// <summary>Weights that do not fit a network: everything that differs, in one message.</summary>
public sealed class ModelWeightsException : Exception
{
    private const int MostNamesShown = 12;

    /// <summary>Reports the differences.</summary>
    /// <param name="source">The file the weights came from.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="missing">Parameters the weights lack.</param>
    /// <param name="unexpected">Names the network does not have.</param>
    /// <param name="misshapen">Parameters of another shape: name, found, expected.</param>
    /// <param name="hint">A sentence that may help, such as what would fit; null for none.</param>
    public ModelWeightsException(
        string source, string network, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen, string? hint = null)
        : base(Describe(source, network, missing, unexpected, misshapen) + (hint is null ? "" : $"\n  {hint}"))
    {
        Missing = missing;
        Unexpected = unexpected;
        Misshapen = misshapen;
    }

    /// <summary>Parameters the weights lack, as the weights would name them after the prefix all names share.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Names the network does not have, without the prefix all names share.</summary>
    public IReadOnlyList<string> Unexpected { get; }

    /// <summary>Parameters of another shape, each with what was found and what was expected.</summary>
    public IReadOnlyList<string> Misshapen { get; }

    private static string Describe(string source, string network, IReadOnlyList<string> missing, IReadOnlyList<string> unexpected, IReadOnlyList<string> misshapen)
    {
        var text = new StringBuilder($"{source} does not fit {network}: {missing.Count} missing, {unexpected.Count} unexpected, {misshapen.Count} of another shape.");
        Append(text, "missing", missing, unexpected);
        Append(text, "unexpected", unexpected, missing);
        Append(text, "shape", misshapen, []);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string heading, IReadOnlyList<string> names, IReadOnlyList<string> candidates)
    {
        foreach (string name in names.Take(MostNamesShown))
        {
            text.Append($"\n  {heading}: {name}");
            var nearest = NearestNames.Find(name, candidates, count: 1);
            if (nearest.Count > 0) text.Append($" (nearest: {nearest[0]})");
        }

        if (names.Count > MostNamesShown) text.Append($"\n  {heading}: … and {names.Count - MostNamesShown} more");
    }
}
