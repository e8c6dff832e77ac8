using System.CommandLine;
using Akimbo.Cli.Data;
using Akimbo.Datasets.Preview;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data preview</c>: random pictures with their annotations drawn.</summary>
internal static class DataPreviewCommand
{
    /// <summary>The command with its argument and options.</summary>
    public static Command Create()
    {
        var defaults = DatasetPreviewOptions.Default;
        var source = new DataSource();
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Required = true, Description = "The contact sheet, .jpg, .png or .webp." };
        var count = new Option<int>("--count", "-n") { HelpName = "N", DefaultValueFactory = _ => defaults.Count, Description = "How many pictures, 1 to 500." };
        var seed = new Option<int>("--seed") { HelpName = "N", DefaultValueFactory = _ => defaults.Seed, Description = "Chooses the pictures." };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 500) result.AddError("--count must be 1 to 500.");
        });

        var command = new Command("preview", "Draw the keypoints of random pictures on a contact sheet.");
        source.AddTo(command);
        command.Add(output);
        command.Add(count);
        command.Add(seed);
        command.SetAction(parsed => DataPreview.Run(
            source.Open(parsed),
            new DatasetPreviewOptions { Count = parsed.GetValue(count), Seed = parsed.GetValue(seed) },
            parsed.GetRequiredValue(output),
            parsed.InvocationConfiguration.Output));
        return command;
    }
}
