using System.Diagnostics;

namespace Akimbo.Cli.Tests;

/// <summary>The command as a process of its own, run by a shell.</summary>
internal static class CommandProcess
{
    /// <summary>Runs a command line in which <c>./akimbo</c> stands for the program under test.</summary>
    public static (int ExitCode, string Output, string Error) Run(string commandLine, string folder)
    {
        string program = $"dotnet '{typeof(AkimboCommand).Assembly.Location}'";
        var start = new ProcessStartInfo("bash", ["-c", commandLine.Replace("./akimbo", program, StringComparison.Ordinal)])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error);
    }
}
