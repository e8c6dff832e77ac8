using System.CommandLine;
using System.CommandLine.Parsing;
using Akimbo.Cli.Evaluation;
using Akimbo.Evaluation.Runs;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo evaluate</c>: scores as papers report them.</summary>
internal static class EvaluateCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var weights = new Argument<string?>("MODEL") { Arity = ArgumentArity.ZeroOrOne, Description = "A model file or weights, to predict --data and score that." };
        var data = new Option<string?>("--data", "-d") { HelpName = "DATASET", Description = "COCO or CrowdPose .json, MPII .mat, .h5 or .json, an LSP folder, a YOLO data.yaml, or a .csv." };
        var images = new Option<string?>("--images") { HelpName = "FOLDER", Description = "The pictures of --data, where they are not beside it." };
        var part = new Option<string?>("--part") { HelpName = "KEY", Description = "YOLO: the key of data.yaml that names the pictures; MPII's .mat: train, test or all; train when left out." };
        var model = new Option<string?>("--model", "-m") { HelpName = "NAME", Description = "The model, one of akimbo models; told from the weights when left out." };
        var flip = new Option<bool>("--flip") { Description = "Average with the mirrored image: more exact, twice the time." };
        var boxes = new Option<string?>("--boxes") { HelpName = "FILE", Description = "COCO detections for a top-down model; the annotated boxes when left out." };
        var results = new Option<string?>("--out", "-o") { HelpName = "FILE", Description = "Keep the predictions as COCO results. An interrupted run goes on where it ended." };
        var limit = new Option<int?>("--limit") { HelpName = "N", Description = "Take the first N images only." };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads to compute with; 0 takes all cores." };
        var predictions = new Option<string?>("--predictions", "-p") { HelpName = "FILE", Description = "Score this file of COCO keypoint results, whoever wrote it, in place of a model." };
        var groundTruth = new Option<string?>("--ground-truth", "-g") { HelpName = "FILE", Description = "The COCO or CrowdPose annotations that --predictions are scored against." };
        var skeleton = new Option<string?>("--skeleton") { HelpName = "NAME", Description = $"The keypoints of --predictions where they are not those of the annotations: {string.Join(", ", ResultsEvaluation.SkeletonNames)}." };
        var protocol = new Option<OksProtocol?>("--protocol") { HelpName = "coco|crowdpose", Description = "The rules for --predictions; told from the annotations when left out." };
        var json = new Option<string?>("--json", "-j") { HelpName = "FILE", Description = "Write all numbers, not rounded; - for standard output in place of the table." };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError("--limit must be 1 or more.");
        });
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--threads must be 0 or more.");
        });
        skeleton.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && !ResultsEvaluation.SkeletonNames.Contains(name))
                result.AddError($"--skeleton {name} is none of {string.Join(", ", ResultsEvaluation.SkeletonNames)}.");
        });

        Option[] ofModel = [data, images, part, model, flip, boxes, results, limit, threads];
        Option[] ofPredictions = [groundTruth, skeleton, protocol];
        var command = new Command("evaluate", "Score a model on a data set, or a file of predictions.")
        {
            weights, data, images, part, model, flip, boxes, results, limit, threads, predictions, groundTruth, skeleton, protocol, json,
        };
        command.Validators.Add(result => Check(result, weights, data, predictions, groundTruth, ofModel, ofPredictions));
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var report = new ReportOutput(parsed.GetValue(json));
            if (parsed.GetValue(predictions) is { } file)
                return new ResultsEvaluation(file, parsed.GetValue(groundTruth)!, parsed.GetValue(skeleton), parsed.GetValue(protocol), report).Run(output, error);

            var options = new PoseEstimatorOptions { Model = parsed.GetValue(model), FlipTest = parsed.GetValue(flip), Threads = parsed.GetValue(threads) };
            return new ModelEvaluation(parsed.GetValue(weights)!, parsed.GetValue(data)!, options, report)
            {
                Images = parsed.GetValue(images),
                Part = parsed.GetValue(part),
                Boxes = parsed.GetValue(boxes),
                Results = parsed.GetValue(results),
                Limit = parsed.GetValue(limit),
            }.Run(output, error, isInteractive: !Console.IsErrorRedirected);
        });
        return command;
    }

    private static void Check(
        CommandResult result, Argument<string?> weights, Option<string?> data, Option<string?> predictions, Option<string?> groundTruth,
        Option[] ofModel, Option[] ofPredictions)
    {
        bool hasModel = result.GetResult(weights) is { Tokens.Count: > 0 };
        bool hasPredictions = IsGiven(predictions);
        if (hasModel == hasPredictions)
            result.AddError("give a MODEL with --data, or --predictions with --ground-truth.");
        else if (hasModel && !IsGiven(data))
            result.AddError("a MODEL needs --data, the data set to predict.");
        else if (hasPredictions && !IsGiven(groundTruth))
            result.AddError("--predictions needs --ground-truth, the annotations.");
        else if (Array.Find(hasModel ? ofPredictions : ofModel, IsGiven) is { } stray)
            result.AddError($"{stray.Name} goes with {(hasModel ? "--predictions" : "a MODEL")}.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }
}
