using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Akimbo.Networks;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Models;

/// <summary>
/// Akimbo's model files: safetensors with the weights under the network's own names, and under the metadata key
/// <see cref="MetadataKey"/> a JSON text of everything else, so that a file is used without another word.
/// </summary>
public static class ModelFile
{
    /// <summary>Where the model's description is in a safetensors file's metadata.</summary>
    public const string MetadataKey = "akimbo.model";

    /// <summary>Reads the description from a safetensors file's metadata.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="source">What messages call the file.</param>
    /// <returns>The model, or null where the file is not a model file.</returns>
    /// <exception cref="CheckpointFormatException">The description is damaged, or of a newer format.</exception>
    public static PoseModel? Describe(IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (!metadata.TryGetValue(MetadataKey, out string? json)) return null;
        try
        {
            if (JsonNode.Parse(json) is not JsonObject description) throw new JsonException("It is no JSON object.");
            return ModelDefaults.FillIn(description).Deserialize(ModelJson.Default.ModelDescription)!.ToModel();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or NotSupportedException)
        {
            throw new CheckpointFormatException(source, $"Its description of the model cannot be read: {exception.Message}");
        }
    }

    /// <summary>Turns a checkpoint into a model file.</summary>
    /// <param name="checkpoint">Safetensors, or a PyTorch checkpoint in either of its containers.</param>
    /// <param name="name">A name of <see cref="ModelCatalog"/>; null to tell the model by the tensors' names.</param>
    /// <param name="target">The file to write; it appears only when it is complete.</param>
    /// <param name="halfPrecision">Whether the weights are kept as float16, in half the space; they are computed with as float32 all the same.</param>
    /// <exception cref="FileNotFoundException">There is no such checkpoint.</exception>
    /// <exception cref="CheckpointFormatException">It is no checkpoint, or is damaged.</exception>
    /// <exception cref="ModelWeightsException">It does not fit the model; the message lists what differs.</exception>
    /// <exception cref="ArgumentException">There is no model of that name, or the target is the checkpoint.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Conversion Convert(string checkpoint, string? name, string target, bool halfPrecision = false)
    {
        if (IsSameFile(checkpoint, target))
            throw new ArgumentException($"The model file would replace the checkpoint {checkpoint}; give another name.", nameof(target));
        var (model, network, match) = ModelLoader.Match(checkpoint, name);
        string hash = HashOf(checkpoint);
        var description = ModelDescription.Of(model) with { Source = new SourceDescription(Path.GetFileName(checkpoint), hash) };
        string json = JsonSerializer.Serialize(description, ModelJson.Default.ModelDescription);
        Safetensors.Save(target,
            from entry in match.Tensors where entry.Stored is not null select KeyValuePair.Create(entry.Parameter.Name, halfPrecision && !entry.Parameter.IsBuffer ? Halved(entry.Stored) : entry.Stored),
            new Dictionary<string, string> { [MetadataKey] = json });
        return new Conversion(model, network.Name, match, hash);
    }

    /// <summary>Writes a model file.</summary>
    /// <param name="model">The model.</param>
    /// <param name="network">Its network, with all weights.</param>
    /// <param name="target">The file to write; it appears only when it is complete.</param>
    /// <exception cref="InvalidOperationException">A parameter has no value.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(PoseModel model, Network network, string target)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(network);
        string json = JsonSerializer.Serialize(ModelDescription.Of(model), ModelJson.Default.ModelDescription);
        Safetensors.Save(
            target,
            network.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)),
            new Dictionary<string, string> { [MetadataKey] = json });
    }

    private static StoredTensor Halved(StoredTensor tensor) =>
        tensor.Type is ElementType.Float32 or ElementType.Float64 or ElementType.BFloat16 ? StoredTensor.Create<Half>(tensor.Shape, tensor.ToArray<Half>()) : tensor;

    private static string HashOf(string path)
    {
        using var stream = File.OpenRead(path);
        return System.Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static bool IsSameFile(string first, string second) => RealPath(first) == RealPath(second);

    private static string RealPath(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : Path.GetFullPath(path);

    /// <summary>What a conversion did.</summary>
    /// <param name="Model">The model.</param>
    /// <param name="NetworkName">Its network.</param>
    /// <param name="Match">How the checkpoint's names were read.</param>
    /// <param name="SourceSha256">The checkpoint's SHA-256, in lower-case hexadecimal.</param>
    public sealed record Conversion(PoseModel Model, string NetworkName, WeightMatch Match, string SourceSha256);
}
