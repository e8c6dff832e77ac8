using System.CommandLine;
using Akimbo.Cli.Export;
using Akimbo.Export;
using Akimbo.Networks.Onnx;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo export</c>: from a model to ONNX.</summary>
internal static class ExportCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = ModelArgument.Description };
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Description = "The ONNX file to write.", Required = true };
        var weights = new Option<string?>("--weights", "-w") { HelpName = "FILE", Description = "The network's weights: a PyTorch checkpoint or safetensors." };
        var random = new Option<int?>("--random-weights") { HelpName = "SEED", Description = "Random weights instead, to try out sizes and speeds." };
        var opset = new Option<int>("--opset")
        {
            HelpName = "N",
            Description = $"The version of the ONNX operators, {OnnxExportOptions.MinOpset} to {OnnxExportOptions.MaxOpset}.",
            DefaultValueFactory = _ => new PoseExportOptions().Opset,
        };
        var dynamicBatch = new Option<bool>("--dynamic-batch") { Description = "Let the consumer choose how many images are in a batch." };
        var decoder = new Option<bool>("--with-decoder") { Description = "Take RGB bytes [N, H, W, 3], and give keypoints where ONNX can express the decoding." };
        var size = new Option<string?>("--size") { HelpName = "WxH", Description = "The size of the input in pixels; the model's own when left out." };

        var command = new Command("export", "Write a model as ONNX, check the file, and compare it with ONNX Runtime where that is installed.")
        {
            model, output, weights, random, opset, dynamicBatch, decoder, size,
        };
        command.SetAction(parsed => ExportRun.Run(
            parsed.GetRequiredValue(model), parsed.GetRequiredValue(output), parsed.GetValue(weights), parsed.GetValue(random),
            new PoseExportOptions
            {
                Opset = parsed.GetValue(opset),
                DynamicBatch = parsed.GetValue(dynamicBatch),
                WithDecoder = parsed.GetValue(decoder),
                InputSize = ModelArgument.ParseSize(parsed.GetValue(size)),
            },
            parsed.InvocationConfiguration.Output));
        return command;
    }
}
