namespace Akimbo.Tests.Training;

/// <summary>A recipe for <see cref="DrawnPeople"/> that trains in seconds.</summary>
internal static class TinyRecipe
{
    public const string Json = """
        {
          "name": "tiny",
          "model": {
            "architecture": { "type": "stacked-hourglass", "stacks": 1, "keypoints": 5, "channels": 16 },
            "task": { "type": "top-down", "inputWidth": 64, "inputHeight": 64, "boxPadding": 1.6 },
            "sigma": 1
          },
          "data": { "training": { "path": "people.csv" }, "validation": { "path": "people.csv" } },
          "augmentation": { "spatial": { "rotation": 10, "scale": 0.1, "flipProbability": 0.5 } },
          "loss": { "type": "heatmap" },
          "optimizer": { "type": "adam", "learningRate": 0.005 },
          "batchSize": 2,
          "validateEvery": 2
        }
        """;
}
