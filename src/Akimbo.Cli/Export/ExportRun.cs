using System.Globalization;
using Akimbo.Export;
using Akimbo.Networks.Onnx;
using Akimbo.Networks.Weights;

namespace Akimbo.Cli.Export;

/// <summary>One export, from the model's name to the comparison.</summary>
internal static class ExportRun
{
    /// <summary>Writes the file and says what is in it.</summary>
    /// <returns>One of <see cref="ExitCode"/>: some failed where ONNX Runtime computes something else.</returns>
    public static int Run(string modelName, string path, string? weights, int? randomSeed, PoseExportOptions options, TextWriter output)
    {
        if (weights is not null && randomSeed is not null) throw new UsageException("Give --weights or --random-weights, not both.");
        var (model, network) = ModelArgument.Load(modelName, weights);
        if (randomSeed is { } seed) network.FillRandomly(seed);
        else if (network.Parameters.Any(parameter => !parameter.HasValue))
            throw new UsageException($"{modelName} has no weights: give --weights FILE, or --random-weights SEED to try it out.");

        var export = new PoseExport(model, network, options);
        export.Save(path);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{path}: {model.Name}, input {export.Width}×{export.Height}, opset {options.Opset}, {new FileInfo(path).Length / 1e6:0.0} MB; structure checked"));
        if (options.WithDecoder) output.WriteLine(DecoderLine(export));
        return Compare(export, path, output);
    }

    private static string DecoderLine(PoseExport export) => export.GivesKeypoints
        ? "takes RGB bytes [N, H, W, 3]; gives keypoints [N, K, 3] (x, y in pixels of the input, score), then the network's outputs"
        : "takes RGB bytes [N, H, W, 3]; ONNX cannot express this model's decoding, so heatmaps and tags are the outputs";

    private static int Compare(PoseExport export, string path, TextWriter output)
    {
        if (OnnxRuntimePeer.Find() is not { } runtime)
        {
            output.WriteLine("not compared: ONNX Runtime is not here (npm ci in benchmarks/peers brings it)");
            return ExitCode.Success;
        }

        double difference = ExportComparison.LargestDifference(export, path, runtime);
        bool isSame = difference <= ExportComparison.Tolerance;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"ONNX Runtime: largest relative difference {difference:0.0e-0}{(isSame ? "" : $", more than {ExportComparison.Tolerance:0e-0}")}"));
        return isSame ? ExitCode.Success : ExitCode.SomeFailed;
    }
}
