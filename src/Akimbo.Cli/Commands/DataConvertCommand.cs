using System.CommandLine;
using Akimbo.Cli.Data;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data convert</c>: from any layout to COCO's.</summary>
internal static class DataConvertCommand
{
    /// <summary>The command with its argument and options.</summary>
    public static Command Create()
    {
        var source = new DataSource();
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Required = true, Description = "The COCO annotation file; it names the pictures relative to its folder." };
        var command = new Command("convert", "Write a data set as a COCO annotation file.");
        source.AddTo(command);
        command.Add(output);
        command.SetAction(parsed => DataConversion.Run(source.Open(parsed), parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output));
        return command;
    }
}
