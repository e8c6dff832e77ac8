using System.Runtime.InteropServices;
using Akimbo.Training;
using Akimbo.Training.Recipes;

namespace Akimbo.Cli.Training;

/// <summary>A training run in a process: recipe, panel, Ctrl-C.</summary>
internal sealed record TrainProgram
{
    /// <summary>The recipe's file; null for that of the run to resume.</summary>
    public required string? Recipe { get; init; }

    /// <summary>Changes of the recipe.</summary>
    public required IReadOnlyList<string> Changes { get; init; }

    /// <summary>The folder of the data; null for the recipe's.</summary>
    public required string? Data { get; init; }

    /// <summary>The run to resume; null for a new one.</summary>
    public required string? Resume { get; init; }

    /// <summary>Where and by how many threads.</summary>
    public required TrainerOptions Options { get; init; }

    /// <summary>Trains.</summary>
    /// <param name="output">For the result.</param>
    /// <param name="error">For progress.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public int Run(TextWriter output, TextWriter error)
    {
        Trainer trainer = Resume is null ? Trainer.Create(RecipeSource.Load(Recipe!, Changes, Data), Options) : Trainer.Resume(Resume, ResumedRecipe(), Options);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopAfterStep);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopAfterStep);
        bool isInteractive = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        error.WriteLine($"{trainer.Model.Name}: {trainer.SampleCount} samples, {trainer.ValidationCount} validation pictures, run folder {trainer.RunFolder}");
        using ITrainingDisplay display = isInteractive ? new TrainingPanel(error) : new TrainingLines(error);
        TrainingResult result = trainer.RunAsync(display, stop.Token).GetAwaiter().GetResult();
        display.End();

        string score = result.BestScore is double best ? FormattableString.Invariant($", best {result.ScoreName} {best:0.00} after epoch {result.BestEpoch}") : "";
        output.WriteLine(result.IsFinished
            ? $"{result.Epochs} epochs, {result.Steps} steps{score}: {result.Weights}"
            : $"stopped after {result.Steps} steps{score}; go on with akimbo train --resume {result.RunFolder}");
        return result.IsFinished ? ExitCode.Success : ExitCode.Interrupted;

        // The first signal lets the step at hand finish and writes a checkpoint; the second ends the process at once.
        void StopAfterStep(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        }
    }

    private Recipe? ResumedRecipe()
    {
        if (Recipe is not null) return RecipeSource.Load(Recipe, Changes, Data);
        return Changes.Count == 0 && Data is null ? null : RecipeSource.Load(Path.Combine(Resume!, "recipe.json"), Changes, Data);
    }
}
