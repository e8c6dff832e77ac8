using System.Text.Json.Serialization;
using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>How the learning rate changes over a run.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConstantScheduleRecipe), "constant")]
[JsonDerivedType(typeof(MultiStepScheduleRecipe), "multi-step")]
[JsonDerivedType(typeof(CosineScheduleRecipe), "cosine")]
[JsonDerivedType(typeof(PlateauScheduleRecipe), "plateau")]
public abstract record ScheduleRecipe
{
    /// <summary>The rate rises evenly to its full height during so many steps of the optimizer; 0 for at once.</summary>
    public int WarmupSteps { get; init; }

    internal virtual void Validate() => Ranges.Require(WarmupSteps >= 0, "schedule.warmupSteps", WarmupSteps, "0 or more");
}

/// <summary>The rate stays.</summary>
public sealed record ConstantScheduleRecipe : ScheduleRecipe;

/// <summary>The rate is multiplied at given places.</summary>
public sealed record MultiStepScheduleRecipe : ScheduleRecipe
{
    /// <summary>After how many epochs, or steps, the rate is multiplied; ascending.</summary>
    public required IReadOnlyList<int> Milestones { get; init; }

    /// <summary>What it is multiplied by; positive.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Whether milestones count steps of the optimizer; else epochs.</summary>
    public bool InSteps { get; init; }

    internal override void Validate()
    {
        base.Validate();
        bool isAscending = Milestones.Count > 0 && Milestones[0] > 0 && Milestones.Zip(Milestones.Skip(1)).All(pair => pair.First < pair.Second);
        Ranges.Require(isAscending, "schedule.milestones", $"[{string.Join(", ", Milestones)}]", "positive and ascending");
        Ranges.Require(Factor > 0, "schedule.factor", Factor, "positive");
    }
}

/// <summary>The rate falls along half a cosine until the last step.</summary>
public sealed record CosineScheduleRecipe : ScheduleRecipe
{
    /// <summary>The rate at the end, as a share of the first; 0 to 1.</summary>
    public double Minimum { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Ranges.RequireShare("schedule.minimum", Minimum);
    }
}

/// <summary>The rate is multiplied when the validation score has not risen for a while.</summary>
public sealed record PlateauScheduleRecipe : ScheduleRecipe
{
    /// <summary>What it is multiplied by; above 0 and below 1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>How many validations in a row may bring no better score.</summary>
    public int Patience { get; init; } = 10;

    internal override void Validate()
    {
        base.Validate();
        Ranges.Require(Factor is > 0 and < 1, "schedule.factor", Factor, "above 0 and below 1");
        Ranges.Require(Patience >= 0, "schedule.patience", Patience, "0 or more");
    }
}
