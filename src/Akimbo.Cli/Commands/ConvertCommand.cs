using System.CommandLine;
using Akimbo.Cli.Models;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo convert</c>: from a published checkpoint to a model file.</summary>
internal static class ConvertCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var checkpoint = new Argument<string>("IN") { Description = "A PyTorch checkpoint (.pth, .pt, .pth.tar) or safetensors." };
        var model = new Option<string?>("--model", "-m") { HelpName = "NAME", Description = "The model, one of akimbo models; told from the weights when left out." };
        var output = new Option<string?>("--out", "-o") { HelpName = "FILE", Description = "The model file; IN with the extension .akimbo when left out." };
        var half = new Option<bool>("--half") { Description = "Keep the weights as float16: half the space, computed with as float32 all the same." };

        var command = new Command("convert", "Turn a checkpoint into a model file, which carries all that predict needs.") { checkpoint, model, output, half };
        command.SetAction(parsed => ConversionReport.Convert(
            parsed.GetRequiredValue(checkpoint), parsed.GetValue(model), parsed.GetValue(output), parsed.GetValue(half), parsed.InvocationConfiguration.Output));
        return command;
    }
}
