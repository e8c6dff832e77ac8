namespace Akimbo.Cli;

/// <summary>The command line asks for something that cannot be done; the message is one line for its writer.</summary>
internal sealed class UsageException(string message) : Exception(message);
