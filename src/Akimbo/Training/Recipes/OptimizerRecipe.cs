using System.Text.Json.Serialization;
using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>An optimizer of PyTorch with its settings.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SgdRecipe), "sgd")]
[JsonDerivedType(typeof(RmsPropRecipe), "rmsprop")]
[JsonDerivedType(typeof(AdamRecipe), "adam")]
[JsonDerivedType(typeof(AdamWRecipe), "adamw")]
public abstract record OptimizerRecipe
{
    /// <summary>The learning rate at the beginning; positive.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>The weight decay; 0 or more.</summary>
    public double WeightDecay { get; init; }

    internal virtual void Validate()
    {
        Ranges.Require(LearningRate > 0 && double.IsFinite(LearningRate), "optimizer.learningRate", LearningRate, "positive");
        Ranges.Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), "optimizer.weightDecay", WeightDecay, "0 or more");
    }
}

/// <summary><c>torch.optim.SGD</c>.</summary>
public sealed record SgdRecipe : OptimizerRecipe
{
    /// <summary>The momentum; 0 to 1.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the momentum is Nesterov's.</summary>
    public bool Nesterov { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Ranges.RequireShare("optimizer.momentum", Momentum);
        Ranges.Require(!Nesterov || Momentum > 0, "optimizer.momentum", Momentum, "positive for Nesterov's");
    }
}

/// <summary><c>torch.optim.RMSprop</c>.</summary>
public sealed record RmsPropRecipe : OptimizerRecipe
{
    /// <summary>How much of the mean square stays at each step; 0 to 1.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>What keeps the quotient finite; positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The momentum; 0 to 1.</summary>
    public double Momentum { get; init; }

    internal override void Validate()
    {
        base.Validate();
        Ranges.RequireShare("optimizer.alpha", Alpha);
        Ranges.RequireShare("optimizer.momentum", Momentum);
        Ranges.Require(Epsilon > 0, "optimizer.epsilon", Epsilon, "positive");
    }
}

/// <summary><c>torch.optim.Adam</c>: weight decay is added to the gradient.</summary>
public sealed record AdamRecipe : OptimizerRecipe
{
    /// <summary>How much of the mean gradient stays at each step; 0 to below 1.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>How much of the mean square stays at each step; 0 to below 1.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>What keeps the quotient finite; positive.</summary>
    public double Epsilon { get; init; } = 1e-8;

    internal override void Validate()
    {
        base.Validate();
        Check(Beta1, Beta2, Epsilon);
    }

    internal static void Check(double beta1, double beta2, double epsilon)
    {
        Ranges.Require(beta1 is >= 0 and < 1, "optimizer.beta1", beta1, "0 or more and below 1");
        Ranges.Require(beta2 is >= 0 and < 1, "optimizer.beta2", beta2, "0 or more and below 1");
        Ranges.Require(epsilon > 0, "optimizer.epsilon", epsilon, "positive");
    }
}

/// <summary><c>torch.optim.AdamW</c>: weight decay shrinks the weights themselves.</summary>
public sealed record AdamWRecipe : OptimizerRecipe
{
    /// <inheritdoc cref="AdamRecipe.Beta1"/>
    public double Beta1 { get; init; } = 0.9;

    /// <inheritdoc cref="AdamRecipe.Beta2"/>
    public double Beta2 { get; init; } = 0.999;

    /// <inheritdoc cref="AdamRecipe.Epsilon"/>
    public double Epsilon { get; init; } = 1e-8;

    internal override void Validate()
    {
        base.Validate();
        AdamRecipe.Check(Beta1, Beta2, Epsilon);
    }
}
