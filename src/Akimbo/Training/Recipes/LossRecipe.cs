using System.Text.Json.Serialization;
using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>What training makes small.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HeatmapLossRecipe), "heatmap")]
[JsonDerivedType(typeof(AssociativeEmbeddingLossRecipe), "associative-embedding")]
[JsonDerivedType(typeof(IntegralLossRecipe), "integral")]
public abstract record LossRecipe
{
    internal abstract void Validate();
}

/// <summary>The mean squared error of heatmaps, of every stack.</summary>
public sealed record HeatmapLossRecipe : LossRecipe
{
    /// <summary>Whether keypoints that are not annotated are left out, as in HRNet; else their maps are learnt to be empty, as in pytorch_stacked_hourglass.</summary>
    public bool KeypointWeights { get; init; } = true;

    /// <summary>Only so many keypoints of each person count, those with the largest errors (online hard keypoint mining); 0 for all.</summary>
    public int HardKeypoints { get; init; }

    /// <summary>Whether the losses of stacks are added, as in pytorch-pose; else their mean is the loss.</summary>
    public bool SumStacks { get; init; }

    /// <summary>Each pixel counts 1 + this · target, so that keypoints are learnt sooner; 0 for all pixels alike, as in the originals.</summary>
    public double Foreground { get; init; }

    internal override void Validate()
    {
        Ranges.Require(HardKeypoints >= 0, "loss.hardKeypoints", HardKeypoints, "0 or more");
        Ranges.Require(Foreground >= 0, "loss.foreground", Foreground, "0 or more");
    }
}

/// <summary>pose-ae-train: heatmaps within the mask, and tags that pull together in a person and push people apart.</summary>
public sealed record AssociativeEmbeddingLossRecipe : LossRecipe
{
    /// <summary>The weight of the heatmaps' error; 0 or more.</summary>
    public double Heatmaps { get; init; } = 1;

    /// <summary>The weight of what pulls a person's tags together; 0 or more.</summary>
    public double Pull { get; init; } = 1e-3;

    /// <summary>The weight of what pushes people's tags apart; 0 or more.</summary>
    public double Push { get; init; } = 1e-3;

    /// <summary>Each pixel of the heatmaps counts 1 + this · target, so that keypoints are learnt sooner; 0 for all pixels alike, as in the original.</summary>
    public double Foreground { get; init; }

    /// <summary>A trained network to learn from beside the annotation; null for none.</summary>
    public TeacherRecipe? Teacher { get; init; }

    internal override void Validate()
    {
        Teacher?.Validate();
        Ranges.Require(Heatmaps >= 0, "loss.heatmaps", Heatmaps, "0 or more");
        Ranges.Require(Pull >= 0, "loss.pull", Pull, "0 or more");
        Ranges.Require(Foreground >= 0, "loss.foreground", Foreground, "0 or more");
        Ranges.Require(Push >= 0, "loss.push", Push, "0 or more");
    }
}

/// <summary>The distance in x and in y of the soft-arg-max from the keypoint, in shares of the heatmap's sides (integral regression).</summary>
public sealed record IntegralLossRecipe : LossRecipe
{
    /// <summary>The weight of the heatmaps' own mean squared error beside it; 0 for none.</summary>
    public double Heatmaps { get; init; }

    internal override void Validate() => Ranges.Require(Heatmaps >= 0, "loss.heatmaps", Heatmaps, "0 or more");
}
