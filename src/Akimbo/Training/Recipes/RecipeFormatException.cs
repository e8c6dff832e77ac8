namespace Akimbo.Training.Recipes;

/// <summary>A recipe cannot be used; the message names the file and the key.</summary>
public sealed class RecipeFormatException : FormatException
{
    /// <summary>Describes what is wrong with a recipe.</summary>
    /// <param name="source">The recipe's file.</param>
    /// <param name="problem">What was found and what was expected, as sentences.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public RecipeFormatException(string source, string problem, Exception? innerException = null) : base($"{source}: {problem}", innerException)
    {
    }
}
