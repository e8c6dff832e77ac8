using System.CommandLine;
using Akimbo.Cli.Diagnostics;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo doctor</c>: what this machine has, and what to install.</summary>
internal static class DoctorCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("doctor", "Show the runtime, the processor and the system libraries in use, and what is missing.");
        command.SetAction(parsed => SystemReport.Write(parsed.InvocationConfiguration.Output));
        return command;
    }
}
