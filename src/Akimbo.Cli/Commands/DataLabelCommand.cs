using System.CommandLine;
using Akimbo.Cli.Data;
using Akimbo.Cli.Evaluation;
using Akimbo.Datasets;
using Akimbo.Datasets.Labelling;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo data label</c>: the people a model finds, added to a data set.</summary>
internal static class DataLabelCommand
{
    /// <summary>The command with its argument and options.</summary>
    public static Command Create()
    {
        var defaults = new ModelLabelsOptions();
        var source = new DataSource();
        var weights = new Option<string>("--weights", "-w") { HelpName = "FILE", Required = true, Description = "The model that finds people: a model file or weights." };
        var model = new Option<string?>("--model", "-m") { HelpName = "NAME", Description = "The model, one of akimbo models; told from the weights when left out." };
        var output = new Option<string>("--out", "-o") { HelpName = "FILE", Required = true, Description = "The COCO annotation file; it names the pictures relative to its folder." };
        var skeleton = new Option<string?>("--skeleton") { HelpName = "NAME", Description = $"The keypoints of the labels, where they are not those of the data set: {string.Join(", ", ResultsEvaluation.SkeletonNames)}." };
        var minScore = new Option<float>("--min-score") { HelpName = "S", DefaultValueFactory = _ => defaults.PersonScore, Description = "People found with a lower score become regions to be ignored." };
        var minKeypointScore = new Option<float>("--min-keypoint-score") { HelpName = "S", DefaultValueFactory = _ => defaults.KeypointScore, Description = "Keypoints found with a lower score are not labelled." };
        var first = new Option<int>("--first") { HelpName = "N", DefaultValueFactory = _ => 1, Description = "Begin with the N-th picture." };
        var limit = new Option<int?>("--limit") { HelpName = "N", Description = "Take N pictures only." };
        var flip = new Option<bool>("--flip") { Description = "Average with the mirrored image: more exact, twice the time." };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads to compute with; 0 takes all cores." };
        skeleton.AcceptOnlyFromAmong(ResultsEvaluation.SkeletonNames);
        first.RequireAtLeast(1);
        limit.RequireAtLeast(1);
        threads.RequireAtLeast(0);

        var command = new Command("label", "Add the people that a model finds to a data set, for training.");
        source.AddTo(command);
        foreach (Option option in (Option[])[weights, model, output, skeleton, minScore, minKeypointScore, first, limit, flip, threads]) command.Add(option);
        command.SetAction(parsed =>
        {
            var (standardOutput, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var estimator = new PoseEstimatorOptions { Model = parsed.GetValue(model), FlipTest = parsed.GetValue(flip), Threads = parsed.GetValue(threads) };
            var labels = new ModelLabelsOptions { PersonScore = parsed.GetValue(minScore), KeypointScore = parsed.GetValue(minKeypointScore) };
            new DataLabelling(parsed.GetRequiredValue(weights), estimator, labels, parsed.GetRequiredValue(output))
            {
                First = parsed.GetValue(first),
                Limit = parsed.GetValue(limit),
                Skeleton = parsed.GetValue(skeleton) is { } name ? PublishedSkeletons.All.Single(published => published.Name == name) : null,
            }.Run(source.Open(parsed), standardOutput, error, isInteractive: !Console.IsErrorRedirected);
        });
        return command;
    }
}
