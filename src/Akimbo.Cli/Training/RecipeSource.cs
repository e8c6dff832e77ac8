using Akimbo.Training.Recipes;

namespace Akimbo.Cli.Training;

/// <summary>A recipe as the command line names it: a file, changes of it, and the folder of its data.</summary>
internal static class RecipeSource
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="changes">Keys and values that stand in for the file's.</param>
    /// <param name="data">The folder of the data; null for the recipe's.</param>
    public static Recipe Load(string path, IReadOnlyList<string> changes, string? data) =>
        RecipeFile.Load(path, data is null ? changes : [.. changes, $"data.root={data}"]);

    /// <summary>Whether a word is a change of a recipe.</summary>
    public static bool IsChange(string? word) => word?.Contains('=', StringComparison.Ordinal) == true;
}
