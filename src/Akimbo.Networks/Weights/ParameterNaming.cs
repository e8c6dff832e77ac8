namespace Akimbo.Networks.Weights;

/// <summary>
/// Another library's names for a network's parameters: each name has its beginning replaced by the first rule that fits.
/// A rule whose beginning is empty fits every name.
/// </summary>
/// <param name="Library">Whose names they are: <c>mmpose</c>.</param>
/// <param name="Rules">Beginnings of the network's names, and what the library has in their place.</param>
public sealed record ParameterNaming(string Library, IReadOnlyList<(string Beginning, string Replacement)> Rules)
{
    /// <summary>The network's own names.</summary>
    internal static ParameterNaming Own { get; } = new("", []);

    /// <summary>The library's name for a parameter.</summary>
    /// <param name="name">The network's name for it.</param>
    public string Translate(string name)
    {
        foreach (var (beginning, replacement) in Rules)
            if (name.StartsWith(beginning, StringComparison.Ordinal)) return replacement + name[beginning.Length..];
        return name;
    }
}
