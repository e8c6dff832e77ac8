using System.Text.Json;
using System.Text.Json.Serialization;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Networks.Onnx;
using Akimbo.Prediction;

namespace Akimbo.Export;

/// <summary>What travels with an exported model: each value is a JSON text.</summary>
internal static class PoseMetadata
{
    /// <summary>The entries, in the order in which they are written.</summary>
    public static IReadOnlyDictionary<string, string> Of(PoseModel model, Graph graph, OnnxPeaks? peaks)
    {
        var skeleton = model.Skeleton;
        int[][] flipPairs = [.. skeleton.FlipIndices.Index().Where(pair => pair.Index < pair.Item).Select(pair => new[] { pair.Index, pair.Item })];
        int[][] limbs = [.. skeleton.Limbs.Select(limb => new[] { limb.From, limb.To })];
        var heatmaps = graph.Outputs[^1].Shape;
        var entries = new Dictionary<string, string>
        {
            ["producer"] = Text(OnnxExport.Producer),
            ["model"] = Text(model.Name),
            ["description"] = Text(model.Description),
            ["skeleton"] = Text(skeleton.Name),
            ["keypoints"] = JsonSerializer.Serialize([.. skeleton.Keypoints], ExportJson.Default.StringArray),
            ["flip_pairs"] = JsonSerializer.Serialize(flipPairs, ExportJson.Default.Int32ArrayArray),
            ["limbs"] = JsonSerializer.Serialize(limbs, ExportJson.Default.Int32ArrayArray),
            ["mean"] = JsonSerializer.Serialize([.. model.Normalisation.Mean], ExportJson.Default.SingleArray),
            ["std"] = JsonSerializer.Serialize([.. model.Normalisation.Std], ExportJson.Default.SingleArray),
            ["channels"] = Text("RGB"),
            ["input_size"] = JsonSerializer.Serialize([graph.Input.Shape[3], graph.Input.Shape[2]], ExportJson.Default.Int32Array),
            ["task"] = Text(model.Task is TopDownTask ? "top-down" : "bottom-up"),
            ["decoder"] = Text(DecoderOf(model)),
            ["decoder_included"] = peaks is null ? "false" : "true",
        };
        if (heatmaps.Rank == 4)
            entries["stride"] = JsonSerializer.Serialize([(double)graph.Input.Shape[3] / heatmaps[3], (double)graph.Input.Shape[2] / heatmaps[2]], ExportJson.Default.DoubleArray);
        return entries;
    }

    private static string DecoderOf(PoseModel model) => model.Task is TopDownTask task ? task.Decoding.ToString() : "AssociativeEmbedding";

    private static string Text(string text) => JsonSerializer.Serialize(text, ExportJson.Default.String);
}

/// <summary>The JSON types of the metadata.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(int[][]))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(double[]))]
internal sealed partial class ExportJson : JsonSerializerContext;
