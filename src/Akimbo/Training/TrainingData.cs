using Akimbo.Codecs;
using Akimbo.Evaluation.Runs;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Prediction;
using Akimbo.Prediction.Pipelines;
using Akimbo.Skeletons;
using Akimbo.Training.Input;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>The data of a recipe, opened and checked against its model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Network">Its network, without weights.</param>
/// <param name="Samples">What is learnt from.</param>
/// <param name="Validation">What is scored on; null for nothing.</param>
internal sealed record TrainingData(PoseModel Model, Network Network, TrainingSamples Samples, EvaluationDataset? Validation)
{
    /// <exception cref="TrainingDataException">The data does not go with the model.</exception>
    /// <exception cref="ArgumentException">The recipe makes no network, or its parts do not go together.</exception>
    public static TrainingData Open(Recipe recipe)
    {
        EvaluationDataset training = Open(recipe.Data.Root, recipe.Data.Training);
        EvaluationDataset? validation = recipe.Data.Validation is { } part ? Open(recipe.Data.Root, part) : null;
        PoseModel model = recipe.Model.ToModel(recipe.Name, recipe.Description, training.Skeleton);
        CheckSkeleton(model.Skeleton, training);
        if (validation is not null) CheckSkeleton(model.Skeleton, validation);
        Network network = model.Architecture.CreateNetwork();
        TrainingSamples samples = SamplesOf(recipe, model, training);
        CheckNetwork(network, samples.Shape, model);
        return new TrainingData(model, network, samples, validation);
    }

    private static EvaluationDataset Open(string root, DataPartRecipe part)
    {
        string path = Path.Combine(root, part.Path);
        string? images = part.Images is null ? null : Path.Combine(root, part.Images);
        return EvaluationDataset.Open(path, images, part.Part).Slice(part.First, part.Last);
    }

    private static TrainingSamples SamplesOf(Recipe recipe, PoseModel model, EvaluationDataset training) => (model.Task, recipe.Loss) switch
    {
        (TopDownTask task, HeatmapLossRecipe or IntegralLossRecipe) => new TopDownSamples(
            training.Samples, model, task, CodecOf(task, recipe.Model.Sigma), recipe.Augmentation, recipe.Seed, recipe.Data.MinKeypoints),
        (SquareBottomUpTask task, AssociativeEmbeddingLossRecipe) => new BottomUpSamples(training.Samples, model, task, recipe.Augmentation, recipe.Seed),
        _ => throw new ArgumentException(
            $"The loss {recipe.Loss.GetType().Name} does not go with the task {model.Task.GetType().Name}: heatmap and integral go with top-down, associative-embedding with square-bottom-up."),
    };

    private static HeatmapCodec CodecOf(TopDownTask task, double? sigma) => (task.Decoding, sigma) switch
    {
        (HeatmapDecoding.Bearpaw, double s) => new BearpawCodec(task.Stride, s),
        (HeatmapDecoding.HighResolution, double s) => new HighResolutionCodec(new HighResolutionCodecOptions { Stride = task.Stride, Sigma = s }),
        (HeatmapDecoding.Dark, double s) => new DarkCodec(task.Stride, s),
        (HeatmapDecoding.Unbiased, double s) => new UnbiasedCodec(
            task.InputWidth, task.InputHeight, (int)(task.InputWidth / task.Stride), (int)(task.InputHeight / task.Stride), s),
        (_, null) => TopDownPipeline.MakeCodec(task),
        _ => throw new ArgumentException($"model.sigma is given; targets of the decoding {task.Decoding} have a width of their own."),
    };

    private static void CheckSkeleton(Skeleton model, EvaluationDataset data)
    {
        if (data.Skeleton.Keypoints.SequenceEqual(model.Keypoints)) return;
        string[] missing = [.. model.Keypoints.Except(data.Skeleton.Keypoints)], unknown = [.. data.Skeleton.Keypoints.Except(model.Keypoints)];
        string difference = missing.Length + unknown.Length == 0
            ? "has the same keypoints in another order"
            : string.Join(" and ", Named("lacks", missing).Concat(Named("has", unknown)));
        throw new TrainingDataException(
            $"The model finds the keypoints of {model}; the data set {data.Name} has those of {data.Skeleton}: it {difference}. "
            + "Choose data of the same skeleton, or change model.skeleton and the network's keypoints.");

        static IEnumerable<string> Named(string verb, string[] names) => names.Length == 0 ? [] : [$"{verb} {string.Join(", ", names)}"];
    }

    private static void CheckNetwork(Network network, TargetShape shape, PoseModel model)
    {
        int expected = shape.People > 0 ? 2 * shape.Keypoints : shape.Keypoints;
        foreach (Value output in network.Trace([1, 3, shape.InputHeight, shape.InputWidth]).Outputs)
        {
            bool fits = shape.People > 0 ? output.Shape[1] >= expected : output.Shape[1] == expected;
            if (!fits || output.Shape[2] != shape.Height || output.Shape[3] != shape.Width)
            {
                throw new ArgumentException(
                    $"{network.Name} gives {output.Shape} for an input of {shape.InputHeight} × {shape.InputWidth}; {model.Skeleton} needs {expected} maps of {shape.Height} × {shape.Width}.");
            }
        }
    }
}
