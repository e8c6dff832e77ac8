using System.CommandLine;
using Akimbo.Cli.Prediction;

namespace Akimbo.Cli.Commands;

/// <summary><c>akimbo predict</c>: from photos to people.</summary>
internal static class PredictCommand
{
    /// <summary>The command with its arguments and options.</summary>
    public static Command Create()
    {
        var sources = new Argument<string[]>("SOURCE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "An image, a folder of images, a glob pattern such as 'photos/**/*.jpg', or - for standard input.",
        };
        var weights = new Option<string?>("--weights", "-w") { HelpName = "FILE", Description = "A model file of akimbo convert, a PyTorch checkpoint or safetensors; the network that comes with akimbo when left out." };
        var model = new Option<string?>("--model", "-m") { HelpName = "NAME", Description = "The model, one of akimbo models; told from the weights when left out." };
        var output = new Option<string?>("--out", "-o") { HelpName = "PATH", Description = "Draw the people: a file for one image, a folder for many." };
        var heatmaps = new Option<string?>("--heatmaps") { HelpName = "PATH", Description = "Draw what the network saw, heatmaps and tags: a file for one image, a folder for many." };
        var json = new Option<string?>("--json", "-j") { HelpName = "FILE", Description = "Write COCO results; - streams one JSON object a line to standard output." };
        var minScore = new Option<float>("--min-score") { HelpName = "S", Description = "Leave out people with a lower score, 0 to 1." };
        var flip = new Option<bool>("--flip") { Description = "Average with the mirrored image: more exact, twice the time." };
        var refine = new Option<bool?>("--refine") { Description = "Look at each person again with a second network, which comes with akimbo; without --weights that is done unless --refine false says otherwise." };
        var scales = new Option<double[]?>("--scales") { HelpName = "S,S,…", Description = "Scales that an associative-embedding model sees the image at, such as 2,1,0.5.", CustomParser = NumberOptions.ParseScales };
        var box = new Option<PersonBox[]?>("--box") { HelpName = "X,Y,W,H", Description = "A person's box for a top-down model, in pixels, the same in every image; may be repeated.", Arity = ArgumentArity.OneOrMore, CustomParser = NumberOptions.ParseBoxes };
        var boxes = new Option<string?>("--boxes") { HelpName = "FILE", Description = "People's boxes for a top-down model: COCO detections, or results that --json wrote." };
        var minBoxScore = new Option<float?>("--min-box-score") { HelpName = "S", Description = "Leave out boxes that were found, or are in --boxes, with a lower score." };
        var detector = new Option<string?>("--detector") { HelpName = "FILE", Description = "The weights of a bottom-up model that finds the boxes for a top-down one; the network that comes with akimbo does when left out." };
        var detectorModel = new Option<string?>("--detector-model") { HelpName = "NAME", Description = "The detector's model; told from its weights when left out." };
        var whole = new Option<bool>("--whole") { Description = "For a top-down model: each whole image is one person's box." };
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "Threads to compute with; 0 takes all cores." };
        var recursive = new Option<bool>("--recursive", "-r") { Description = "Search folders inside folders too." };
        var timing = new Option<bool>("--timing") { Description = "Say on standard error where the time went." };
        minScore.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float>() is not (>= 0 and <= 1)) result.AddError("--min-score must be from 0 to 1.");
        });
        minBoxScore.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<float?>() is not (null or (>= 0 and <= 1))) result.AddError("--min-box-score must be from 0 to 1.");
        });
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0) result.AddError("--threads must be 0 or more.");
        });

        var command = new Command("predict", "Find the people in photos.")
        {
            sources, weights, model, output, heatmaps, json, minScore, flip, refine, scales, box, boxes, minBoxScore, detector, detectorModel, whole, threads, recursive, timing,
        };
        command.SetAction(parsed => PredictProgram.Run(
            new EstimatorPlan(
                parsed.GetValue(weights),
                new PoseEstimatorOptions
                {
                    Model = parsed.GetValue(model),
                    FlipTest = parsed.GetValue(flip),
                    Refine = parsed.GetValue(refine),
                    Scales = parsed.GetValue(scales) ?? [],
                    Threads = parsed.GetValue(threads),
                    MinScore = parsed.GetValue(minScore),
                },
                new BoxSource
                {
                    Boxes = parsed.GetValue(box) ?? [],
                    DetectionsFile = parsed.GetValue(boxes),
                    Detector = parsed.GetValue(detector),
                    DetectorModel = parsed.GetValue(detectorModel),
                    IsWholeImage = parsed.GetValue(whole),
                    MinScore = parsed.GetValue(minBoxScore),
                }),
            () => PredictPlan.Make(
                parsed.GetRequiredValue(sources), recursive: parsed.GetValue(recursive),
                overlayOutput: parsed.GetValue(output), jsonOutput: parsed.GetValue(json), heatmapOutput: parsed.GetValue(heatmaps)),
            showTiming: parsed.GetValue(timing)));
        return command;
    }
}
