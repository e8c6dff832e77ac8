using Akimbo.Datasets;
using Akimbo.Datasets.Preview;
using Akimbo.Training;
using Akimbo.Training.Recipes;

namespace Akimbo.Cli.Data;

/// <summary>A contact sheet of a data set, or of the samples that a recipe makes of one.</summary>
internal static class DataPreview
{
    /// <summary>Draws a data set into a file and says what is on it.</summary>
    public static void Run(PoseDataset dataset, DatasetPreviewOptions options, string path, TextWriter output)
    {
        var sheet = DatasetPreview.Draw(dataset, options);
        sheet.Save(path);
        output.WriteLine($"{path}: {sheet.Width} × {sheet.Height} pixels, {DatasetPreview.Choose(dataset, options).Count} of {dataset.Count} pictures of {dataset.Name}, {dataset.Skeleton}");
    }

    /// <summary>Draws the first samples of a recipe into a file and says what is on it.</summary>
    public static void Run(Recipe recipe, int count, string path, TextWriter output)
    {
        var preview = TrainingPreview.Open(recipe);
        var sheet = preview.Draw(count);
        sheet.Save(path);
        output.WriteLine($"{path}: {sheet.Width} × {sheet.Height} pixels, the first {Math.Min(count, preview.SampleCount)} of {preview.SampleCount} samples of {recipe.Name} in epoch 1");
    }
}
