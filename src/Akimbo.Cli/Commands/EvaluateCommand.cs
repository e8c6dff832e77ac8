using System.CommandLine;
using System.CommandLine.Parsing;
using Akimbo.Cli.Evaluation;
using Akimbo.Evaluation;
using Akimbo.Evaluation.Runs;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo evaluate</c>: scores as papers report them.</summary>
internal static class EvaluateCommand
{
    private static readonly OrderedDictionary<string, ScoreProtocol> Protocols = new()
    {
        ["coco"] = ScoreProtocol.Coco,
        ["crowdpose"] = ScoreProtocol.CrowdPose,
        ["pckh"] = ScoreProtocol.Pckh,
        ["pckh-hrnet"] = ScoreProtocol.PckhHighResolution,
        ["pckh-princeton"] = ScoreProtocol.PckhPrinceton,
        ["pck"] = ScoreProtocol.Pck,
    };

    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var weights = new Argument<string?>("MODEL") { Arity = ArgumentArity.ZeroOrOne, Description = "A model file or weights, to predict --data and score that; the network that comes with akimbo when left out." };
        var data = new Option<string?>("--data", "-d") { HelpName = "DATASET", Description = "COCO or CrowdPose .json, MPII .mat, .h5 or .json, an LSP folder, a YOLO data.yaml, or a .csv." };
        var images = new Option<string?>("--images") { HelpName = "FOLDER", Description = "The folder of the pictures, where they are not in their usual place." };
        var part = new Option<string?>("--part") { HelpName = "KEY", Description = "YOLO: the key of data.yaml that names the pictures; MPII's .mat: train, test or all; train when left out." };
        var model = new Option<string?>("--model", "-m") { HelpName = "NAME", Description = "The model, one of akimbo models; told from the weights when left out." };
        var flip = new Option<bool>("--flip") { Description = "Average with the mirrored image: more exact, twice the time." };
        var refine = new Option<bool?>("--refine") { Description = "Look at each person again with a second network, which comes with akimbo; without --weights that is done unless --refine false says otherwise." };
        var boxes = new Option<string?>("--boxes") { HelpName = "FILE", Description = "COCO detections for a top-down model; the annotated boxes when left out." };
        var minBoxScore = new Option<float?>("--min-box-score") { HelpName = "S", Description = "Leave out boxes of --boxes with a lower score." };
        var suppress = new Option<OksSuppressionKind?>("--suppress") { HelpName = "hard|soft|none", Description = "How people whom a top-down model finds twice become one, by their OKS; hard for AP and none for PCK when left out, as in HRNet." };
        var results = new Option<string?>("--out", "-o") { HelpName = "FILE", Description = "Keep the predictions as COCO results. An interrupted run goes on where it ended." };
        var first = new Option<int>("--first") { HelpName = "N", DefaultValueFactory = _ => 1, Description = "Take the images from the N-th on, counted from 1." };
        var limit = new Option<int?>("--limit") { HelpName = "N", Description = "Take N images at most." };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads to compute with; 0 takes all cores." };
        var predictions = new Option<string?>("--predictions", "-p") { HelpName = "FILE", Description = "Score this file of COCO keypoint results, whoever wrote it, in place of a model." };
        var groundTruth = new Option<string?>("--ground-truth", "-g") { HelpName = "FILE", Description = "The COCO or CrowdPose annotations that --predictions are scored against." };
        var skeleton = new Option<string?>("--skeleton") { HelpName = "NAME", Description = $"The keypoints of --predictions where they are not those of the annotations: {string.Join(", ", ResultsEvaluation.SkeletonNames)}." };
        var protocol = new Option<ScoreProtocol?>("--protocol") { HelpName = string.Join('|', Protocols.Keys), Description = "The rules: those of the data set's community when left out. --predictions have coco or crowdpose.", CustomParser = ParseProtocol };
        var worst = new Option<int>("--worst") { HelpName = "N", Description = "Draw the N people who were predicted worst, annotation beside prediction." };
        var worstOut = new Option<string>("--worst-out") { HelpName = "FILE", DefaultValueFactory = _ => "worst.jpg", Description = "The picture of --worst, .jpg, .png or .webp." };
        var json = new Option<string?>("--json", "-j") { HelpName = "FILE", Description = "Write all numbers, not rounded; - for standard output in place of the table." };
        first.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 and var number) result.AddError($"--first is {number}; it must be 1 or more.");
        });
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 1) result.AddError("--limit must be 1 or more.");
        });
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--threads must be 0 or more.");
        });
        worst.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > WorstSheet.MaxCases) result.AddError($"--worst must be 0 to {WorstSheet.MaxCases}.");
        });
        minBoxScore.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float?>() is not (null or (>= 0 and <= 1))) result.AddError("--min-box-score must be from 0 to 1.");
        });
        skeleton.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } name && !ResultsEvaluation.SkeletonNames.Contains(name))
                result.AddError($"--skeleton {name} is none of {string.Join(", ", ResultsEvaluation.SkeletonNames)}.");
        });

        Option[] ofModel = [data, part, model, flip, refine, boxes, minBoxScore, suppress, results, first, limit, threads];
        Option[] ofPredictions = [groundTruth, skeleton];
        var command = new Command("evaluate", "Score a model on a data set, or a file of predictions.")
        {
            weights, data, images, part, model, flip, refine, boxes, minBoxScore, suppress, results, first, limit, threads, predictions, groundTruth, skeleton, protocol,
            json, worst, worstOut,
        };
        command.Validators.Add(result => Check(result, weights, data, predictions, groundTruth, ofModel, ofPredictions));
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var report = new ReportOutput(parsed.GetValue(json), parsed.GetValue(worst), parsed.GetRequiredValue(worstOut));
            if (parsed.GetValue(predictions) is { } file)
            {
                return new ResultsEvaluation(file, parsed.GetValue(groundTruth)!, parsed.GetValue(skeleton), parsed.GetValue(protocol), report)
                {
                    Images = parsed.GetValue(images),
                }.Run(output, error);
            }

            var options = new PoseEstimatorOptions
            {
                Model = parsed.GetValue(model),
                FlipTest = parsed.GetValue(flip),
                Refine = parsed.GetValue(refine),
                Threads = parsed.GetValue(threads),
            };
            return new ModelEvaluation(parsed.GetValue(weights), parsed.GetValue(data)!, options, report)
            {
                Images = parsed.GetValue(images),
                Part = parsed.GetValue(part),
                Boxes = parsed.GetValue(boxes),
                MinBoxScore = parsed.GetValue(minBoxScore),
                Suppression = parsed.GetValue(suppress),
                Protocol = parsed.GetValue(protocol),
                Results = parsed.GetValue(results),
                First = parsed.GetValue(first),
                Limit = parsed.GetValue(limit),
            }.Run(output, error, isInteractive: !Console.IsErrorRedirected);
        });
        return command;
    }

    private static ScoreProtocol? ParseProtocol(ArgumentResult result)
    {
        string name = result.Tokens[0].Value;
        if (Protocols.TryGetValue(name, out var protocol)) return protocol;
        result.AddError($"--protocol {name} is none of {string.Join(", ", Protocols.Keys)}.");
        return null;
    }

    private static void Check(
        CommandResult result, Argument<string?> weights, Option<string?> data, Option<string?> predictions, Option<string?> groundTruth,
        Option[] ofModel, Option[] ofPredictions)
    {
        bool isNamed = result.GetResult(weights) is { Tokens.Count: > 0 }, hasPredictions = IsGiven(predictions), hasModel = !hasPredictions;
        if (isNamed && hasPredictions)
            result.AddError("give a MODEL with --data, or --predictions with --ground-truth.");
        else if (hasModel && !IsGiven(data))
            result.AddError(isNamed ? "a MODEL needs --data, the data set to predict." : "give --data, with a MODEL or without, or --predictions with --ground-truth.");
        else if (hasPredictions && !IsGiven(groundTruth))
            result.AddError("--predictions needs --ground-truth, the annotations.");
        else if (Array.Find(hasModel ? ofPredictions : ofModel, IsGiven) is { } stray)
            result.AddError($"{stray.Name} goes with {(hasModel ? "--predictions" : "a MODEL")}.");

        bool IsGiven(Option option) => result.GetResult(option) is { Implicit: false };
    }
}
