namespace Akimbo.Training;

/// <summary>The data cannot be trained on; the message names the file.</summary>
public sealed class TrainingDataException : Exception
{
    /// <summary>Describes what is wrong with the data.</summary>
    /// <param name="message">What came and what was expected.</param>
    /// <param name="innerException">The error that led to this one, if any.</param>
    public TrainingDataException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    internal static TrainingDataException About(string path, Exception exception) =>
        new(exception.Message.Contains(path, StringComparison.Ordinal) ? exception.Message : $"{path}: {exception.Message}", exception);
}
