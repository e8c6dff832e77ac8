namespace Akimbo.Cli.Prediction;

/// <summary>One image of a run.</summary>
/// <param name="Path">The file, as it is opened; <c>-</c> is standard input.</param>
/// <param name="Name">The path under the folder it was found in; just the file name for an image given by itself.</param>
internal sealed record ImageSource(string Path, string Name)
{
    /// <summary>The argument that stands for an image on standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Whether the image is read from standard input.</summary>
    public bool IsStandardInput => Path == StandardInput;

    /// <summary>The name without folders, as it stands in results.</summary>
    public string FileName => System.IO.Path.GetFileName(Name);
}
