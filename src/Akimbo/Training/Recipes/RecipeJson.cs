using System.Text.Json.Serialization;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;

namespace Akimbo.Training.Recipes;

/// <summary>What the generated deserializer knows of recipes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(Recipe))]
[JsonSerializable(typeof(LitePoseOptions))]
[JsonSerializable(typeof(StackedHourglassOptions))]
[JsonSerializable(typeof(BearpawHourglassOptions))]
[JsonSerializable(typeof(HighResolutionOptions))]
[JsonSerializable(typeof(AssociativeEmbeddingNetOptions))]
[JsonSerializable(typeof(PoseResNetOptions))]
internal sealed partial class RecipeJson : JsonSerializerContext;
