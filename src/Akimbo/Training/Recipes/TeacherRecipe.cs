using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>
/// A trained bottom-up network to learn from (distillation), which sees every augmented picture beside the network that is
/// trained: its heatmaps where nobody is annotated, its tags wherever it sees a keypoint.
/// </summary>
public sealed record TeacherRecipe
{
    /// <summary>Its model file or checkpoint, relative to the folder of the data.</summary>
    public required string Weights { get; init; }

    /// <summary>A name of <see cref="Models.ModelCatalog"/>; null to tell it from the file.</summary>
    public string? Model { get; init; }

    /// <summary>The weight of the difference from its tags, where its heatmaps see a keypoint; 0 for heatmaps alone.</summary>
    public double Tags { get; init; } = 1e-3;

    /// <summary>
    /// The weight of the difference from its inner maps, where both are LitePoses of the same widths; 0 for none. Every pixel of
    /// every picture is then something to learn from.
    /// </summary>
    public double Features { get; init; }

    /// <summary>
    /// Whether each block of the network is given the teacher's maps in place of those of the block before it, so that all learn
    /// at once: for the first epochs, from random weights. Goes with <see cref="Features"/>.
    /// </summary>
    public bool IsForced { get; init; }

    internal void Validate()
    {
        Ranges.Require(Features >= 0, "loss.teacher.features", Features, "0 or more");
        Ranges.Require(!IsForced || Features > 0, "loss.teacher.features", Features, "positive where loss.teacher.isForced is set");
        Ranges.Require(!string.IsNullOrWhiteSpace(Weights), "loss.teacher.weights", $"'{Weights}'", "not empty");
        Ranges.Require(Tags >= 0, "loss.teacher.tags", Tags, "0 or more");
        if (Model is not null) Models.ModelCatalog.Create(Model);
    }
}
