using System.CommandLine;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data</c>: what can be done with a data set before training.</summary>
internal static class DataCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("data", "Check, convert, extend and look at data sets of annotated people.")
    {
        DataCheckCommand.Create(), DataConvertCommand.Create(), DataPreviewCommand.Create(), DataLabelCommand.Create(),
    };
}
