using Akimbo.Codecs;
using Akimbo.Datasets;
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
/// <param name="Teacher">What else the model learns from; null for nothing.</param>
internal sealed record TrainingData(PoseModel Model, Network Network, TrainingSamples Samples, EvaluationDataset? Validation, TeacherNetwork? Teacher)
{
    /// <exception cref="TrainingDataException">The data does not go with the model.</exception>
    /// <exception cref="ArgumentException">The recipe makes no network, or its parts do not go together.</exception>
    /// <exception cref="IOException">The data, or a teacher, cannot be read.</exception>
    public static TrainingData Open(Recipe recipe)
    {
        EvaluationDataset training = Open(recipe.Data.Root, recipe.Data.Training);
        EvaluationDataset[] additional = [.. recipe.Data.Additional.Select(part => Open(recipe.Data.Root, part))];
        EvaluationDataset? validation = recipe.Data.Validation is { } part ? Open(recipe.Data.Root, part) : null;
        PoseModel model = recipe.Model.ToModel(recipe.Name, recipe.Description, training.Skeleton);
        foreach (EvaluationDataset data in (EvaluationDataset[])[training, .. additional]) CheckSkeleton(model.Skeleton, data);
        if (validation is not null) CheckSkeleton(model.Skeleton, validation);
        Network network = model.Architecture.CreateNetwork();
        PoseSample[] pictures = [.. Repeated(training, recipe.Data.Training), .. additional.Zip(recipe.Data.Additional).SelectMany(part => Repeated(part.First, part.Second))];
        TrainingSamples samples = SamplesOf(recipe, model, pictures);
        CheckNetwork(network, samples.Shape, model);
        TeacherNetwork? teacher = recipe.Loss is AssociativeEmbeddingLossRecipe { Teacher: { } teaching }
            ? TeacherNetwork.Load(teaching, recipe.Data.Root, model, samples.Shape.InputOf(recipe.BatchSize), samples.Shape.MapsOf(recipe.BatchSize))
            : null;
        return new TrainingData(model, network, samples, validation, teacher);
    }

    private static EvaluationDataset Open(string root, DataPartRecipe part)
    {
        string path = Path.Combine(root, part.Path);
        string? images = part.Images is null ? null : Path.Combine(root, part.Images);
        return EvaluationDataset.Open(path, images, part.Part).Slice(part.First, part.Last);
    }

    private static IEnumerable<PoseSample> Repeated(EvaluationDataset data, DataPartRecipe part) => Enumerable.Repeat(data.Samples, part.Repeat).SelectMany(samples => samples);

    private static TrainingSamples SamplesOf(Recipe recipe, PoseModel model, IReadOnlyList<PoseSample> pictures)
    {
        return (model.Task, recipe.Loss) switch
        {
            (TopDownTask task, HeatmapLossRecipe or IntegralLossRecipe) => new TopDownSamples(
                pictures, model, task, CodecOf(task, recipe.Model.Sigma), recipe.Augmentation, recipe.Seed, recipe.Data.MinKeypoints),
            (SquareBottomUpTask task, AssociativeEmbeddingLossRecipe) => BottomUp(task.BaseSize, task.Grouping),
            (BottomUpTask task, AssociativeEmbeddingLossRecipe) => BottomUp(recipe.Data.Side ?? task.InputSize.ShortSide, task.Grouping),
            _ => throw new ArgumentException(
                $"The loss {recipe.Loss.GetType().Name} does not go with the task {model.Task.GetType().Name}: heatmap and integral go with top-down, associative-embedding with square-bottom-up and bottom-up."),
        };

        BottomUpSamples BottomUp(int side, AssociativeEmbeddingOptions grouping) =>
            new(pictures, model, new BottomUpTargets(side, grouping, recipe.Model.Sigma), recipe.Augmentation, recipe.Seed);
    }

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
