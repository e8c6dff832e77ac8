namespace Akimbo.Cli;

/// <summary>Errors as the command shows them: one line, <c>akimbo: what is wrong</c>.</summary>
internal static class ErrorLine
{
    private const string Prefix = "akimbo: ";

    // Adds the stack trace when it is 1.
    private const string DebugVariable = "AKIMBO_DEBUG";

    /// <summary>Writes a message, brought into one line.</summary>
    public static void Write(TextWriter error, string message) => error.WriteLine(Prefix + string.Join(' ', Lines(message)));

    /// <summary>Writes in one line what an exception says about one of many things, which it names unless the message does.</summary>
    public static void Write(TextWriter error, Exception exception, string subject)
    {
        string message = Message(exception);
        Write(error, message.Contains(subject, StringComparison.Ordinal) ? message : $"{subject}: {message}");
        WriteTrace(error, exception);
    }

    /// <summary>Writes why nothing was done: one line, and below it, indented, the list that some exceptions bring.</summary>
    public static void WriteFatal(TextWriter error, Exception exception)
    {
        error.WriteLine(Prefix + string.Join("\n  ", Lines(Message(exception))));
        WriteTrace(error, exception);
    }

    // Users of the command know no parameter names.
    private static string Message(Exception exception) => exception is ArgumentException { ParamName: { } name }
        ? exception.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal)
        : exception.Message;

    private static string[] Lines(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static void WriteTrace(TextWriter error, Exception exception)
    {
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1") error.WriteLine(exception);
    }
}
