namespace Akimbo.Datasets;

/// <summary>A file of a data set is damaged, or is something else.</summary>
public sealed class DatasetFormatException : FormatException
{
    /// <summary>Describes what is wrong with a file.</summary>
    /// <param name="file">The file's path, or the name its content was given.</param>
    /// <param name="problem">What was found and what was expected, as sentences.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public DatasetFormatException(string file, string problem, Exception? innerException = null)
        : base($"{file}: {problem}", innerException)
    {
    }
}
