using System.CommandLine;
using Akimbo.Cli.Models;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo models</c>: what is in the catalog.</summary>
internal static class ModelsCommand
{
    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write a JSON array instead of a table." };
        var command = new Command("models", "List the models that are known by name, with their sizes.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json)) CatalogList.WriteJson(parsed.InvocationConfiguration.Output);
            else CatalogList.WriteTable(parsed.InvocationConfiguration.Output);
        });
        return command;
    }
}
