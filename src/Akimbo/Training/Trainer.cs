using Akimbo.Models;
using Akimbo.Networks.Weights;
using Akimbo.Tensors.Serialization;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>
/// Trains a network by a recipe: <c>await Trainer.Create(recipe).RunAsync(progress, cancellation)</c>. The run's folder gets the
/// weights, a table of the course, sample predictions and checkpoints, from which an interrupted run goes on to the same weights.
/// </summary>
public sealed class Trainer
{
    private readonly Recipe _recipe;
    private readonly TrainerOptions _options;
    private readonly TrainingData _data;
    private readonly RunFolder _folder;
    private readonly Checkpoint? _checkpoint;
    private int _isStarted;

    private Trainer(Recipe recipe, TrainerOptions options, TrainingData data, RunFolder folder, Checkpoint? checkpoint)
    {
        _recipe = recipe;
        _options = options;
        _data = data;
        _folder = folder;
        _checkpoint = checkpoint;
    }

    /// <summary>The model that is trained.</summary>
    public PoseModel Model => _data.Model;

    /// <summary>The folder of the run.</summary>
    public string RunFolder => _folder.Root;

    /// <summary>How many samples are learnt from.</summary>
    public int SampleCount => _data.Samples.Count;

    /// <summary>How many pictures are scored; 0 for none.</summary>
    public int ValidationCount => _data.Validation?.Samples.Count ?? 0;

    /// <summary>Opens the data, checks everything and makes the folder of a new run.</summary>
    /// <param name="recipe">What is learnt.</param>
    /// <param name="options">Where and by how many threads; the defaults when null.</param>
    /// <exception cref="ArgumentException">The recipe or an option is out of its range, or its parts do not go together.</exception>
    /// <exception cref="TrainingDataException">The data does not go with the model, or is too little.</exception>
    /// <exception cref="ModelWeightsException">The weights to start from do not fit; the message lists what differs.</exception>
    /// <exception cref="IOException">The data cannot be read, or the folder holds a run already.</exception>
    public static Trainer Create(Recipe recipe, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        options ??= new TrainerOptions();
        options.Validate();
        recipe.Validate();
        var data = TrainingData.Open(recipe);
        data.Network.Initialise(recipe.Initialisation, recipe.Seed);
        if (options.Weights is { } weights) data.Network.Fill(data.Network.Match(CheckpointFile.LoadTensors(weights, out _), weights, recipe.Fresh));
        return new Trainer(recipe, options, data, Training.RunFolder.Create(options.RunFolder ?? Path.Combine("runs", recipe.Name), recipe), checkpoint: null);
    }

    /// <summary>Goes on with a run from its last checkpoint; the weights at the end are those of a run that was not interrupted.</summary>
    /// <param name="runFolder">The folder of the run.</param>
    /// <param name="recipe">Its recipe, in which only <see cref="Recipe.Epochs"/> may differ; null for the one in the folder.</param>
    /// <param name="options">By how many threads; the defaults when null.</param>
    /// <exception cref="ArgumentException">The recipe differs in something else, or new weights are given; the message names it.</exception>
    /// <exception cref="CheckpointFormatException">No checkpoint can be read.</exception>
    /// <exception cref="TrainingDataException">The data is not what it was.</exception>
    /// <exception cref="IOException">The folder holds no run, or the data cannot be read.</exception>
    public static Trainer Resume(string runFolder, Recipe? recipe = null, TrainerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runFolder);
        options ??= new TrainerOptions();
        options.Validate();
        if (options.Weights is not null) throw new ArgumentException($"{runFolder} is resumed with its own weights; leave out {options.Weights}.", nameof(options));
        var folder = Training.RunFolder.Open(runFolder);
        Checkpoint? checkpoint = folder.LoadNewest();
        Recipe before = checkpoint?.State.ReadRecipe(folder.NewestCheckpoint!) ?? RecipeFile.Load(folder.Recipe);
        recipe ??= RecipeFile.Load(folder.Recipe);
        CheckSame(before, recipe, runFolder);
        recipe.Validate();
        if (checkpoint?.State.Epoch > recipe.Epochs)
            throw new ArgumentException($"{runFolder} has done {checkpoint.State.Epoch} epochs already; epochs is {recipe.Epochs}.", nameof(recipe));
        var data = TrainingData.Open(recipe);
        if (checkpoint is not null && checkpoint.State.Samples != data.Samples.Count)
            throw new TrainingDataException($"The training data has {data.Samples.Count} samples; when {runFolder} began it had {checkpoint.State.Samples}.");
        data.Network.Initialise(recipe.Initialisation, recipe.Seed);
        folder.Save(recipe);
        return new Trainer(recipe, options, data, folder, checkpoint);
    }

    /// <summary>Trains until all epochs are done, or until cancelled: then a checkpoint is written and the result says that the run is not finished.</summary>
    /// <param name="progress">Told of every step; null for nobody.</param>
    /// <param name="cancellation">Stops the run after the step at hand.</param>
    /// <exception cref="TrainingDivergedException">The loss or the weights are no numbers any more.</exception>
    /// <exception cref="TrainingDataException">A sample cannot be made.</exception>
    /// <exception cref="IOException">A file cannot be written, such as on a full disk; the last checkpoint is whole.</exception>
    /// <exception cref="InvalidOperationException">The run was started before.</exception>
    public Task<TrainingResult> RunAsync(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Interlocked.Exchange(ref _isStarted, 1) != 0) throw new InvalidOperationException("A trainer runs once.");
        return Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        TrainingResult Run()
        {
            using var run = new TrainingRun(_recipe, _options, _data, _folder, _checkpoint);
            return run.Run(progress, cancellation);
        }
    }

    private static void CheckSame(Recipe before, Recipe now, string runFolder)
    {
        string[] changed = [.. RecipeFile.Differences(before, now).Where(key => key is not ("epochs" or "description"))];
        if (changed.Length > 0)
        {
            throw new ArgumentException(
                $"{runFolder} was begun with another recipe: {string.Join(", ", changed)} {(changed.Length == 1 ? "differs" : "differ")}. Only epochs may change when a run is resumed.", nameof(now));
        }
    }
}
