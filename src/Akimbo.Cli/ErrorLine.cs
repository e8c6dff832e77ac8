namespace Akimbo.Cli;

/// <summary>Errors as the command shows them: one line, <c>akimbo: what is wrong</c>.</summary>
internal static class ErrorLine
{
    /// <summary>The environment variable that adds the stack trace when it is 1.</summary>
    public const string DebugVariable = "AKIMBO_DEBUG";

    private static bool IsDebugging => Environment.GetEnvironmentVariable(DebugVariable) == "1";

    /// <summary>Writes a message.</summary>
    public static void Write(TextWriter error, string message) =>
        error.WriteLine("akimbo: " + string.Join(' ', message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>Writes what an exception says, after the thing it is about unless the message names that itself.</summary>
    public static void Write(TextWriter error, Exception exception, string? subject = null)
    {
        string message = exception.Message;
        Write(error, subject is null || message.Contains(subject, StringComparison.Ordinal) ? message : $"{subject}: {message}");
        if (IsDebugging) error.WriteLine(exception);
    }
}
