namespace Akimbo.Imaging;

/// <summary>A picture file is broken, truncated, too large or of a kind that is not supported; the message names the file and what was wrong.</summary>
public sealed class ImageFormatException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public ImageFormatException()
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">What is wrong with which file.</param>
    public ImageFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and its cause.</summary>
    /// <param name="message">What is wrong with which file.</param>
    /// <param name="innerException">The cause.</param>
    public ImageFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
