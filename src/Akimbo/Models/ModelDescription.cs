using System.Text.Json.Serialization;
using Akimbo.Models.AssociativeEmbedding;
using Akimbo.Models.BearpawHourglass;
using Akimbo.Models.HighResolution;
using Akimbo.Models.LitePose;
using Akimbo.Models.PoseResNet;
using Akimbo.Models.StackedHourglass;
using Akimbo.Prediction;
using Akimbo.Skeletons;

namespace Akimbo.Models;

/// <summary>A <see cref="PoseModel"/> as JSON.</summary>
internal sealed record ModelDescription
{
    private const int CurrentFormat = 1;

    public required int Format { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required INetworkOptions Architecture { get; init; }

    public required SkeletonDescription Skeleton { get; init; }

    public required NormalisationDescription Normalisation { get; init; }

    public required PoseTask Task { get; init; }

    public IReadOnlyDictionary<string, double> Scores { get; init; } = new Dictionary<string, double>();

    public SourceDescription? Source { get; init; }

    public static ModelDescription Of(PoseModel model) => new()
    {
        Format = CurrentFormat,
        Name = model.Name,
        Description = model.Description,
        Architecture = model.Architecture,
        Skeleton = new SkeletonDescription(model.Skeleton.Name, model.Skeleton.Keypoints, [.. model.Skeleton.Limbs.Select(limb => new[] { limb.From, limb.To })], model.Skeleton.OksSigmas),
        Normalisation = new NormalisationDescription(model.Normalisation.Mean, model.Normalisation.Std),
        Task = model.Task,
        Scores = model.Scores,
    };

    public PoseModel ToModel() => Format == CurrentFormat
        ? new PoseModel
        {
            Name = Name,
            Description = Description,
            Architecture = Architecture,
            Skeleton = Skeletons.Skeleton.Create(Skeleton.Name, Skeleton.Keypoints, Skeleton.Limbs.Select(SkeletonDescription.ToLimb), Skeleton.OksSigmas),
            Normalisation = new Normalisation([.. Normalisation.Mean], [.. Normalisation.Std]),
            Task = Task,
            Scores = Scores,
        }
        : throw new ArgumentException($"The format is {Format}; this version reads {CurrentFormat}.");
}

internal sealed record SkeletonDescription(string Name, IReadOnlyList<string> Keypoints, IReadOnlyList<int[]> Limbs, IReadOnlyList<double> OksSigmas)
{
    public static Limb ToLimb(int[] ends) => ends is [int from, int to] ? new Limb(from, to) : throw new ArgumentException($"A limb has two ends, not {ends.Length}.");
}

internal sealed record NormalisationDescription(IReadOnlyList<float> Mean, IReadOnlyList<float> Std);

/// <summary>The checkpoint a model file was made from.</summary>
internal sealed record SourceDescription(string File, string Sha256);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ModelDescription))]
[JsonSerializable(typeof(LitePoseOptions))]
[JsonSerializable(typeof(StackedHourglassOptions))]
[JsonSerializable(typeof(BearpawHourglassOptions))]
[JsonSerializable(typeof(HighResolutionOptions))]
[JsonSerializable(typeof(AssociativeEmbeddingNetOptions))]
[JsonSerializable(typeof(PoseResNetOptions))]
internal sealed partial class ModelJson : JsonSerializerContext;
