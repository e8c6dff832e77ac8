using Akimbo.Augmentation;

namespace Akimbo.Training.Recipes;

/// <summary>
/// Everything that decides what a training run learns: network, data, augmentation, loss, optimizer, schedule and seed. The same
/// recipe on the same data gives the same weights. Plain data, read and written by <see cref="RecipeFile"/>.
/// </summary>
public sealed record Recipe
{
    /// <summary>What the run and its model are called.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about it: whose settings these are.</summary>
    public string Description { get; init; } = "";

    /// <summary>The network and how it is used.</summary>
    public required ModelRecipe Model { get; init; }

    /// <summary>What is learnt from, and what is scored on.</summary>
    public required DataRecipe Data { get; init; }

    /// <summary>What is done to samples at random.</summary>
    public SampleAugmentation Augmentation { get; init; } = new();

    /// <summary>What is made small.</summary>
    public required LossRecipe Loss { get; init; }

    /// <summary>How weights follow gradients.</summary>
    public required OptimizerRecipe Optimizer { get; init; }

    /// <summary>How the learning rate changes.</summary>
    public ScheduleRecipe Schedule { get; init; } = new ConstantScheduleRecipe();

    /// <summary>Samples that a network sees at once, whose statistics BatchNorm uses; 1 to 1024.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Batches whose gradients are averaged for one step of the optimizer; 1 to 1024.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Passes over the training data; 1 to 100,000. Only this may differ when a run is resumed.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>The validation data is scored after every so many epochs, and after the last; at least 1.</summary>
    public int ValidateEvery { get; init; } = 1;

    /// <summary>Decides the first weights, the order of samples and all augmentation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How weights begin where no other weights are given.</summary>
    public Initialisation Initialisation { get; init; }

    /// <summary>Gradients whose joint norm is larger are made so small; null for no limit, else positive.</summary>
    public double? MaxGradientNorm { get; init; }

    /// <summary>How much of the moving average of the weights stays at each step, such as 0.999; null for no average. The average is what is scored and kept.</summary>
    public double? AverageDecay { get; init; }

    /// <summary>Parts of the network that stay as they are, by the beginning of their parameters' names up to a dot.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>Parts of the network that begin at random even where weights are given to start from, named likewise: such as the last layer, for other keypoints.</summary>
    public IReadOnlyList<string> Fresh { get; init; } = [];

    /// <summary>What the learning rate of a part of the network is multiplied by, for parts by the beginning of their parameters' names; 0 or more.</summary>
    public IReadOnlyDictionary<string, double> LearningRateFactors { get; init; } = new Dictionary<string, double>();

    /// <summary>Checks the ranges of all numbers.</summary>
    /// <exception cref="ArgumentException">One is out of its range; the message names it.</exception>
    public void Validate()
    {
        Ranges.Require(!string.IsNullOrWhiteSpace(Name), "name", $"'{Name}'", "not empty");
        Ranges.Require(BatchSize is >= 1 and <= 1024, "batchSize", BatchSize, "1 to 1024");
        Ranges.Require(Accumulate is >= 1 and <= 1024, "accumulate", Accumulate, "1 to 1024");
        Ranges.Require(Epochs is >= 1 and <= 100_000, "epochs", Epochs, "1 to 100,000");
        Ranges.Require(ValidateEvery >= 1, "validateEvery", ValidateEvery, "1 or more");
        Ranges.Require(Enum.IsDefined(Initialisation), "initialisation", Initialisation, "one of the enumeration");
        Ranges.Require(MaxGradientNorm is null or > 0, "maxGradientNorm", MaxGradientNorm, "positive");
        Ranges.Require(AverageDecay is null or (> 0 and < 1), "averageDecay", AverageDecay, "above 0 and below 1");
        foreach (var (part, factor) in LearningRateFactors) Ranges.Require(factor >= 0 && double.IsFinite(factor), $"learningRateFactors.{part}", factor, "0 or more");
        Model.Validate();
        Data.Validate();
        Augmentation.Validate();
        Loss.Validate();
        Optimizer.Validate();
        Schedule.Validate();
    }
}

/// <summary>How weights begin.</summary>
public enum Initialisation
{
    /// <summary>PyTorch's default for convolutions: uniform by the number of inputs, biases too.</summary>
    PyTorch,

    /// <summary>HRNet's and SimpleBaseline's <c>init_weights</c>: normal with a deviation of 0.001, biases zero.</summary>
    SmallNormal,
}
