using System.CommandLine;
using Akimbo.Cli.Summary;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo summary</c>: what a network consists of.</summary>
internal static class SummaryCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = ModelArgument.Description };
        var weights = new Option<string?>("--weights", "-w") { HelpName = "FILE", Description = "Weights, to check that they fit the model." };
        var size = new Option<string?>("--size") { HelpName = "WxH", Description = "The size of the input in pixels; the model's own when left out." };
        var svg = new Option<string?>("--svg") { HelpName = "FILE", Description = "Draw the architecture." };
        var depth = new Option<int?>("--depth") { HelpName = "D", Description = "How many names of a module's path the drawing shows at most; what stays readable when left out." };
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        depth.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError("--depth must be 1 or more.");
        });

        var command = new Command("summary", "Show the layers of a model: shapes, parameters, multiply-adds, memory.") { model, weights, size, svg, depth, json };
        command.SetAction(parsed => SummaryRun.Run(
            parsed.GetRequiredValue(model), parsed.GetValue(weights), ModelArgument.ParseSize(parsed.GetValue(size)),
            parsed.GetValue(svg), parsed.GetValue(depth), parsed.GetValue(json), parsed.InvocationConfiguration.Output));
        return command;
    }
}
