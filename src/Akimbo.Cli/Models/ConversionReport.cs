using System.Globalization;
using Akimbo.Models;

namespace Akimbo.Cli.Models;

/// <summary>A conversion, and what is said about it.</summary>
internal static class ConversionReport
{
    private const string Extension = ".akimbo";
    private static readonly string[] Archives = [".pth.tar", ".pt.tar"];

    /// <summary>Converts a checkpoint and says what was matched.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="model">The model's name; null to tell it from the tensors.</param>
    /// <param name="target">The model file; null for the checkpoint's name with another extension.</param>
    /// <param name="halfPrecision">Whether weights are kept as float16.</param>
    /// <param name="output">Where it is said.</param>
    public static void Convert(string checkpoint, string? model, string? target, bool halfPrecision, TextWriter output)
    {
        target ??= DefaultTarget(checkpoint);
        var conversion = ModelFile.Convert(checkpoint, model, target, halfPrecision);
        Write(conversion, checkpoint, target, output);

        var others = ModelLoader.OthersOfTheNetwork(conversion.Model);
        if (model is null && others.Count > 0)
            output.WriteLine($"The weights fit {string.Join(" and ", others)} as well; --model chooses.");
    }

    /// <summary>The checkpoint's path with the extension of model files: <c>best.pth.tar</c> becomes <c>best.akimbo</c>.</summary>
    public static string DefaultTarget(string checkpoint)
    {
        string? archive = Archives.FirstOrDefault(ending => checkpoint.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return archive is null ? Path.ChangeExtension(checkpoint, Extension) : checkpoint[..^archive.Length] + Extension;
    }

    private static void Write(ModelFile.Conversion conversion, string checkpoint, string target, TextWriter output)
    {
        var (model, match) = (conversion.Model, conversion.Match);
        int stored = match.Tensors.Count(entry => entry.Stored is not null);
        long parameters = match.Tensors.Where(entry => !entry.Parameter.IsBuffer).Sum(entry => entry.Parameter.Shape.ElementCount);
        Line("model", $"{model.Name}: {model.Description}");
        Line("network", $"{conversion.NetworkName}, {parameters:N0} parameters");
        Line("tensors", $"{stored} of {match.Tensors.Count}{Names(match.Library, match.Prefix)}");
        Line("source", $"{Path.GetFileName(checkpoint)}, SHA-256 {conversion.SourceSha256}");
        Line("wrote", $"{target}, {new FileInfo(target).Length / 1e6:0.0} MB");

        void Line(string what, FormattableString text) => output.WriteLine($"{what,-8} {text.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Names(string library, string prefix) =>
        (library.Length == 0 ? ", the original's names" : $", names of {library}") + (prefix.Length == 0 ? "" : $" after '{prefix}'");
}
