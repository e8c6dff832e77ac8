using System.Globalization;
using System.Text.RegularExpressions;
using Akimbo.Models;
using Akimbo.Skeletons;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Testing;

namespace Akimbo.Cli.Tests;

/// <summary>Checkpoints and model files that stand in for published ones.</summary>
internal static partial class MadeUpWeights
{
    /// <summary>A checkpoint of zeros with a model's names and shapes.</summary>
    public static void SaveZeros(string path, string model, string prefix = "") =>
        Safetensors.Save(path, ModelCatalog.Create(model).Architecture.CreateNetwork().Parameters
            .Select(parameter => KeyValuePair.Create(prefix + parameter.Name, new Tensor(parameter.Shape))));

    /// <summary>The narrow hourglass that docs/models.md describes, top-down, with seeded weights.</summary>
    public static void SaveNarrowHourglass(string path) =>
        SaveModel(path, "princeton_hg.pt", JsonBlock().Match(File.ReadAllText(Path.Combine(Repository.Root, "docs", "models.md"))).Groups["json"].Value);

    /// <summary>A narrow associative embedding, bottom-up, with seeded weights.</summary>
    public static void SaveNarrowEmbedding(string path) => SaveModel(path, "pose_ae.pth.tar", $$"""
        {
          "format": 1,
          "name": "narrow-embedding",
          "architecture": { "type": "associative-embedding", "stacks": 2, "channels": 16, "increase": 8 },
          "skeleton": { "name": "points", "keypoints": [{{string.Join(", ", Enumerable.Range(0, 17).Select(i => $"\"point{i}\""))}}], "limbs": [], "oksSigmas": [] },
          "normalisation": { "mean": [0, 0, 0], "std": [1, 1, 1] },
          "task": { "type": "square-bottom-up", "baseSize": 64 }
        }
        """);

    /// <summary>A narrow HRNet for COCO's keypoints, top-down, with seeded weights.</summary>
    public static void SaveNarrowHighResolution(string path) => SaveModel(path, "hrnet_narrow.pth", $$"""
        {
          "format": 1,
          "name": "narrow-hrnet",
          "architecture": { "type": "hrnet", "branchChannels": [2, 4, 8, 16] },
          "skeleton": {{SkeletonOf(Coco17.Skeleton)}},
          "normalisation": { "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225] },
          "task": { "type": "top-down", "inputWidth": 96, "inputHeight": 128, "flipShift": true }
        }
        """);

    private static string SkeletonOf(Skeleton skeleton) => $$"""
        {
          "name": "{{skeleton.Name}}",
          "keypoints": [{{string.Join(", ", skeleton.Keypoints.Select(keypoint => $"\"{keypoint}\""))}}],
          "limbs": [{{string.Join(", ", skeleton.Limbs.Select(limb => $"[{limb.From}, {limb.To}]"))}}],
          "oksSigmas": [{{string.Join(", ", skeleton.OksSigmas.Select(sigma => sigma.ToString(CultureInfo.InvariantCulture)))}}]
        }
        """;

    private static void SaveModel(string path, string checkpoint, string description)
    {
        var tensors = CheckpointFile.LoadTensors(Repository.Fixture($"models/{checkpoint}"));
        Safetensors.Save(path, tensors, new Dictionary<string, string> { [ModelFile.MetadataKey] = description });
    }

    [GeneratedRegex(@"^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
