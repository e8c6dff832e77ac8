using Akimbo.Augmentation;
using Akimbo.Datasets;
using Akimbo.Models;
using Akimbo.Prediction;
using Akimbo.Skeletons;

namespace Akimbo.Training.Recipes;

/// <summary>The model that is trained: one of the catalog, one of its own, or one of the catalog with parts of its own.</summary>
public sealed record ModelRecipe
{
    private static readonly IReadOnlyList<string> SkeletonNames = [.. PublishedSkeletons.All.Select(skeleton => skeleton.Name)];

    /// <summary>A name of <see cref="ModelCatalog"/>, whose parts are taken where this recipe has none; null for none.</summary>
    public string? Catalog { get; init; }

    /// <summary>The sizes of the network; null for the catalog's.</summary>
    public INetworkOptions? Architecture { get; init; }

    /// <summary>The keypoints by the name of their skeleton, such as <c>coco17</c>; null for the catalog's, else those of the data.</summary>
    public string? Skeleton { get; init; }

    /// <summary>How pixels become numbers; null for the catalog's, else ImageNet's.</summary>
    public NormalisationRecipe? Normalisation { get; init; }

    /// <summary>How people become inputs and outputs people; null for the catalog's.</summary>
    public PoseTask? Task { get; init; }

    /// <summary>The deviation of the target's Gaussians in heatmap pixels; null for the codec's own.</summary>
    public double? Sigma { get; init; }

    /// <summary>The model, without scores.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="description">One sentence about it.</param>
    /// <param name="data">The skeleton of the data.</param>
    /// <exception cref="ArgumentException">Something is neither here nor in the catalog.</exception>
    public PoseModel ToModel(string name, string description, Skeleton data)
    {
        PoseModel? known = Catalog is null ? null : ModelCatalog.Create(Catalog);
        return new PoseModel
        {
            Name = name,
            Description = description,
            Architecture = Architecture ?? known?.Architecture ?? throw Missing("architecture"),
            Skeleton = Skeleton is not null ? PublishedSkeletons.All.First(skeleton => skeleton.Name == Skeleton) : known?.Skeleton ?? data,
            Normalisation = Normalisation?.ToNormalisation() ?? known?.Normalisation ?? Prediction.Normalisation.ImageNet,
            Task = Task ?? known?.Task ?? throw Missing("task"),
        };
    }

    internal void Validate()
    {
        if (Catalog is not null) ModelCatalog.Create(Catalog);
        if (Catalog is null && Architecture is null) throw Missing("architecture");
        if (Catalog is null && Task is null) throw Missing("task");
        Ranges.Require(Skeleton is null || SkeletonNames.Contains(Skeleton), "model.skeleton", $"'{Skeleton}'", $"one of {string.Join(", ", SkeletonNames)}");
        Ranges.Require(Sigma is null or (> 0 and < 100), "model.sigma", Sigma, "positive, in heatmap pixels");
        _ = Normalisation?.ToNormalisation();
    }

    private static ArgumentException Missing(string key) => new($"model.{key} is missing, and there is no model.catalog to take it from.");
}

/// <summary>How pixels become numbers: <c>(value / 255 − mean) / std</c>.</summary>
/// <param name="Mean">Three means, of values from 0 to 1.</param>
/// <param name="Std">Three positive deviations.</param>
public sealed record NormalisationRecipe(IReadOnlyList<float> Mean, IReadOnlyList<float> Std)
{
    internal Normalisation ToNormalisation() => new([.. Mean], [.. Std]);
}
