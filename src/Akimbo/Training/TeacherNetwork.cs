using Akimbo.Models;
using Akimbo.Models.LitePose;
using Akimbo.Networks;
using Akimbo.Prediction;
using Akimbo.Skeletons;
using Akimbo.Tensors;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>The network of a <see cref="Teacher"/>, checked against the model that learns from it.</summary>
/// <param name="Network">The network, with weights.</param>
/// <param name="Keypoints">How many keypoints it knows.</param>
/// <param name="Channels">For each keypoint of the student its own, or −1 where it has none.</param>
/// <param name="GivesFeatures">Whether its inner maps are learnt too; it is a LitePose then, as is the student.</param>
internal sealed record TeacherNetwork(Network Network, int Keypoints, IReadOnlyList<int> Channels, bool GivesFeatures = false)
{
    /// <summary>Loads a teacher for batches of one shape.</summary>
    /// <param name="recipe">Which it is.</param>
    /// <param name="root">The folder of the data.</param>
    /// <param name="student">The model that is trained.</param>
    /// <param name="input">[N, 3, H, W].</param>
    /// <param name="maps">[N, K, h, w].</param>
    /// <exception cref="ArgumentException">It is no bottom-up model, wants other pixels, or gives maps of other sizes.</exception>
    /// <exception cref="IOException">Its weights cannot be read.</exception>
    public static TeacherNetwork Load(TeacherRecipe recipe, string root, PoseModel student, Shape input, Shape maps)
    {
        string path = Path.Combine(root, recipe.Weights);
        var (model, network) = ModelLoader.Load(path, recipe.Model);
        if (model.Task is not (BottomUpTask or SquareBottomUpTask)) throw Unfit("it is no bottom-up model, which has heatmaps and tags of all people at once");
        if (!model.Normalisation.Mean.SequenceEqual(student.Normalisation.Mean) || !model.Normalisation.Std.SequenceEqual(student.Normalisation.Std))
            throw Unfit($"its pixels are normalised by ({string.Join(", ", model.Normalisation.Mean)}) and ({string.Join(", ", model.Normalisation.Std)}), those of {student.Name} by ({string.Join(", ", student.Normalisation.Mean)}) and ({string.Join(", ", student.Normalisation.Std)})");
        int known = model.Skeleton.Keypoints.Count;
        int[] channels = KeypointPlaces.Find(student.Skeleton, within: model.Skeleton);
        if (channels.All(channel => channel < 0)) throw Unfit($"it knows none of the keypoints of {student.Skeleton}");
        foreach (Value output in Read(network.Trace(input).Outputs, known, value => value.Shape))
        {
            int factor = output.Shape[2] / maps[2];
            if (output.Shape[2] != factor * maps[2] || output.Shape[3] != factor * maps[3] || factor < 1)
                throw Unfit($"it gives maps of {output.Shape[2]} × {output.Shape[3]}; {student.Name} learns maps of {maps[2]} × {maps[3]}");
        }

        if (recipe.Features > 0) CheckFeatures(network, student.Architecture.CreateNetwork());
        return new TeacherNetwork(network, known, channels, recipe.Features > 0);

        void CheckFeatures(Network own, Network learning)
        {
            if (own is not LitePose || learning is not LitePose) throw Unfit($"it is a {own.Name} and {student.Name} a {learning.Name}; inner maps are learnt by a LitePose from a LitePose");
            try
            {
                _ = new TaughtLitePose((LitePose)learning, (LitePose)own);
            }
            catch (ArgumentException exception)
            {
                throw Unfit(exception.Message.TrimEnd('.'));
            }
        }

        ArgumentException Unfit(string why) => new($"{path} cannot be the teacher: {why}.");
    }

    /// <summary>The outputs whose heatmaps count, of which the first has the tags, as <see cref="BottomUpTask"/> has them.</summary>
    public static IReadOnlyList<T> Read<T>(IReadOnlyList<T> outputs, int keypoints, Func<T, Shape> shapeOf) =>
        shapeOf(outputs[^1])[1] >= 2 * keypoints ? [outputs[^1]] : [outputs[0], outputs[1]];
}
