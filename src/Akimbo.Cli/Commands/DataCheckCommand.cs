using System.CommandLine;
using Akimbo.Cli.Data;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data check</c>: what is wrong with a data set.</summary>
internal static class DataCheckCommand
{
    /// <summary>The command with its argument and options.</summary>
    public static Command Create()
    {
        var source = new DataSource();
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the findings as JSON too." };
        var command = new Command("check", "Find errors in the annotations: sides swapped, keypoints outside, people and pictures twice, files missing.");
        source.AddTo(command);
        command.Add(json);
        command.SetAction(parsed => DataCheck.Run(source.Open(parsed), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }
}
