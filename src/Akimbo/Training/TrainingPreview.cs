using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Training.Input;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>Draws the samples of a recipe as its network would be shown them, with what it should answer, to be looked at before training.</summary>
public sealed class TrainingPreview
{
    private const int MaxCount = 500;
    private readonly Recipe _recipe;
    private readonly TrainingData _data;

    private TrainingPreview(Recipe recipe, TrainingData data)
    {
        _recipe = recipe;
        _data = data;
    }

    /// <summary>How many samples are learnt from.</summary>
    public int SampleCount => _data.Samples.Count;

    /// <summary>Opens the data and checks it as <see cref="Trainer.Create"/> does; no folder of a run is made.</summary>
    /// <param name="recipe">What is learnt.</param>
    /// <exception cref="ArgumentException">The recipe is out of its range, or its parts do not go together.</exception>
    /// <exception cref="TrainingDataException">The data does not go with the model.</exception>
    /// <exception cref="IOException">The data cannot be read.</exception>
    public static TrainingPreview Open(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        recipe.Validate();
        return new TrainingPreview(recipe, TrainingData.Open(recipe));
    }

    /// <summary>
    /// A contact sheet of the samples that the first epoch begins with, in its order, augmented as there: the same recipe, the
    /// same picture. Target heatmaps lie over the pixels in the colours of their keypoints. Of bottom-up samples, what the mask
    /// leaves out is dark red, and the places where a person's tags are read have one colour.
    /// </summary>
    /// <param name="count">How many samples are drawn, 1 to 500; fewer where there are fewer.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="TrainingDataException">There are no samples, or one cannot be made; the message names the file.</exception>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public Image Draw(int count = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxCount);
        TrainingSamples samples = _data.Samples;
        if (samples.Count == 0) throw new TrainingDataException($"The training data of {_recipe.Name} has 0 samples with people.");

        int[] order = InputPipeline.OrderOf(_recipe.Seed, epoch: 0, samples.Count);
        var batch = new TrainingBatch(1, samples.Shape);
        var drawing = new SampleDrawing(_data.Model, samples.HeatmapToInput);
        var sheet = new ContactSheet(Math.Min(count, order.Length), new ContactSheetOptions { TileSize = TileSizeOf(samples.Shape) });
        foreach (int index in order.AsSpan(0, Math.Min(count, order.Length)))
        {
            samples.Write(index, epoch: 0, batch, n: 0);
            sheet.Add(drawing.Draw(batch, samples.Shape, n: 0), [], _data.Model.Skeleton, batch.SampleNames[0]);
        }

        return sheet.Image;
    }

    /// <summary>So large that drawings are shown as they are.</summary>
    private static int TileSizeOf(TargetShape shape) =>
        Math.Min(SampleDrawing.FactorOf(shape) * Math.Max(shape.InputWidth, shape.InputHeight) + ContactSheet.CaptionHeight, ContactSheet.MaxTileSize);
}
