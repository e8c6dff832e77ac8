using System.Text.Json;
using System.Text.Json.Nodes;
using Akimbo.Codecs;
using Akimbo.Json;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;

namespace Akimbo.Models;

/// <summary>The values of what a model's description leaves out.</summary>
internal static class ModelDefaults
{
    private static readonly JsonCompletion Completion = new(type => ModelJson.Default.GetTypeInfo(type)!, Of);

    /// <summary>The description with everything that has a default.</summary>
    /// <exception cref="JsonException">A key is unknown or missing; the message gives its path.</exception>
    public static JsonObject FillIn(JsonObject description) => Completion.Complete(description, typeof(ModelDescription));

    /// <summary>What an object of one of the types of a description may leave out; null where it may leave out nothing.</summary>
    public static JsonObject? Of(Type type)
    {
        if (type == typeof(ModelDescription)) return new JsonObject { ["description"] = "", ["scores"] = new JsonObject() };
        if (type == typeof(AssociativeEmbeddingOptions)) return JsonSerializer.SerializeToNode(new AssociativeEmbeddingOptions(), ModelJson.Default.AssociativeEmbeddingOptions)!.AsObject();
        foreach (INetworkOptions options in Architectures)
            if (options.GetType() == type) return JsonSerializer.SerializeToNode(options, ModelJson.Default.INetworkOptions)!.AsObject();
        foreach (PoseTask task in Tasks)
            if (task.GetType() == type) return JsonSerializer.SerializeToNode(task, ModelJson.Default.PoseTask)!.AsObject();
        return null;
    }

    private static readonly INetworkOptions[] Architectures =
    [
        new LitePoseOptions(), new StackedHourglassOptions(), new BearpawHourglassOptions(),
        new HighResolutionOptions(), new AssociativeEmbeddingNetOptions(), new PoseResNetOptions(),
    ];

    private static readonly PoseTask[] Tasks = [new BottomUpTask(), new SquareBottomUpTask(), new TopDownTask()];
}
