namespace Akimbo.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Success = 0;

    /// <summary>The run finished, but some of the images could not be done.</summary>
    public const int SomeFailed = 1;

    /// <summary>Nothing was done: the command line, the weights or the sources are wrong.</summary>
    public const int NothingDone = 2;

    /// <summary>The run was stopped by Ctrl-C (128 + SIGINT, as shells have it).</summary>
    public const int Interrupted = 130;
}
