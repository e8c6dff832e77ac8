using Akimbo.Models;
using Akimbo.Models.Integral;
using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Tensors;
using Akimbo.Training.Input;
using Akimbo.Training.Losses;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>What a recipe makes small, as a run uses it: from a network's outputs and a batch to the loss and its gradients.</summary>
internal abstract class TrainingLoss
{
    /// <summary>What the terms are called.</summary>
    public abstract IReadOnlyList<string> Terms { get; }

    /// <summary>The loss of a recipe.</summary>
    /// <param name="recipe">The recipe's loss.</param>
    /// <param name="model">The model.</param>
    /// <param name="teacher">Whom the recipe has the model learn from; null for nobody.</param>
    public static TrainingLoss Of(LossRecipe recipe, PoseModel model, Teacher? teacher = null) => recipe switch
    {
        HeatmapLossRecipe { KeypointWeights: false, HardKeypoints: 0 } heatmaps => new PlainHeatmaps(heatmaps),
        HeatmapLossRecipe heatmaps => new WeightedHeatmaps(heatmaps),
        AssociativeEmbeddingLossRecipe tags => new HeatmapsAndTags(tags, model.Skeleton.Keypoints.Count, teacher),
        IntegralLossRecipe integral => new Positions(integral),
        _ => throw new ArgumentException($"There is no loss {recipe.GetType().Name}.", nameof(recipe)),
    };

    /// <summary>The network that the loss reads.</summary>
    public virtual Network Over(Network network) => network;

    /// <summary>Parts of that network that are not the network's own and are not trained.</summary>
    public virtual IReadOnlyList<string> ForeignParts => [];

    /// <summary>Computes the loss of a batch.</summary>
    /// <param name="outputs">What the network gave.</param>
    /// <param name="batch">What it should have given.</param>
    /// <param name="gradients">Of the outputs' shapes; every value is written.</param>
    /// <param name="terms">The weighted terms; every value is written.</param>
    /// <returns>The sum of the terms.</returns>
    public double Evaluate(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms)
    {
        foreach (Tensor gradient in gradients) gradient.Span.Clear();
        terms.Clear();
        Add(outputs, batch, gradients, terms);
        double sum = 0;
        foreach (double term in terms) sum += term;
        return sum;
    }

    /// <summary>Adds to gradients and terms.</summary>
    protected abstract void Add(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms);

    /// <summary>pytorch_stacked_hourglass: all pixels of all maps alike.</summary>
    private sealed class PlainHeatmaps(HeatmapLossRecipe recipe) : TrainingLoss
    {
        public override IReadOnlyList<string> Terms { get; } = ["heatmaps"];

        protected override void Add(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms) =>
            terms[0] = Mean(HeatmapLoss.Add(outputs, batch.Heatmaps, mask: null, recipe.SumStacks ? outputs.Count : 1, gradients, recipe.Foreground));
    }

    /// <summary>HRNet and pytorch-pose: keypoints that are not annotated do not count, nor those that are easy.</summary>
    private sealed class WeightedHeatmaps(HeatmapLossRecipe recipe) : TrainingLoss
    {
        public override IReadOnlyList<string> Terms { get; } = ["heatmaps"];

        protected override void Add(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms) => terms[0] = KeypointHeatmapLoss.Add(
            outputs, batch.Heatmaps, recipe.KeypointWeights ? batch.Weights : null, recipe.HardKeypoints, recipe.SumStacks ? outputs.Count : 1, gradients, recipe.Foreground);
    }

    /// <summary>pose-ae-train; with a teacher that knows all keypoints all pixels count, since it says what is where nobody is annotated.</summary>
    private sealed class HeatmapsAndTags(AssociativeEmbeddingLossRecipe recipe, int keypoints, Teacher? teacher) : TrainingLoss
    {
        private TaughtLitePose? _taught;

        public override IReadOnlyList<string> Terms { get; } = ["heatmaps", "push", "pull", .. teacher is null ? (string[])[] : teacher.GivesFeatures ? ["teacher", "features"] : ["teacher"]];

        public override IReadOnlyList<string> ForeignParts => _taught is not null && recipe.Teacher!.IsForced ? [TaughtLitePose.TeacherScope] : [];

        public override Network Over(Network network)
        {
            if (teacher is not { GivesFeatures: true }) return network;
            _taught = teacher.Over(network);
            return recipe.Teacher!.IsForced ? _taught : _taught.Student;
        }

        protected override void Add(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms)
        {
            if (_taught is not null)
            {
                int features = _taught.FeatureCount, own = _taught.OutputCount;
                IReadOnlyList<Tensor> lesson = recipe.Teacher!.IsForced ? [.. outputs.Skip(own + features)] : teacher!.Run(batch);
                teacher!.Complete(batch, [.. lesson.Skip(features)]);
                terms[4] = FeatureLoss.Add([.. outputs.Skip(own).Take(features)], [.. lesson.Take(features)], recipe.Teacher!.Features, [.. gradients.Skip(own).Take(features)]);
                (outputs, gradients) = ([.. outputs.Take(own)], [.. gradients.Take(own)]);
            }
            else
            {
                teacher?.Complete(batch);
            }

            terms[0] = Mean(HeatmapLoss.Add(outputs, batch.Heatmaps, teacher is { KnowsAllKeypoints: true } ? null : batch.Masks, recipe.Heatmaps, gradients, recipe.Foreground));
            if (teacher is not null) terms[3] = TeacherTagLoss.Add(outputs, teacher.Heatmaps, teacher.Tags, recipe.Teacher!.Tags, gradients);
            TagLosses[,] losses = TagLoss.Add(outputs, batch.TagReferences, keypoints, recipe.Push, recipe.Pull, gradients);
            foreach (TagLosses loss in losses)
            {
                terms[1] += recipe.Push * loss.Push / losses.Length;
                terms[2] += recipe.Pull * loss.Pull / losses.Length;
            }
        }
    }

    /// <summary>Integral regression, with or without an error of the heatmaps beside that of the positions.</summary>
    private sealed class Positions(IntegralLossRecipe recipe) : TrainingLoss
    {
        public override IReadOnlyList<string> Terms { get; } = recipe.Heatmaps > 0 ? ["positions", "heatmaps"] : ["positions"];

        public override Network Over(Network network) => recipe.Heatmaps > 0 ? new HeatmapsAndPositions(network) : new IntegralNetwork(network);

        protected override void Add(IReadOnlyList<Tensor> outputs, TrainingBatch batch, IReadOnlyList<Tensor> gradients, Span<double> terms)
        {
            int maps = recipe.Heatmaps > 0 ? outputs.Count / 2 : 0;
            Shape map = batch.Heatmaps.Shape;
            terms[0] = PositionLoss.Add([.. outputs.Skip(maps)], batch.Positions, batch.Weights, (map[3], map[2]), squares: false, weight: 1, [.. gradients.Skip(maps)]);
            if (maps > 0) terms[1] = KeypointHeatmapLoss.Add([.. outputs.Take(maps)], batch.Heatmaps, batch.Weights, hardest: 0, recipe.Heatmaps, [.. gradients.Take(maps)]);
        }
    }

    /// <summary>A heatmap network that gives its heatmaps, and then where they have their means.</summary>
    private sealed class HeatmapsAndPositions : Network
    {
        private readonly Network _heatmaps;
        private readonly IntegralHead _head = new();

        public HeatmapsAndPositions(Network heatmaps) : base(heatmaps) => _heatmaps = heatmaps;

        public override string Name => $"{_heatmaps.Name} with positions";

        public override IReadOnlyList<Value> Forward(Value input)
        {
            IReadOnlyList<Value> maps = _heatmaps.Forward(input);
            return [.. maps, .. maps.Select(_head.Forward)];
        }
    }

    private static double Mean(double[,] losses)
    {
        double sum = 0;
        foreach (double loss in losses) sum += loss;
        return sum / losses.Length;
    }
}
