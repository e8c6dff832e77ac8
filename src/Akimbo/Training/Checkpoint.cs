using System.Text.Json;
using System.Text.Json.Serialization;
using Akimbo.Tensors;
using Akimbo.Tensors.Serialization;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>Everything a run needs to go on as if it had not been interrupted: numbers, and where it is.</summary>
/// <param name="Tensors">Weights, the optimizer's state and averages, by names with a prefix each.</param>
/// <param name="State">Where the run is.</param>
internal sealed record Checkpoint(IReadOnlyDictionary<string, Tensor> Tensors, CheckpointState State)
{
    private const string StateKey = "akimbo.checkpoint";

    /// <summary>Writes a file, which appears under its name only when it is complete and on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => Safetensors.Save(
        path, Tensors, new Dictionary<string, string> { [StateKey] = JsonSerializer.Serialize(State, CheckpointJson.Default.CheckpointState) });

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointFormatException">It is no checkpoint of a run, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Checkpoint Load(string path)
    {
        SafetensorsFile file = Safetensors.Load(path);
        if (!file.Metadata.TryGetValue(StateKey, out string? json))
            throw new CheckpointFormatException(path, $"It is no checkpoint of a training run: its metadata has no '{StateKey}'.");
        try
        {
            CheckpointState state = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointState)!;
            if (state.Format != CheckpointState.CurrentFormat)
                throw new CheckpointFormatException(path, $"Its format is {state.Format}; this version reads {CheckpointState.CurrentFormat}.");
            return new Checkpoint(file.Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.ToTensor()), state);
        }
        catch (JsonException exception)
        {
            throw new CheckpointFormatException(path, $"Its state cannot be read: {exception.Message}");
        }
    }

    /// <summary>The tensors whose names have a prefix, without it.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> WithPrefix(string prefix) =>
        from tensor in Tensors
        where tensor.Key.StartsWith(prefix, StringComparison.Ordinal)
        select KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value);
}

/// <summary>Where a run is. Random draws follow from the seed and the place alone, so that the place is their whole state.</summary>
internal sealed record CheckpointState
{
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The run's recipe as JSON.</summary>
    public required string Recipe { get; init; }

    /// <summary>How many samples the training data has.</summary>
    public required int Samples { get; init; }

    /// <summary>Whole epochs done.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of the next epoch done.</summary>
    public required int Batch { get; init; }

    /// <summary>Steps of the optimizer done.</summary>
    public required long Step { get; init; }

    /// <summary>The best validation score so far; null before the first.</summary>
    public required double? BestScore { get; init; }

    /// <summary>After how many epochs it was reached.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The sums of each term of the loss over the batches of the epoch.</summary>
    public required double[] LossSums { get; init; }

    /// <summary>What the schedule remembers.</summary>
    public required double[] Schedule { get; init; }

    /// <summary>Seconds trained so far.</summary>
    public required double Seconds { get; init; }

    public Recipe ReadRecipe(string path) => RecipeFile.Parse(Recipe, path);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckpointState))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
