using Akimbo.Models;
using Akimbo.Networks;

namespace Akimbo.Cli;

/// <summary>A model as the command line names it: by its name in the catalog, or by a file that holds it.</summary>
internal static class ModelArgument
{
    /// <summary>What help says about the argument.</summary>
    public const string Description = "A model of the catalog, such as lite-pose, or a file with weights.";

    private const int MostPixels = 8192;

    /// <summary>The model and its network; without a file, the network has no weights.</summary>
    /// <param name="argument">A name of the catalog or a file.</param>
    /// <param name="weights">The weights of a named model; null for none.</param>
    /// <exception cref="UsageException">There are two files.</exception>
    public static (PoseModel Model, Network Network) Load(string argument, string? weights)
    {
        if (!ModelCatalog.Names.Contains(argument) && File.Exists(argument))
            return weights is null ? ModelLoader.Load(argument) : throw new UsageException($"{argument} is a file with weights already; leave out --weights.");
        if (weights is not null) return ModelLoader.Load(weights, argument);
        var model = ModelCatalog.Create(argument);
        return (model, model.Architecture.CreateNetwork());
    }

    /// <summary>Reads a size such as 640x448, columns first.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static (int Width, int Height)? ParseSize(string? text)
    {
        if (text is null) return null;
        return text.Split('x', 'X', '×') is [var columns, var rows] && int.TryParse(columns, out int width) && int.TryParse(rows, out int height)
            && width is > 0 and <= MostPixels && height is > 0 and <= MostPixels
            ? (width, height)
            : throw new UsageException($"--size {text} is no size; expected columns x rows, 1 to {MostPixels} each, such as 640x448.");
    }
}
