using System.Text.RegularExpressions;
using Akimbo.Models;
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

    private static void SaveModel(string path, string checkpoint, string description)
    {
        var tensors = CheckpointFile.LoadTensors(Repository.Fixture($"models/{checkpoint}"));
        Safetensors.Save(path, tensors, new Dictionary<string, string> { [ModelFile.MetadataKey] = description });
    }

    [GeneratedRegex(@"^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
