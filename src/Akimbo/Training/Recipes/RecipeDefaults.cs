using System.Text.Json;
using System.Text.Json.Nodes;
using Akimbo.Augmentation;
using Akimbo.Json;
using Akimbo.Models;

namespace Akimbo.Training.Recipes;

/// <summary>The values of what a recipe leaves out.</summary>
internal static class RecipeDefaults
{
    private static readonly JsonCompletion Completion = new(type => RecipeJson.Default.GetTypeInfo(type)!, Of);

    private static readonly Recipe Emptiest = new()
    {
        Name = "",
        Model = new(),
        Data = new() { Training = new() { Path = "" } },
        Loss = new HeatmapLossRecipe(),
        Optimizer = new AdamRecipe(),
    };

    /// <summary>The recipe with everything that has a default.</summary>
    /// <exception cref="JsonException">A key is unknown or missing; the message gives its path.</exception>
    public static JsonObject FillIn(JsonObject recipe) => Completion.Complete(recipe, typeof(Recipe));

    private static JsonObject? Of(Type type)
    {
        object[] wholes =
        [
            new ModelRecipe(), new SampleAugmentation(), new SpatialAugmentation(), new ColorAugmentation(), new OcclusionAugmentation(),
            new HeatmapLossRecipe(), new AssociativeEmbeddingLossRecipe(), new IntegralLossRecipe(),
            new SgdRecipe(), new RmsPropRecipe(), new AdamRecipe(), new AdamWRecipe(),
            new ConstantScheduleRecipe(), new CosineScheduleRecipe(), new PlateauScheduleRecipe(),
        ];
        if (Array.Find(wholes, options => options.GetType() == type) is { } whole) return ToNode(whole, type);
        if (type == typeof(MultiStepScheduleRecipe)) return Without(ToNode(new MultiStepScheduleRecipe { Milestones = [] }, type), "milestones");
        if (type == typeof(TeacherRecipe)) return Without(ToNode(new TeacherRecipe { Weights = "" }, type), "weights");
        if (type == typeof(DataPartRecipe)) return Without(ToNode(new DataPartRecipe { Path = "" }, type), "path");
        if (type == typeof(DataRecipe)) return Without(ToNode(new DataRecipe { Training = new() { Path = "" } }, type), "training");
        return type == typeof(Recipe) ? Without(ToNode(Emptiest, type), "name", "model", "data", "loss", "optimizer") : ModelDefaults.Of(type);
    }

    private static JsonObject ToNode(object value, Type type) => JsonSerializer.SerializeToNode(value, RecipeJson.Default.GetTypeInfo(type)!)!.AsObject();

    private static JsonObject Without(JsonObject node, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys) node.Remove(key);
        return node;
    }
}
