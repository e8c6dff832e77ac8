using System.CommandLine;
using System.CommandLine.Parsing;
using Akimbo.Cli.Training;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo train</c>: from a recipe to weights.</summary>
internal static class TrainCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var recipe = new Argument<string?>("RECIPE") { Arity = ArgumentArity.ZeroOrOne, Description = "A recipe, such as recipes/small-hourglass-lspet.json; the run's own with --resume." };
        var changes = new Argument<string[]>("key=value") { Arity = ArgumentArity.ZeroOrMore, Description = "Changes of the recipe, such as epochs=20 optimizer.learningRate=0.0005." };
        var data = new Option<string?>("--data", "-d") { HelpName = "FOLDER", Description = "The folder that the recipe's data is in." };
        var run = new Option<string?>("--out", "-o") { HelpName = "FOLDER", Description = "The folder of the run; runs/ and the recipe's name when left out." };
        var resume = new Option<string?>("--resume") { HelpName = "RUN", Description = "Go on with the run in this folder, exactly as if it had not been interrupted." };
        var weights = new Option<string?>("--weights", "-w") { HelpName = "FILE", Description = "Start from these weights in place of random ones." };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads that compute; 0 takes all cores. Results do not depend on it." };
        var dataThreads = new Option<int>("--data-threads") { HelpName = "N", Description = "Threads that read and augment pictures; 0 for up to two. Results do not depend on it." };
        var saveMemory = new Option<bool>("--save-memory") { Description = "Compute some layers twice rather than keep what they gave: about a quarter less memory, the same results." };
        var command = new Command("train", "Train a network by a recipe.") { recipe, changes, data, run, resume, weights, threads, dataThreads, saveMemory };
        command.Validators.Add(result => Check(result, recipe, run, resume, weights));
        command.SetAction(parsed => new TrainProgram
        {
            // With --resume the first word may be a change.
            Recipe = RecipeSource.IsChange(parsed.GetValue(recipe)) ? null : parsed.GetValue(recipe),
            Changes = [.. ((string?[])[parsed.GetValue(recipe), .. parsed.GetValue(changes) ?? []]).OfType<string>().Where(RecipeSource.IsChange)],
            Data = parsed.GetValue(data),
            Resume = parsed.GetValue(resume),
            Options = new()
            {
                RunFolder = parsed.GetValue(run),
                Weights = parsed.GetValue(weights),
                Threads = parsed.GetValue(threads),
                DataThreads = parsed.GetValue(dataThreads),
                SavesMemory = parsed.GetValue(saveMemory),
            },
        }.Run(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static void Check(CommandResult result, Argument<string?> recipe, Option<string?> run, Option<string?> resume, Option<string?> weights)
    {
        bool resumes = result.GetResult(resume) is { Implicit: false };
        string? first = result.GetResult(recipe) is { Tokens: [var token, ..] } ? token.Value : null;
        if (!resumes && (first is null || RecipeSource.IsChange(first))) result.AddError("give a RECIPE, or --resume with the folder of a run.");
        foreach (Option<string?> option in (Option<string?>[])[run, weights])
            if (resumes && result.GetResult(option) is { Implicit: false }) result.AddError($"{option.Name} does not go with --resume, which takes both from the run.");
    }
}
