namespace Akimbo.Tensors.Serialization;

/// <summary>A file of tensors is damaged, is of another kind, or holds something that is deliberately not read.</summary>
public sealed class CheckpointFormatException : FormatException
{
    /// <summary>Describes what is wrong with a file.</summary>
    /// <param name="file">The file's path, or the name its bytes were given.</param>
    /// <param name="problem">What was found and what was expected, as sentences.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public CheckpointFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
        File = file;
        Problem = problem;
    }

    /// <summary>The file's path, or the name its bytes were given.</summary>
    public string File { get; }

    /// <summary>What was found and what was expected.</summary>
    public string Problem { get; }
}
