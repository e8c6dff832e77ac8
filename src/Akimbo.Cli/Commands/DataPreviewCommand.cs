using System.CommandLine;
using System.CommandLine.Parsing;
using Akimbo.Cli.Data;
using Akimbo.Cli.Training;
using Akimbo.Datasets.Preview;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data preview</c>: random pictures with their annotations drawn, or the first samples of a recipe.</summary>
internal static class DataPreviewCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var defaults = DatasetPreviewOptions.Default;
        var source = new DataSource(isRequired: false);
        var changes = new Argument<string[]>("key=value") { Arity = ArgumentArity.ZeroOrMore, Description = "With --recipe: changes of the recipe, such as seed=2." };
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Required = true, Description = "The contact sheet, .jpg, .png or .webp." };
        var count = new Option<int>("--count", "-n") { HelpName = "N", DefaultValueFactory = _ => defaults.Count, Description = "How many pictures, 1 to 500." };
        var seed = new Option<int>("--seed") { HelpName = "N", DefaultValueFactory = _ => defaults.Seed, Description = "Chooses the pictures." };
        var recipe = new Option<string?>("--recipe") { HelpName = "FILE", Description = "Draw the first samples of this recipe as training sees them in epoch 1, with their targets, in place of a DATASET." };
        var data = new Option<string?>("--data", "-d") { HelpName = "FOLDER", Description = "With --recipe: the folder that the recipe's data is in." };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 500) result.AddError("--count must be 1 to 500.");
        });

        var command = new Command("preview", "Draw the keypoints of random pictures on a contact sheet, or the samples of a recipe.");
        source.AddTo(command);
        command.Add(changes);
        foreach (Option option in (Option[])[output, count, seed, recipe, data]) command.Add(option);
        command.Validators.Add(result => Check(result, source.Path, changes, recipe, data, [.. source.Options, seed]));
        command.SetAction(parsed =>
        {
            var (path, writer) = (parsed.GetRequiredValue(output), parsed.InvocationConfiguration.Output);
            if (parsed.GetValue(recipe) is { } file)
                DataPreview.Run(RecipeSource.Load(file, Words(parsed.CommandResult, source.Path, changes), parsed.GetValue(data)), parsed.GetValue(count), path, writer);
            else
                DataPreview.Run(source.Open(parsed), new DatasetPreviewOptions { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed) }, path, writer);
        });
        return command;
    }

    // With --recipe the word in the place of the data set is a change.
    private static string[] Words(CommandResult result, params Argument[] arguments) =>
        [.. arguments.SelectMany(argument => result.GetResult(argument)?.Tokens ?? []).Select(token => token.Value)];

    private static void Check(
        CommandResult result, Argument<string> dataset, Argument<string[]> changes, Option<string?> recipe, Option<string?> data, Option[] ofDatasets)
    {
        bool hasRecipe = IsGiven(recipe);
        if (hasRecipe && Array.Find(Words(result, dataset, changes), word => !RecipeSource.IsChange(word)) is { } path)
            result.AddError($"--recipe names its own data, of which --data gives the folder; {path} is no change of it, key=value.");
        else if (!hasRecipe && Words(result, dataset) is [])
            result.AddError("give a DATASET, or --recipe with the file of a recipe.");
        else if (!hasRecipe && Words(result, changes) is [var change, ..])
            result.AddError($"{change} goes with --recipe; without it one DATASET is drawn.");
        else if (!hasRecipe && IsGiven(data))
            result.AddError("--data goes with --recipe; without it give a DATASET.");
        else if (hasRecipe && Array.Find(ofDatasets, IsGiven) is { } stray)
            result.AddError($"{stray.Name} goes with a DATASET{(stray.Name == "--seed" ? "; a recipe has its own, seed=N" : "")}.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }
}
