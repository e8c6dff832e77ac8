using System.Text.Json;
using System.Text.Json.Nodes;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;

namespace Akimbo.Models;

/// <summary>
/// The values of what a model's description leaves out. The generated deserializer would take zeros: it does not run the
/// initializers of init-only properties.
/// </summary>
internal static class ModelDefaults
{
    private const string TypeKey = "type";

    private static readonly INetworkOptions[] Architectures =
    [
        new LitePoseOptions(), new StackedHourglassOptions(), new BearpawHourglassOptions(),
        new HighResolutionOptions(), new AssociativeEmbeddingNetOptions(), new PoseResNetOptions(),
    ];

    private static readonly PoseTask[] Tasks = [new BottomUpTask(), new SquareBottomUpTask(), new TopDownTask()];

    /// <summary>The description with everything that has a default.</summary>
    public static JsonObject FillIn(JsonObject description)
    {
        var filled = Over(new JsonObject { ["description"] = "", ["scores"] = new JsonObject() }, description);
        FillIn(filled, "architecture", Architectures.Select(options => JsonSerializer.SerializeToNode(options, ModelJson.Default.INetworkOptions)));
        FillIn(filled, "task", Tasks.Select(task => JsonSerializer.SerializeToNode(task, ModelJson.Default.PoseTask)));
        return filled;
    }

    private static void FillIn(JsonObject description, string key, IEnumerable<JsonNode?> candidates)
    {
        if (description[key] is not JsonObject given) return;
        if (candidates.FirstOrDefault(defaults => JsonNode.DeepEquals(defaults![TypeKey], given[TypeKey])) is JsonObject found)
            description[key] = Over(found, given);
    }

    private static JsonObject Over(JsonObject defaults, JsonObject given)
    {
        var merged = defaults.DeepClone().AsObject();
        foreach (var (key, value) in given)
            merged[key] = value is JsonObject inner && defaults[key] is JsonObject innerDefaults ? Over(innerDefaults, inner) : value?.DeepClone();
        return merged;
    }
}
